import { LRUCache } from 'lru-cache';

/** How old a value may be before it is read again in the background. */
const FRESH_MS = 30_000;

/** Values that are read from the store, by key. */
export interface StaleWhileRevalidate<T> {
  /** The value in memory, however old, else what `read` finds. @throws what `read` throws, if nothing is in memory. */
  get(key: string): Promise<T | undefined>;
  forget(key: string): void;
}

/**
 * Keeps values in memory, so that only the first read of a key waits for the store: Slack wants its answer within 3 s,
 * however slow the store is. An old value is returned once more while it is read again.
 * @param read finds a value; undefined if there is none, which is not remembered.
 * @param max how many keys are held. The one that was not used for the longest time goes first.
 */
export function staleWhileRevalidate<T extends NonNullable<unknown>>(
  read: (key: string) => Promise<T | undefined>,
  max: number,
): StaleWhileRevalidate<T> {
  const cache = new LRUCache<string, T>({
    max,
    ttl: FRESH_MS,
    allowStale: true,
    noDeleteOnFetchRejection: true,
    // A read that is under way when its key is forgotten still has a result, which is not kept.
    ignoreFetchAbort: true,
    async fetchMethod(key, stale) {
      const value = await read(key);
      if (value === undefined && stale !== undefined) cache.delete(key);
      return value;
    },
  });
  return {
    get: (key) => cache.fetch(key),
    forget: (key) => void cache.delete(key),
  };
}
