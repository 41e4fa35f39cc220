import { advanceClock } from '../../../src/jobs/advance-clock.ts';
import { inProcessJobs } from '../../../src/jobs/queue/in-process.ts';
import { createWorker } from '../../../src/jobs/worker.ts';
import { atEnd } from '../../fixtures/at-end.ts';
import type { SlackHarness } from './harness.ts';

/**
 * Starts a worker.
 * @param convenor what it sends with; by default the adapter that listens.
 * @returns a function that moves the time, both Slack's and Convenor's, to an instant (ISO 8601).
 */
export function startWorker(
  { double, adapterDeps, ...harness }: SlackHarness,
  convenor = harness.convenor,
): (iso: string) => Promise<void> {
  const { world } = double;
  const parts = adapterDeps();
  const jobs = inProcessJobs(parts.clock);
  const worker = createWorker({ ...parts, jobs });
  atEnd(worker.stop);
  worker.adapters.set(convenor.platform, convenor);
  const clock = {
    ...parts.clock,
    moveTo: async (instant: Date) => world.pass(instant.getTime() - world.now()),
  };
  return (iso) => advanceClock(new Date(iso), { clock, sweep: worker.sweep, jobs });
}
