import { advice, type Finding, good } from '../finding.ts';

/** Clocks this far apart (ms) are not kept by anybody. Convenor itself goes by the store's, so nothing is sent early. */
const TOO_FAR = 5_000;

/** @param ahead how far a server's clock is ahead of this machine's (ms). */
export function checkClock(about: string, ahead: number): Finding {
  const seconds = Math.round(Math.abs(ahead) / 1000);
  if (Math.abs(ahead) < TOO_FAR) return good(about, 'Its clock and this machine’s agree.');
  return advice(
    about,
    `Its clock is ${seconds} seconds ${ahead > 0 ? 'ahead of' : 'behind'} this machine’s.`,
    'Have both kept right, on each machine: sudo timedatectl set-ntp true',
  );
}
