import { errorFields, type Log } from '../base/log.ts';
import { inTime } from './with-timeout.ts';

/** How long stopping waits for what is under way (ms). */
const LAST_WORDS = 3_000;

/** What goes on after the platform has its answer. */
export interface UnderWay {
  /** Lets something go on; where it fails, the log says so. */
  goOn(work: Promise<unknown>): void;
  /** Waits until all of it is done, for some seconds. */
  done(): Promise<unknown>;
}

/** @param event what the log says of what fails. */
export function underWay(event: string, log: Pick<Log, 'error'>): UnderWay {
  const busy = new Set<Promise<unknown>>();
  return {
    goOn(work) {
      const done = work
        .catch((error: unknown) => log.error(errorFields(error), event))
        .finally(() => busy.delete(done));
      busy.add(done);
    },
    done: () => inTime(LAST_WORDS, Promise.allSettled(busy)),
  };
}
