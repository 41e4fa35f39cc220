import type { Clock } from '../core/base/clock.ts';
import type { InProcessJobs } from './queue/in-process.ts';
import type { Sweep } from './sweep.ts';

/** A clock that can be moved on, never back. */
export interface MovableClock extends Clock {
  moveTo(instant: Date): Promise<void>;
}

/**
 * Moves a clock on to an instant, stepping through each due instant on the way, so that everything is delivered
 * at its own time, as if one had waited.
 */
export async function advanceClock(
  until: Date,
  { clock, sweep, jobs }: { clock: MovableClock; sweep: Sweep; jobs: InProcessJobs },
): Promise<void> {
  for (;;) {
    const step = earliest(await sweep.next(), jobs.next());
    if (!step || step > until) break;
    if (step > clock.now()) await clock.moveTo(step);
    await sweep.once(0);
    await jobs.idle();
  }
  if (until > clock.now()) await clock.moveTo(until);
}

function earliest(a: Date | undefined, b: Date | undefined): Date | undefined {
  if (!a || !b) return a ?? b;
  return a < b ? a : b;
}
