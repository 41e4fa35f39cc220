import { LRUCache } from 'lru-cache';
import type { Clock } from '../../core/base/clock.ts';

/**
 * A cache whose entries age by the injected clock. An entry that is too old is not returned, but stays readable with
 * `peek(key, { allowStale: true })`.
 */
export function clockCache<V extends NonNullable<unknown>>({
  clock,
  max,
  ttlMs,
}: {
  clock: Clock;
  /** Entries. The one that was not used for the longest time goes first. */
  max: number;
  ttlMs: number;
}): LRUCache<string, V> {
  return new LRUCache({
    max,
    ttl: ttlMs,
    noDeleteOnStaleGet: true,
    perf: { now: () => clock.now().getTime() },
    ttlResolution: 0,
  });
}

/** The value in the cache, else the one that `fetch` gets. Everybody who asks meanwhile waits for the same one. Failures are not remembered. */
export function cachedLookup<T>(
  cache: LRUCache<string, Promise<T>>,
  key: string,
  fetch: () => Promise<T>,
): Promise<T> {
  const known = cache.get(key);
  if (known) return known;
  const fetching = fetch();
  cache.set(key, fetching);
  fetching.catch(() => {
    if (cache.peek(key) === fetching) cache.delete(key);
  });
  return fetching;
}
