/** How many deliveries are held in memory, the latest ones: more than Slack repeats in its five minutes. */
const MAX_KEYS = 20_000;

/** Does something once for each key, however often it is asked to, also at the same time. */
export interface Dedupe {
  /** @returns what the first one with that key gives (or gave). Where that fails, the next one tries again. */
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** The next one with that key is a new one. */
  forget(key: string): void;
}

/** Held in memory: in front of the inbound row in the store, which also holds across restarts. */
export function dedupe(): Dedupe {
  const held = new Map<string, Promise<unknown>>();
  return {
    run<T>(key: string, work: () => Promise<T>): Promise<T> {
      const known = held.get(key);
      // A key belongs to one kind of work, so its result is of one type.
      if (known) return known as Promise<T>;
      const done = work();
      held.set(key, done);
      done.catch(() => held.delete(key));
      if (held.size > MAX_KEYS) held.delete(held.keys().next().value as string);
      return done;
    },
    forget: (key) => void held.delete(key),
  };
}
