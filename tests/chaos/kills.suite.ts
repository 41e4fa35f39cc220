import { expect, it } from 'vitest';
import { deliveries } from '../../src/core/domain/deliveries/delivery.ts';
import { openStage, type Stage } from './harness.ts';
import { oweEvenly } from './reminders.ts';
import { dice, inTurn, sized, spread, tell } from './scale.ts';
import type { Arrived, OpenSink } from './sink.ts';
import { FAULTLESS, isMarked, judge, lateness } from './verdict.ts';

const WORKERS = sized(2, 4);
/** Reminders from one kill to the next. */
const BETWEEN = 50;
/** Jobs that run at once in each. */
const CONCURRENCY = 10;
/** Reminders that come due in a second. */
const RATE = 80;
/** How long a message takes: of few kills each is to meet some that are under way, also on a busy machine. */
const LEAST_MS = sized(200, 0);
const MOST_MS = sized(400, 300);
/** What was under way at the last kill is found again when its lease ends, twice over if need be. */
const SETTLING_MS = 60_000;
const AN_HOUR = 3_600_000;

/** Workers killed in the middle of whatever they do. @param kills how many. */
export function killsSuite(openSink: OpenSink, kills: number): void {
  const reminders = (kills + 1) * BETWEEN;
  it(
    `${kills} kill -9s of workers over ${reminders} reminders: none lost, none doubled`,
    async (test) => {
      const stage = await openStage(test, openSink, inTurn(dice(LEAST_MS, MOST_MS, 1_000)));
      const begin = await stage.standBy(Array(WORKERS).fill(0));
      const owed = await oweEvenly(stage, { aSecond: RATE, seconds: reminders / RATE });
      begin();
      await killNowAndThen(stage, kills);
      await stage.until('all came', () => stage.came() >= reminders, SETTLING_MS);
      await stage.until('all is written down', () => isSettled(stage), SETTLING_MS);

      const { sink } = stage;
      const arrived = sink.messages();
      const { marked, ...faults } = judge(owed, arrived);
      const cut = sink.cut();
      // Nobody heard that it was posted, nobody posted it again, and yet it is written down as sent.
      const found = cut.filter((delivery) => isOnce(delivery, arrived));
      const counts = { marked, cut: cut.length, found: found.length };
      tell({ ...counts, ...spread(lateness(owed, arrived)) });
      expect(faults).toEqual(FAULTLESS);
      expect(marked).toBeLessThanOrEqual(kills * CONCURRENCY);
      // Else they were all killed in idle moments, and nothing was tried.
      expect(cut.length).toBeGreaterThan(kills / 10);
      expect(found.length).toBeGreaterThan(kills / 20);
    },
    sized(120_000, 1_800_000),
  );
}

/** Kills a worker at work each time so many more reminders have come, and starts another in its place at once. */
async function killNowAndThen(stage: Stage, kills: number): Promise<void> {
  const chosen = dice(0, WORKERS - 1, kills);
  for (const [index, which] of chosen.entries()) {
    const mark = (index + 1) * BETWEEN;
    const atWork = () => stage.workers.filter((worker) => worker.isReady());
    const isTime = () => stage.came() >= mark && atWork().length > 0;
    await stage.until(`kill ${index + 1}`, isTime, SETTLING_MS);
    const ready = atWork();
    await ready[which % ready.length]?.kill();
    stage.startWorker().begin();
  }
}

/** Whether a delivery came once, and not as a repeat. */
function isOnce(delivery: string, arrived: readonly Arrived[]): boolean {
  const [first, ...more] = arrived.filter((message) => message.delivery === delivery);
  return first !== undefined && more.length === 0 && !isMarked(first);
}

async function isSettled({ stores, store, clock }: Stage): Promise<boolean> {
  // What is not done yet the sweep has before it: that is soon asked, and often.
  const far = new Date(clock.now().getTime() + AN_HOUR);
  if ((await stores.due(deliveries, far, 1)).length > 0) return false;
  for await (const page of store.of(deliveries).pages({ index: 'byId' })) {
    if (page.some(({ state }) => state !== 'sent')) return false;
  }
  return true;
}
