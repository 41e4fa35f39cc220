import { type Sealer, UnsealError } from '../../../core/base/sealer.ts';
import { type Stores, updateWithRetry } from '../../../core/ports/store.ts';
import { installations, resealed } from './installation-row.ts';

/** What became of the tokens. */
export interface ResealCounts {
  /** Sealed with the newest key now, and not before. */
  resealed: number;
  /** Sealed with the newest key already. */
  current: number;
  /** No key opens them. */
  lost: number;
}

/**
 * Seals all tokens with the newest key. Each is stored by itself, so that this can be cut off and repeated, and run
 * while others read the tokens.
 */
export async function resealTokens(stores: Stores, sealer: Sealer): Promise<ResealCounts> {
  const rows = stores.global(installations);
  const counts = { resealed: 0, current: 0, lost: 0 };
  for await (const { id, botToken } of rows.all({ index: 'byId' })) {
    if (botToken === null) continue;
    let wasCurrent = true;
    try {
      await updateWithRetry(rows, id, (row) => {
        const next = resealed(row, sealer);
        wasCurrent = next === undefined;
        return next;
      });
      counts[wasCurrent ? 'current' : 'resealed']++;
    } catch (error) {
      if (!(error instanceof UnsealError)) throw error;
      counts.lost++;
    }
  }
  return counts;
}
