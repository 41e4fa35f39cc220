/** A shared-exclusive lock: moving the clock and resetting must not happen while a message is being answered. */
export interface ReadWriteLock {
  /** Runs beside other shared work, once no exclusive work is running. */
  shared<T>(work: () => Promise<T>): Promise<T>;
  /** Runs alone: after everything that came before, and before everything that comes after. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
}

export function readWriteLock(): ReadWriteLock {
  let lastExclusive: Promise<unknown> = Promise.resolve();
  const sharedWork = new Set<Promise<unknown>>();
  return {
    async shared(work) {
      const result = lastExclusive.then(work);
      const done = result.then(ignore, ignore);
      sharedWork.add(done);
      void done.then(() => sharedWork.delete(done));
      return result;
    },
    async exclusive(work) {
      const result = Promise.all([lastExclusive, ...sharedWork]).then(work);
      lastExclusive = result.then(ignore, ignore);
      return result;
    },
  };
}

function ignore(): void {}
