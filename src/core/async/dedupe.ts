import { LRUCache } from 'lru-cache';

/** How many keys are remembered. Slack repeats an event for up to five minutes, and sends fewer in that time. */
const MAX_KEYS = 20_000;

/** Runs work once for each key, however often and however close together it is asked to. */
export interface Dedupe {
  /** @returns the result of the first run with this key. If that fails, the next call runs the work again. */
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Forgets a key: the next call with it runs its work. */
  forget(key: string): void;
}

/** Remembers keys in memory. Command receipts in the store do the same across restarts. */
export function dedupe(): Dedupe {
  const runs = new LRUCache<string, Promise<unknown>>({ max: MAX_KEYS });
  return {
    run<T>(key: string, work: () => Promise<T>): Promise<T> {
      const known = runs.get(key);
      // A key belongs to one kind of work, so its result is of one type.
      if (known) return known as Promise<T>;
      const result = work();
      runs.set(key, result);
      result.catch(() => runs.delete(key));
      return result;
    },
    forget: (key) => void runs.delete(key),
  };
}
