/** Lets many pass at once, or one alone: what moves the clock or starts afresh must not meet a conversation. */
export interface ReadWriteLock {
  /** Runs once nothing that runs alone is under way. */
  pass<T>(work: () => Promise<T>): Promise<T>;
  /** Runs once everything that came before is through, and keeps what comes after waiting. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/** A turnstile that nobody is waiting at. */
export function readWriteLock(): ReadWriteLock {
  let last: Promise<unknown> = Promise.resolve();
  const passing = new Set<Promise<unknown>>();
  return {
    async pass(work) {
      const passed = last.then(work);
      const done = passed.then(ignore, ignore);
      passing.add(done);
      void done.then(() => passing.delete(done));
      return passed;
    },
    async alone(work) {
      const before = [last, ...passing];
      const ran = Promise.all(before).then(work);
      last = ran.then(ignore, ignore);
      return ran;
    },
  };
}

function ignore(): void {}
