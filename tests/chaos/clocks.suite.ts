import { expect } from 'vitest';
import { openStage } from './harness.ts';
import { oweEvenly } from './reminders.ts';
import { dice, inTurn, isWhole, sized, spread, tell, waiting } from './scale.ts';
import type { OpenSink } from './sink.ts';
import { behind, FAULTLESS, judge, lateness } from './verdict.ts';

const AN_HOUR = 3_600_000;
const A_SECOND = sized(8, 30);
const LASTING_S = sized(12, 60);
/** The lease is 5 s, and the sweep that sees it end comes within one more. */
const LATEST_MS = 7_000;

/** Workers on machines whose clocks are wrong: the store's time counts. */
export function clocksSuite(openSink: OpenSink): void {
  waiting(
    'one worker’s clock an hour ahead and one’s behind: nothing early, nothing later than a lease',
    async (test) => {
      const stage = await openStage(test, openSink, inTurn(dice(0, 100, 1_000)));
      const begin = await stage.standBy([AN_HOUR, -AN_HOUR]);
      const owed = await oweEvenly(stage, { aSecond: A_SECOND, seconds: LASTING_S });
      begin();
      await stage.until('all came', () => stage.came() >= owed.length, 120_000);
      const arrived = stage.sink.messages();
      const late = lateness(owed, arrived);
      const early = Math.min(...late);
      const furthest = Math.max(...behind(owed, arrived));
      tell({ early, furthest, ...spread(late) });
      expect(judge(owed, arrived)).toEqual({ ...FAULTLESS, marked: 0 });
      expect(early).toBeGreaterThanOrEqual(0);
      // A slow machine is late with all alike. One that waits for a lease falls behind the others.
      expect(furthest).toBeLessThan(LATEST_MS * stage.slowness());
      expect(spread(late).p50).toBeLessThan(LATEST_MS * stage.slowness());
      if (isWhole) expect(spread(late).most).toBeLessThan(LATEST_MS);
    },
    sized(60_000, 200_000),
  );
}
