import { mergeButton, takeApartButton } from '../../cards/merge-buttons.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import type { CommandReceipt } from '../../domain/receipts/receipt.ts';
import type { Button } from '../../message/reply.ts';

/**
 * The button that takes back a merge of two partners, or merges two again that were taken apart. Each moves rows that
 * are not in the receipt, so that no `undo` of single changes takes it back.
 * @returns undefined if the command was neither; null if it was taken back already.
 */
export function mergeUndoButton(
  { changes }: Pick<CommandReceipt, 'changes'>,
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
