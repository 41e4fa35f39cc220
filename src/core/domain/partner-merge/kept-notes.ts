import { getAll, updateWithRetry } from '../../ports/store.ts';
import type { WriteContext } from '../partnerships/write-context.ts';
import { type NoteRetention, noteRetentions, nothingPlanned } from '../retention/note-retention.ts';

/** If coordinators want to keep the notes of the merged partner for longer, that is so for all of them. */
export async function keepNotesAsLong(
  double: string,
  kept: string,
  { store }: WriteContext,
): Promise<void> {
  const rows = store.of(noteRetentions);
  const [longer, own] = await Promise.all([rows.get(double), rows.get(kept)]);
  if (!longer?.keepUntil || (own?.keepUntil ?? '') >= longer.keepUntil) return;
  const wanted = {
    ...wishOf(longer),
    beforeMerge: own?.beforeMerge ?? wishOf(own ?? nothingPlanned),
  };
  if (own) await updateWithRetry(rows, kept, (row) => ({ ...row, ...wanted }));
  else await rows.insert({ ...nothingPlanned, id: kept, ...wanted });
}

/**
 * Keeps the notes of a partner as long as coordinators wanted before another one was merged into it, unless they have
 * wanted something else since.
 * @param others ids of the partners that stay merged into it: their notes may have to be kept longer.
 */
export async function keepNotesAsBefore(
  double: string,
  kept: string,
  others: readonly string[],
  { store }: WriteContext,
): Promise<void> {
  const rows = store.of(noteRetentions);
  const [longer, own, merged] = await Promise.all([
    rows.get(double),
    rows.get(kept),
    getAll(rows, others),
  ]);
  if (!own?.beforeMerge || own.keepUntil !== longer?.keepUntil) return;
  const { beforeMerge } = own;
  const longest = [beforeMerge, ...merged.map(wishOf)].reduce((one, other) =>
    (other.keepUntil ?? '') > (one.keepUntil ?? '') ? other : one,
  );
  await updateWithRetry(rows, kept, (row) => ({
    ...row,
    ...longest,
    beforeMerge: longest === beforeMerge ? null : beforeMerge,
  }));
}

const wishOf = ({
  keepUntil,
  reason,
}: Pick<NoteRetention, 'keepUntil' | 'reason'>): Pick<NoteRetention, 'keepUntil' | 'reason'> => ({
  keepUntil,
  reason,
});
