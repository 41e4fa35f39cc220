import { UserError } from '../../message/user-error.ts';
import { insertOnce, updateWithRetry } from '../../ports/store.ts';
import type { WriteContext } from '../partnerships/write-context.ts';
import { type Digest, type DigestRhythm, digestId, digests } from './digest.ts';
import type { DayRule } from './rules.ts';
import { scheduleDigest } from './schedule.ts';

/** Switches the digest of a rhythm on, or changes when and where it is posted. @throws UserError while it goes out. */
export async function switchOn(
  facts: DayRule & Pick<Digest, 'channel' | 'minute'>,
  { store, partnership, now, wake }: Pick<WriteContext, 'store' | 'partnership' | 'now' | 'wake'>,
): Promise<Digest> {
  const rows = store.of(digests);
  const id = digestId(partnership.id, facts.rhythm);
  const idle = { nextAt: null, silent: 0, nextRunAt: null, claim: null, sending: null };
  const first = await insertOnce(rows, { id, ...facts, ...idle });
  const digest = await updateWithRetry(rows, id, (row) => {
    refuseWhileGoing(row);
    return scheduleDigest({ ...row, ...facts }, partnership, now);
  });
  wake();
  return digest ?? first;
}

/** Switches the digest of a rhythm off. @returns whether it was on. @throws UserError while it goes out. */
export async function switchOff(
  rhythm: DigestRhythm,
  { store, partnership }: Pick<WriteContext, 'store' | 'partnership'>,
): Promise<boolean> {
  let wasOn = false;
  await updateWithRetry(store.of(digests), digestId(partnership.id, rhythm), (row) => {
    refuseWhileGoing(row);
    wasOn = row.nextAt !== null;
    return { ...row, nextAt: null, nextRunAt: null, claim: null };
  });
  return wasOn;
}

function refuseWhileGoing({ sending }: Digest): void {
  if (sending) throw new UserError('The digest is just going out. Try again in a few seconds.');
}
