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
