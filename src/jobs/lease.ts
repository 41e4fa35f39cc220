/** How long a claim holds after the row is due (ms). */
export const LEASE_MS = 5_000;
/** How far ahead of the due time the sweep claims (ms). */
export const HORIZON_MS = 10_000;

/**
 * Where a claimed row puts its `nextRunAt`, when its lease runs from `instant`. Sweeps look ahead by HORIZON, so it
 * stands that much further on: it comes into sight as the lease ends, and no sweep reads claims that still hold.
 */
export function leaseFrom(instant: Date): Date {
  return new Date(instant.getTime() + LEASE_MS + HORIZON_MS);
}
