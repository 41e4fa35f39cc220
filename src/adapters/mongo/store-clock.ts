import type { Clock } from '../../core/base/clock.ts';

/** Store time: one clock for all processes that share a store. */
export interface StoreClock extends Clock {
  /** Asks the store for its time, once. @throws if it does not answer; the offset then stays as it was. */
  measure(): Promise<void>;
  /** Measures again and again, `every` ms, in the background, without keeping the process alive. */
  follow(every: number, failed: (error: unknown) => void): void;
  /** Ends {@link StoreClock.follow}. */
  stop(): void;
}

/** Steps back of up to so many ms are the jitter of measuring: the clock stands still until they have passed. */
const jitter = 1_000;

/** How often the store is asked for one measurement: the quickest answer tells most. */
const asked = 3;

/**
 * A clock that shows the machine's time plus an offset, measured by asking the store. It is never ahead of the
 * store's, so that nothing goes out early, and behind it by less than a round trip. It does not run backwards by up
 * to a second, but stands still; a larger step (the store's clock was set) it follows at once, for a clock that stood
 * still for an hour would be worse.
 * @param storeTime the store's own time; MongoDB: `localTime` of `hello` (https://www.mongodb.com/docs/manual/reference/command/hello/).
 * @param machine the machine's clock, in ms since 1970 UTC.
 */
export function storeClock(
  storeTime: () => Promise<Date>,
  machine: () => number = Date.now,
): StoreClock {
  let offset = 0;
  let last = 0;
  let timer: NodeJS.Timeout | undefined;

  const measure = async () => {
    let least = Number.NEGATIVE_INFINITY;
    for (let time = 0; time < asked; time++) {
      const theirs = await storeTime();
      // At least so far ahead are they: their clock has gone on while the answer was on its way.
      least = Math.max(least, theirs.getTime() - machine());
    }
    offset = least;
  };
  return {
    now() {
      const time = machine() + offset;
      if (time >= last || last - time > jitter) last = time;
      return new Date(last);
    },
    measure,
    follow(every, failed) {
      clearInterval(timer);
      timer = setInterval(() => void measure().catch(failed), every).unref();
    },
    stop() {
      clearInterval(timer);
    },
  };
}
