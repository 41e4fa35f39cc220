import { LEASE_MS } from './lease.ts';

/** The longest wait after an error of our own (ms): an hour. */
const LONGEST = 3_600_000;
/** How many rows' errors are remembered. */
const REMEMBERED = 1_000;

/** How often work on rows has failed here lately. */
export interface Failures {
  /** One more error. @returns how long to leave the row alone (ms): twice as long each time. */
  wait(row: string): number;
  /** It went well. */
  forget(row: string): void;
}

/** Remembers errors in this process: each process finds out for itself. */
export function failures(): Failures {
  const counts = new Map<string, number>();
  return {
    wait(row) {
      const count = counts.get(row) ?? 0;
      counts.delete(row);
      counts.set(row, count + 1);
      if (counts.size > REMEMBERED) counts.delete(counts.keys().next().value as string);
      return Math.min(LONGEST, LEASE_MS * 2 ** count);
    },
    forget: (row) => void counts.delete(row),
  };
}
