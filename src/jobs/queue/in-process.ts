import type { Clock } from '../../core/base/clock.ts';
import type { Job, Jobs } from '../../core/ports/jobs.ts';

/** How many jobs run at once. */
const CONCURRENCY = 10;

/** The jobs port within one process, without Redis. Delays are measured with the given clock. */
export interface InProcessJobs extends Jobs {
  /** To be called after the clock was moved: starts the jobs that are due now. */
  moved(): void;
  /** The instant of the earliest waiting job. */
  next(): Date | undefined;
  /** Resolves when no job runs and none that waits is due. */
  idle(): Promise<void>;
}

/**
 * Keeps jobs in memory. When the process ends they are lost, and the sweep claims their rows again.
 * @param concurrency how many jobs run at once.
 */
export function inProcessJobs(clock: Clock, concurrency = CONCURRENCY): InProcessJobs {
  const waiting: { job: Job; at: number }[] = [];
  const running = new Set<Promise<void>>();
  let handler: ((job: Job) => Promise<void>) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function start(): void {
    clearTimeout(timer);
    if (!handler || closed) return;
    const now = clock.now().getTime();
    while (running.size < concurrency && waiting[0] && waiting[0].at <= now) {
      const entry = waiting.shift();
      if (!entry) break;
      const ended = () => {
        running.delete(run);
        start();
      };
      const run = handler(entry.job).then(ended, ended);
      running.add(run);
    }
    const next = waiting[0];
    if (next && running.size < concurrency) timer = setTimeout(start, Math.max(1, next.at - now));
  }

  return {
    async add(job, delay) {
      const at = clock.now().getTime() + delay;
      const later = waiting.findIndex((entry) => entry.at > at);
      waiting.splice(later < 0 ? waiting.length : later, 0, { job, at });
      start();
    },
    work(given) {
      handler = given;
      start();
    },
    async waiting() {
      const now = clock.now().getTime();
      return new Set(waiting.filter(({ at }) => at <= now).map(({ job }) => job.token));
    },
    unfinished: async () => waiting.length + running.size,
    moved: start,
    next: () => (waiting[0] ? new Date(waiting[0].at) : undefined),
    async idle() {
      start();
      while (running.size > 0) {
        await Promise.allSettled([...running]);
        start();
      }
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await Promise.allSettled([...running]);
    },
  };
}
