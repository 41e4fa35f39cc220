import { expect, it } from 'vitest';
import { deliveries } from '../../src/core/domain/deliveries/delivery.ts';
import { sized } from '../fixtures/proof.ts';
import { checkDeliveries, isMarkedRepeat, latenessOf, NO_FAULTS } from './check-deliveries.ts';
import { type Harness, openHarness } from './harness.ts';
import { logFigures, percentiles } from './measure.ts';
import { cycle, randomIntegers } from './random.ts';
import { scheduleReminders } from './reminders.ts';
import type { OpenTestPlatform, PostedMessage } from './test-platform.ts';

const WORKERS = sized(2, 4);
const REMINDERS_PER_KILL = 50;
/** How many jobs each worker runs at once. */
const CONCURRENCY = 10;
/** How many reminders are due each second. */
const PER_SECOND = 80;
/** How long a message takes (ms). In the short form never very little, so that each of the few kills cuts off some. */
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
      await killWorkers(harness, kills);
      const allPosted = () => harness.deliveredCount() >= reminders;
      await harness.waitFor('all reminders are posted', allPosted, SETTLE_TIMEOUT_MS);
      await harness.waitFor('all are recorded', () => isSettled(harness), SETTLE_TIMEOUT_MS);

      const posted = harness.platform.messages();
      const { markedRepeats, ...faults } = checkDeliveries(expected, posted);
      const unanswered = harness.platform.unanswered();
      // Its sender was killed before the answer, nobody posted it again, and yet it is recorded as sent.
      const found = unanswered.filter((delivery) => isPostedOnce(delivery, posted));
      const counts = { markedRepeats, unanswered: unanswered.length, found: found.length };
      logFigures({ ...counts, ...percentiles(latenessOf(expected, posted)) });
      expect(faults).toEqual(NO_FAULTS);
      expect(markedRepeats).toBeLessThanOrEqual(kills * CONCURRENCY);
      // With fewer, the workers were killed while they sent nothing, and the test proves nothing.
      expect(unanswered.length).toBeGreaterThan(kills / 10);
      expect(found.length).toBeGreaterThan(kills / 20);
    },
    sized(120_000, 1_800_000),
  );
}

/** Kills a sending worker after every so many reminders, and starts another in its place at once. */
async function killWorkers(harness: Harness, kills: number): Promise<void> {
  const choices = randomIntegers(0, WORKERS - 1, kills);
  for (const [index, choice] of choices.entries()) {
    const count = (index + 1) * REMINDERS_PER_KILL;
    const sending = () => harness.workers.filter((worker) => worker.isSending());
    const isTime = () => harness.deliveredCount() >= count && sending().length > 0;
    await harness.waitFor(`kill ${index + 1}`, isTime, SETTLE_TIMEOUT_MS);
    const candidates = sending();
    await candidates[choice % candidates.length]?.kill();
    harness.startWorker().begin(harness.timings());
  }
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
