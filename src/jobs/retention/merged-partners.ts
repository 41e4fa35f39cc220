import { contacts } from '../../core/domain/contacts/contact.ts';
import { followups } from '../../core/domain/followups/followup.ts';
import { moveContacts, moveFollowups } from '../../core/domain/partner-merge/move-rows.ts';
import { takeApartUntil } from '../../core/domain/partner-merge/take-apart.ts';
import { LAST_MERGED_KEY, type Partner, partners } from '../../core/domain/partners/partner.ts';
import { recomputeLastContact } from '../../core/domain/partners/recompute-last-contact.ts';
import type { Store } from '../../core/ports/store.ts';
import { BATCH_SIZE, type BatchResult, type RetentionStep } from './step.ts';

/**
 * Moves what was noted about a merged partner at the very moment of the merge to the one that stayed, and removes its lead
 * once the two can no longer be taken apart.
 */
export const mergedPartnersStep: RetentionStep = {
  name: 'merged partners',
  async runBatch({ store, directory, partnership, after, now }): Promise<BatchResult> {
    const range = { field: 'key', to: LAST_MERGED_KEY, ...(after !== null && { after }) } as const;
    const query = { index: 'byName', where: { archived: true }, range } as const;
    const page = await store.of(partners).find(query, BATCH_SIZE);
    for (const row of page.rows) {
      const { id } = row;
      await removeOldLead(row, now, store);
      const kept = directory.partner(id)?.id;
      if (kept === undefined || kept === id) continue;
      const about = { index: 'byPartner', where: { partner: id } } as const;
      const [noted, promised] = await Promise.all([
        store.of(contacts).find(about, 1),
        store.of(followups).find(about, 1),
      ]);
      if (noted.rows.length + promised.rows.length === 0) continue;
      await moveContacts(id, kept, store);
      await moveFollowups(id, kept, store);
      await recomputeLastContact(kept, { store, partnership });
    }
    return { removed: 0, next: page.more ? page.rows.at(-1)?.key : undefined };
  },
};

/** The name of a member who leads nothing else any more can then be removed. */
async function removeOldLead(row: Partner, now: Date, store: Store): Promise<void> {
  const isNamed = row.lead ?? row.leadAsked ?? row.leadAskedBy ?? null;
  if (isNamed === null || !row.mergedAt || now <= takeApartUntil(row.mergedAt)) return;
  await store.of(partners).save({ ...row, lead: null, leadAsked: null, leadAskedBy: null });
}
