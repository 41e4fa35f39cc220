import { LRUCache } from 'lru-cache';

/** Limits how often somebody does something. It counts in the memory of this process: each process counts for itself. */
export interface RateLimit {
  /**
   * Counts one use, unless there are too many.
   * @param key who does it.
   * @param use an id of what they do: if it is repeated, it counts once.
   * @returns whether they may do it now.
   */
  take(key: string, use: string, now: Date): boolean;
}

/** How many people's uses are remembered. */
const MAX_KEYS = 10_000;

/** Allows each key at most `max` uses within any `periodMs`. */
export function rateLimit({ max, periodMs }: { max: number; periodMs: number }): RateLimit {
  const usesByKey = new LRUCache<string, Map<string, number>>({ max: MAX_KEYS });
  return {
    take(key, use, now) {
      const uses = usesByKey.get(key) ?? new Map<string, number>();
      usesByKey.set(key, uses);
      const since = now.getTime() - periodMs;
      for (const [old, at] of uses) {
        if (at > since) break;
        uses.delete(old);
      }
      if (uses.has(use)) return true;
      if (uses.size >= max) return false;
      uses.set(use, now.getTime());
      return true;
    },
  };
}
