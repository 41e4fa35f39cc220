import { errorFields, type Log } from '../base/log.ts';
import { withTimeout } from './with-timeout.ts';

/** How long `drain` waits. */
const DRAIN_TIMEOUT_MS = 3_000;

/** Work that goes on after the platform has had its answer. */
export interface BackgroundTasks {
  /** Lets work go on. If it fails, the log says so. */
  add(work: Promise<unknown>): void;
  /** Waits until all work has ended, or until three seconds have passed. */
  drain(): Promise<unknown>;
}

/** @param event the log's event for work that failed. */
export function backgroundTasks(event: string, log: Pick<Log, 'error'>): BackgroundTasks {
  const running = new Set<Promise<unknown>>();
  return {
    add(work) {
      const done = work
        .catch((error: unknown) => log.error(errorFields(error), event))
        .finally(() => running.delete(done));
      running.add(done);
    },
    drain: () => withTimeout(DRAIN_TIMEOUT_MS, Promise.allSettled(running)),
  };
}
