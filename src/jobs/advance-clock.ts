import type { Clock } from '../core/base/clock.ts';
import type { InProcessJobs } from './queue/in-process.ts';
import type { Sweep } from './sweep.ts';

/** A clock that can be moved forward, never back. */
export interface MovableClock extends Clock {
  moveTo(instant: Date): Promise<void>;
}

/** Moves a clock forward to an instant, and stops at each due instant before it, so that everything is sent at its own time. */
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
