import type { Clock } from '../../core/base/clock.ts';

/** Store time: one clock for all processes that share a store. */
export interface StoreClock extends Clock {
  /** Asks the store for its time, once. @throws if it does not answer; the offset then stays as it was. */
  measure(): Promise<void>;
  /** Measures every `every` ms in the background. It does not keep the process alive. */
  follow(every: number, failed: (error: unknown) => void): void;
  /** Stops {@link StoreClock.follow}. */
  stop(): void;
}

/** A step back of up to this is an error of measurement: the clock stands still until it has passed. */
const MAX_JITTER_MS = 1_000;

/** How often the store is asked for one measurement. The quickest answer is the most exact. */
const SAMPLES = 3;

/**
 * A clock that shows the machine's time plus an offset, measured by asking the store. It is never ahead of the store's
 * clock, so that nothing is sent early, and less than a round trip behind it. It stands still for a step back of up to a
 * second. It follows a larger step at once (the store's clock was set), since it must not stand still for long.
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
    for (let sample = 0; sample < SAMPLES; sample++) {
      const theirs = await storeTime();
      // Their clock went on while the answer was on its way, so it is at least this far ahead.
      least = Math.max(least, theirs.getTime() - machine());
    }
    offset = least;
  };
  return {
    now() {
      const time = machine() + offset;
      if (time >= last || last - time > MAX_JITTER_MS) last = time;
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
