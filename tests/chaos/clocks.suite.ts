import { expect } from 'vitest';
import { oweEvenly } from './reminders.ts';
import { dice, inTurn, sized, spread, tell, waiting } from './scale.ts';
import type { OpenSink } from './sink.ts';
import { openStage } from './stage.ts';
import { FAULTLESS, judge, lateness } from './verdict.ts';

const AN_HOUR = 3_600_000;
const A_SECOND = sized(15, 30);
const LASTING_S = sized(8, 60);
/** The lease is 5 s, and the sweep that sees it end comes within one more. */
const LATEST_MS = 7_000;

/** Workers on machines whose clocks are wrong: the store's time counts. */
export function clocksSuite(openSink: OpenSink): void {
  waiting(
    'one worker’s clock an hour ahead and one’s behind: nothing early, nothing later than a lease',
    async (test) => {
      const stage = await openStage(test, openSink, inTurn(dice(0, 100, 1_000)));
      const owed = await oweEvenly(stage, { aSecond: A_SECOND, seconds: LASTING_S });
      const workers = [AN_HOUR, -AN_HOUR].map((skew) => stage.startWorker(skew));
      await stage.until('both at work', () => workers.every((one) => one.isReady()), 30_000);
      const ready = Date.now();
      await stage.until('all came', () => stage.came() >= owed.length, 120_000);
      const early = Math.min(...lateness(owed, stage.sink.messages()));
      const late = spread(lateness(owed, stage.sink.messages(), ready));
      tell({ early, ...late });
      expect(judge(owed, stage.sink.messages())).toEqual({ ...FAULTLESS, marked: 0 });
      expect(early).toBeGreaterThanOrEqual(0);
      expect(late.most).toBeLessThan(LATEST_MS);
    },
    sized(60_000, 200_000),
  );
}
