import { directoriesOver } from '../core/domain/directory/directories.ts';
import type { Adapter } from '../core/ports/platform.ts';
import { handlers } from './handlers.ts';
import { createSweep, type Sweep, type SweepOptions } from './sweep.ts';
import { createWorker, type Report } from './worker.ts';

/** The worker's side of a process. */
export interface WorkerSide {
  sweep: Sweep;
  /** Those that send; whoever starts an adapter puts it in. */
  adapters: Map<string, Adapter>;
  /** Stops claiming, lets what runs end, and gives the jobs up. */
  stop(): Promise<void>;
}

/** Joins what finds due rows, what carries them and what delivers them. The sweep is started by the caller. */
export function workerSide(
  options: Omit<SweepOptions, 'handlers'> & { onTry?: (report: Report) => void },
): WorkerSide {
  const { stores, jobs } = options;
  const adapters = new Map<string, Adapter>();
  const sweep = createSweep({ ...options, handlers });
  const directories = directoriesOver(stores);
  jobs.work(createWorker({ ...options, handlers, adapters, directories }));
  return {
    sweep,
    adapters,
    async stop() {
      await sweep.stop();
      await jobs.close();
    },
  };
}
