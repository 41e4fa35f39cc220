import { expect } from 'vitest';
import { isProof, sized } from '../fixtures/proof.ts';
import { checkDeliveries, lagBehindOthers, latenessOf, NO_FAULTS } from './check-deliveries.ts';
import { openHarness } from './harness.ts';
import { logFigures, percentiles } from './measure.ts';
import { cycle, randomIntegers } from './random.ts';
import { scheduleReminders } from './reminders.ts';
import { itConcurrently } from './short-form.ts';
import type { OpenTestPlatform } from './test-platform.ts';

const HOUR_MS = 3_600_000;
const PER_SECOND = sized(20, 30);
const DURATION_S = sized(5, 60);

/** Workers on machines whose clocks are wrong: only the store's time counts. */
export function clocksSuite(openPlatform: OpenTestPlatform): void {
  itConcurrently(
    'with one worker’s clock an hour ahead and one’s behind nothing is early, or later than a lease',
    async (test) => {
      const latencyMs = cycle(randomIntegers(0, 100, 1_000));
      const harness = await openHarness(test, openPlatform, latencyMs);
      const begin = await harness.prepareWorkers([HOUR_MS, -HOUR_MS]);
      const rate = { perSecond: PER_SECOND, seconds: DURATION_S };
      const expected = await scheduleReminders(harness, rate);
      begin();
      const allPosted = () => harness.deliveredCount() >= expected.length;
      await harness.waitFor('all reminders are posted', allPosted, 120_000);
      const posted = harness.platform.messages();
      const lateness = latenessOf(expected, posted);
      const earliest = Math.min(...lateness);
      const maxLag = Math.max(...lagBehindOthers(expected, posted));
      logFigures({ earliest, maxLag, ...percentiles(lateness) });
      expect(checkDeliveries(expected, posted)).toEqual({ ...NO_FAULTS, markedRepeats: 0 });
      expect(earliest).toBeGreaterThanOrEqual(0);
      const { leaseMs, openClaimsIntervalMs } = harness.timings();
      // The lease, the interval until a sweep finds that it ended, and a second for the rest.
      const maxLatenessMs = leaseMs + openClaimsIntervalMs + 1_000;
      // On a slow machine all are late alike. One that waits for a lease to end falls behind the others.
      expect(maxLag).toBeLessThan(maxLatenessMs * harness.slowness());
      expect(percentiles(lateness).p50).toBeLessThan(maxLatenessMs * harness.slowness());
      if (isProof) expect(percentiles(lateness).max).toBeLessThan(maxLatenessMs);
    },
    240_000,
  );
}
