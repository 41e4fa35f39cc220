/** How long the steps of a delivery take (ms). Tests pass shorter ones than `TIMINGS`. */
export interface Timings {
  /** How long a claim holds after the row is due. */
  leaseMs: number;
  /** How far ahead of the due time the sweep claims. */
  horizonMs: number;
  /** How long a platform may take to answer. At most half the lease, so that no other worker starts in that time. */
  sendTimeoutMs: number;
  /** When to try again if no adapter here can send, or the platform cannot tell whether a message was posted. */
  unavailableRetryMs: number;
  /** How often each worker sweeps while no claims are open. */
  sweepIntervalMs: number;
  /** How often it sweeps while claims are open: a lost claim is found at most this long after its lease ends. */
  openClaimsIntervalMs: number;
}

/** The timings in production. */
export const TIMINGS: Timings = {
  leaseMs: 5_000,
  horizonMs: 10_000,
  sendTimeoutMs: 2_000,
  unavailableRetryMs: 30_000,
  sweepIntervalMs: 5_000,
  openClaimsIntervalMs: 1_000,
};

/**
 * The `nextRunAt` of a row whose lease runs from `start`. Sweeps look ahead by the horizon, so it is that much later
 * than the end of the lease: sweeps see the row when the lease ends, and never read claims that still hold.
 */
export function afterLease(start: Date, { leaseMs, horizonMs }: Timings): Date {
  return new Date(start.getTime() + leaseMs + horizonMs);
}
