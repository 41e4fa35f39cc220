import { mergeButton, takeApartButton } from '../../cards/merge-buttons.ts';
import type { Deps } from '../../command/command.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { handovers } from '../../domain/handover/handover.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import type { CommandReceipt } from '../../domain/receipts/receipt.ts';
import type { Button } from '../../message/reply.ts';

type Changes = Pick<CommandReceipt, 'changes'>;

/**
 * The button that takes back a merge of two partners or a handover, or merges two again that were taken apart. Each is
 * undone as a whole, also what others have done with it since, so that no `undo` of single changes takes it back.
 * @returns undefined if the command was none of these; null if it was taken back already.
 */
export async function wholeUndoButton(
  receipt: Changes,
  { store, directory }: Pick<Deps, 'store' | 'directory'>,
): Promise<Button | null | undefined> {
  const started = receipt.changes.find(
    ({ collection, before }) => collection === handovers.name && before === null,
  );
  if (!started) return mergeUndoButton(receipt, directory);
  const row = await store.of(handovers).get(started.id);
  if (!row || row.undoneAt) return null;
  const name = directory.member(row.from)?.name ?? 'somebody who left';
  return {
    label: `Undo the handover of ${name}'s tasks`,
    command: 'handover undo',
    args: { which: `#${row.id}` },
  };
}

/** The same for a merge. */
function mergeUndoButton(
  { changes }: Changes,
  { mergedPartners, partner }: Directory,
): Button | null | undefined {
  for (const { collection, id, before, after } of changes) {
    const [was, is] = [before, after].map((row) => (row as Partial<Partner> | null)?.mergedInto);
    if (collection !== partners.name || was === is) continue;
    const merged = mergedPartners.find((one) => one.id === id);
    if (is) return merged ? takeApartButton(merged, `Take ${merged.name} apart`) : null;
    const [double, kept] = [partner(id), partner(was ?? '')];
    if (merged || !double || !kept) return null;
    return mergeButton(`Merge ${double.name} again`, double, kept);
  }
  return undefined;
}
