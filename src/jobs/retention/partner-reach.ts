import { reachOf, readKnowers } from '../../core/domain/acquaintances/knowers.ts';
import { LAST_MERGED_KEY, partners } from '../../core/domain/partners/partner.ts';
import { BATCH_SIZE, type BatchResult, type RetentionStep } from './step.ts';

/**
 * Looks each night at who knows each partner, for the digest and for the briefs of coordinators. That changes without any
 * write too: as time passes, and when somebody leaves or gets another role.
 */
export const partnerReachStep: RetentionStep = {
  name: 'who knows partners',
  async runBatch({ store, directory, after, night }): Promise<BatchResult> {
    const range = { field: 'key', after: after ?? LAST_MERGED_KEY } as const;
    const query = { index: 'byName', where: { archived: false }, range } as const;
    const page = await store.of(partners).find(query, BATCH_SIZE);
    for (const row of page.rows) {
      const { known } = await readKnowers(row.id, night, { store, directory });
      const reach = reachOf(known);
      if (reach === (row.reach ?? null)) continue;
      // If somebody changes the row meanwhile, the next night does it.
      await store.of(partners).save({ ...row, reach, reachSince: reach && night });
    }
    return { removed: 0, next: page.more ? page.rows.at(-1)?.key : undefined };
  },
};
