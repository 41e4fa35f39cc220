import { errorFields, type Log } from '../base/log.ts';
import { withTimeout } from './with-timeout.ts';

/** How long stopping waits for what is under way (ms). */
const DRAIN_TIMEOUT_MS = 3_000;

/** What goes on after the platform has its answer. */
export interface BackgroundTasks {
  /** Lets something go on; where it fails, the log says so. */
  add(work: Promise<unknown>): void;
  /** Waits until all of it is done, for some seconds. */
  drain(): Promise<unknown>;
}

/** @param event what the log says of what fails. */
export function backgroundTasks(event: string, log: Pick<Log, 'error'>): BackgroundTasks {
  const busy = new Set<Promise<unknown>>();
  return {
    add(work) {
      const done = work
        .catch((error: unknown) => log.error(errorFields(error), event))
        .finally(() => busy.delete(done));
      busy.add(done);
    },
    drain: () => withTimeout(DRAIN_TIMEOUT_MS, Promise.allSettled(busy)),
  };
}
