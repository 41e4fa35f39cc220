import { expect, it } from 'vitest';
import { deliveries } from '../../src/core/domain/deliveries/delivery.ts';
import { sized } from '../fixtures/proof.ts';
import { checkDeliveries, isMarkedRepeat, latenessOf, NO_FAULTS } from './check-deliveries.ts';
import { type Harness, openHarness } from './harness.ts';
import { logFigures, percentiles } from './measure.ts';
import { cycle, randomIntegers } from './random.ts';
import { scheduleReminders } from './reminders.ts';
import type { OpenTestPlatform, PostedMessage, TestPlatform } from './test-platform.ts';
import type { Worker } from './worker.ts';

const WORKERS = sized(2, 4);
const REMINDERS_PER_KILL = 50;
/** How many jobs each worker runs at once. */
const CONCURRENCY = 10;
/** How many reminders are due each second. */
const PER_SECOND = 80;
/** How long a message takes (ms). In the short form never very little, so that each of the few kills soon finds some to cut off. */
const MIN_LATENCY_MS = sized(100, 0);
const MAX_LATENCY_MS = sized(200, 300);
/** Messages that the last kill cut off are found again when their lease ends, and a second time if need be. */
const SETTLE_TIMEOUT_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Workers that are killed while they send. @param kills how many. */
export function killsSuite(openPlatform: OpenTestPlatform, kills: number): void {
  const reminders = (kills + 1) * REMINDERS_PER_KILL;
  it(
    `${kills} kill -9s of workers over ${reminders} reminders: none is lost, none doubled`,
    async (test) => {
      const latencyMs = cycle(randomIntegers(MIN_LATENCY_MS, MAX_LATENCY_MS, 1_000));
      const harness = await openHarness(test, openPlatform, latencyMs);
      const begin = await harness.prepareWorkers(Array(WORKERS).fill(0));
      const rate = { perSecond: PER_SECOND, seconds: reminders / PER_SECOND };
      const expected = await scheduleReminders(harness, rate);
      begin();
      const cutOff = await killWorkers(harness, kills);
      const allPosted = () => harness.deliveredCount() >= reminders;
      const settleMs = SETTLE_TIMEOUT_MS * harness.slowness();
      await harness.waitFor('all reminders are posted', allPosted, settleMs);
      await harness.waitFor('all are recorded', () => isSettled(harness), settleMs);

      const posted = harness.platform.messages();
      const { markedRepeats, ...faults } = checkDeliveries(expected, posted);
      const unanswered = [...new Set([...cutOff, ...harness.platform.unanswered()])];
      // Its sender was killed before the answer, nobody posted it again, and yet it is recorded as sent.
      const found = unanswered.filter((delivery) => isPostedOnce(delivery, posted));
      const counts = { markedRepeats, unanswered: unanswered.length, found: found.length };
      logFigures({ ...counts, ...percentiles(latenessOf(expected, posted)) });
      expect(faults).toEqual(NO_FAULTS);
      expect(markedRepeats).toBeLessThanOrEqual(kills * CONCURRENCY);
      // Each kill cuts off one at least. Otherwise the test proves nothing.
      expect(unanswered.length).toBeGreaterThanOrEqual(kills);
      expect(found.length).toBeGreaterThan(kills / 20);
    },
    sized(300_000, 1_800_000),
  );
}

/**
 * Kills a worker after every so many reminders, and starts another in its place at once. Each kill cuts off a message
 * that the platform has received, every second one a message that is posted already.
 * @returns these messages' deliveries: the platform may still answer, but nobody reads it.
 */
async function killWorkers(harness: Harness, kills: number): Promise<string[]> {
  const choices = randomIntegers(0, WORKERS - 1, kills);
  const cutOff: string[] = [];
  for (const [index, choice] of choices.entries()) {
    const count = (index + 1) * REMINDERS_PER_KILL;
    let candidates: Sender[] = [];
    const isTime = () => {
      if (harness.deliveredCount() < count) return false;
      candidates = sendersOf(harness, openDeliveries(harness.platform, index % 2 === 0));
      return candidates.length > 0;
    };
    await harness.waitFor(`kill ${index + 1}`, isTime, SETTLE_TIMEOUT_MS * harness.slowness());
    const sender = candidates[choice % candidates.length];
    cutOff.push(...(sender?.open ?? []));
    await sender?.worker.kill();
    harness.startWorker().begin(harness.timings());
  }
  return cutOff;
}

/** A worker, and those of its deliveries that the platform has not answered yet. */
interface Sender {
  worker: Worker;
  open: string[];
}

/** The deliveries that the platform has not answered yet. @param posted only those that it has posted already. */
function openDeliveries(platform: TestPlatform, posted: boolean): Set<string> {
  const pending = platform.pending();
  const messages = new Set(posted ? platform.messages().map(({ delivery }) => delivery) : pending);
  return new Set(pending.filter((delivery) => messages.has(delivery)));
}

/** The workers that are sending some of these deliveries. */
function sendersOf({ workers, platform }: Harness, deliveries: ReadonlySet<string>): Sender[] {
  const shortIdOf = platform.shortIdOf ?? ((delivery: string) => delivery);
  return workers
    .map((worker) => ({ worker, open: worker.sending().map(shortIdOf) }))
    .map(({ worker, open }) => ({ worker, open: open.filter((one) => deliveries.has(one)) }))
    .filter(({ open }) => open.length > 0);
}

/** Whether a delivery was posted once, and not as a repeat. */
function isPostedOnce(delivery: string, posted: readonly PostedMessage[]): boolean {
  const [first, ...more] = posted.filter((message) => message.delivery === delivery);
  return first !== undefined && more.length === 0 && !isMarkedRepeat(first);
}

async function isSettled({ stores, store, clock }: Harness): Promise<boolean> {
  // Asked often, so the cheap question first: whether the sweep still has anything to do.
  const horizon = new Date(clock.now().getTime() + HOUR_MS);
  if ((await stores.due(deliveries, horizon, 1)).length > 0) return false;
  for await (const { state } of store.of(deliveries).all({ index: 'byId' }))
    if (state !== 'sent') return false;
  return true;
}
