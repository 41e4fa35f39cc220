import { advice, type Finding, good } from './finding.ts';

/** Clocks that are further apart than this are not synchronised. Convenor uses the store's time, so it still sends nothing early. */
const MAX_SKEW_MS = 5_000;

/** @param aheadMs how far the server's clock is ahead of this machine's; negative: behind. */
export function checkClock(about: string, aheadMs: number): Finding {
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (Math.abs(aheadMs) < MAX_SKEW_MS) return good(about, 'Its clock and this machine’s agree.');
  return advice(
    about,
    `Its clock is ${seconds} seconds ${aheadMs > 0 ? 'ahead of' : 'behind'} this machine’s.`,
    'Synchronise both clocks, on each machine: sudo timedatectl set-ntp true',
  );
}
