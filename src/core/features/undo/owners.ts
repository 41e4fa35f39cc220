import type { Deps } from '../../command/command.ts';
import { followups } from '../../domain/followups/followup.ts';
import { withOwners } from '../../domain/member-merge/move-data.ts';
import { partners } from '../../domain/partners/partner.ts';
import type { CommandReceipt } from '../../domain/receipts/receipt.ts';
import { type Row, updateWithRetry } from '../../ports/store.ts';

/** The fields of follow-ups and partners that name a member. */
const owners: readonly string[] = ['who', 'asked', 'askedBy', 'createdBy', 'lead'];

/** What has gone back to somebody who was united with another since is the other's. */
export async function settleOwners(
  { changes }: CommandReceipt,
  { store, directory }: Pick<Deps, 'store' | 'directory'>,
): Promise<void> {
  const now = (member: string) => directory.member(member)?.id ?? member;
  for (const { collection, id, before } of changes) {
    // Told without reading: an import that is taken back has thousands of rows.
    if (!namesFormer(before, now)) continue;
    if (collection === followups.name)
      await updateWithRetry(store.of(followups), id, (row) => withOwners(row, now));
    if (collection === partners.name)
      await updateWithRetry(store.of(partners), id, (row) =>
        row.lead === null || now(row.lead) === row.lead
          ? undefined
          : { ...row, lead: now(row.lead) },
      );
  }
}

/** Whether what stood there names somebody as they were before they were united with another. */
function namesFormer(before: Row | null, now: (member: string) => string): boolean {
  const fields: [string, unknown][] = Object.entries(before ?? {});
  return fields.some(
    ([name, value]) => owners.includes(name) && typeof value === 'string' && now(value) !== value,
  );
}
