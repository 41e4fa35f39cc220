import { expect, it } from 'vitest';
import { deliveries } from '../../src/core/features/deliveries/store.ts';
import { oweEvenly } from './reminders.ts';
import { dice, inTurn, sized, spread, tell } from './scale.ts';
import type { OpenSink } from './sink.ts';
import { openStage, type Stage } from './stage.ts';
import { FAULTLESS, judge, lateness } from './verdict.ts';

const REMINDERS = sized(1_000, 10_000);
const KILLS = sized(20, 200);
const WORKERS = 4;
/** Jobs that run at once in each. */
const CONCURRENCY = 10;
/** Reminders that come due in a second. */
const RATE = 80;
/** What was under way at the last kill is found again when its lease ends, twice over if need be. */
const SETTLING_MS = 60_000;

/** Workers killed in the middle of whatever they do. */
export function killsSuite(openSink: OpenSink): void {
  it(
    `${KILLS} kill -9s of workers over ${REMINDERS} reminders: none lost, none doubled`,
    async (test) => {
      const stage = await openStage(test, openSink, inTurn(dice(0, 150, 1_000)));
      const owed = await oweEvenly(stage, { aSecond: RATE, seconds: REMINDERS / RATE });
      for (let count = 0; count < WORKERS; count++) stage.startWorker();
      await killNowAndThen(stage);
      await stage.until('all came', () => stage.came() >= REMINDERS, SETTLING_MS);
      await stage.until('all is written down', () => isSettled(stage), SETTLING_MS);

      const { marked, ...faults } = judge(owed, stage.sink.messages());
      tell({ marked, cut: stage.sink.cut(), ...spread(lateness(owed, stage.sink.messages())) });
      expect(faults).toEqual(FAULTLESS);
      expect(marked).toBeLessThanOrEqual(KILLS * CONCURRENCY);
      // Else they were all killed in idle moments, and nothing was tried.
      expect(stage.sink.cut()).toBeGreaterThan(KILLS / 10);
    },
    sized(120_000, 900_000),
  );
}

/** Kills a worker at work each time so many more reminders have come, and starts another in its place at once. */
async function killNowAndThen(stage: Stage): Promise<void> {
  const chosen = dice(0, WORKERS - 1, KILLS);
  for (const [index, which] of chosen.entries()) {
    const mark = Math.floor(((index + 1) * REMINDERS) / (KILLS + 1));
    const atWork = () => stage.workers.filter((worker) => worker.isReady());
    const isTime = () => stage.came() >= mark && atWork().length > 0;
    await stage.until(`kill ${index + 1}`, isTime, SETTLING_MS);
    const ready = atWork();
    await ready[which % ready.length]?.kill();
    stage.startWorker();
  }
}

async function isSettled({ store }: Stage): Promise<boolean> {
  for await (const page of store.of(deliveries).pages({ index: 'byId' })) {
    if (page.some(({ state }) => state !== 'sent')) return false;
  }
  return true;
}
