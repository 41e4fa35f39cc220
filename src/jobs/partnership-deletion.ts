import { dayOf } from '../core/dates/day.ts';
import { outgoingFiles } from '../core/domain/outgoing-files/outgoing-file.ts';
import {
  type PartnershipDeletion,
  partnershipDeletions,
} from '../core/domain/partnership-deletion/partnership-deletion.ts';
import { isRemovedEverywhere } from '../core/domain/partnership-deletion/removed-workspaces.ts';
import {
  ownedPartnerships,
  removeLastRows,
  removeRows,
} from '../core/domain/personal-data/remove-partnership.ts';
import type { DueRowHandler, JobContext } from './due-row-handler.ts';
import { takeBack } from './file.ts';

/** How many rows one job removes: it has to end well before its lease. */
const MAX_REMOVED_PER_JOB = 1_000;

/**
 * Deletes everything of a partnership: its rows in every collection, those of the partnerships that were merged into it,
 * and then the traces in the store's files. Each job removes what it finds, so that the work goes on after a crash.
 */
export const partnershipDeletionHandler: DueRowHandler<PartnershipDeletion> = {
  name: 'partnership-deletion',
  rows: partnershipDeletions,
  repeatWhenUnknown: false,
  runsWhenMerged: true,
  dueAt: ({ deleteAt }) => deleteAt,
  occurrence: ({ id }) => id,
  async composeReply(row, context) {
    const { store, stores, partnership } = context;
    const isBack =
      row.reason === 'uninstalled' && !(await isRemovedEverywhere(stores, partnership.id));
    if (isBack) await store.of(partnershipDeletions).remove(row.id);
    else await removeAll(context);
    return undefined;
  },
  // The row is gone once everything is.
  advance: (row, { now }) => ({ ...row, nextRunAt: now, claim: null, sending: null }),
};

async function removeAll(context: JobContext): Promise<void> {
  const { store, stores, partnership, now, adapterPersonalData = [], erasureRecords } = context;
  const { id, zone } = partnership;
  for await (const file of store.of(outgoingFiles).all({ index: 'byId' })) {
    if (file.state === 'sent') await takeBack(file, context);
    await store.of(outgoingFiles).remove(file.id);
  }
  const owned = await ownedPartnerships(id, stores);
  const deps = { stores, adapterPersonalData };
  // A row may have been written behind this job: it ends only when it finds nothing more.
  if ((await removeRows(owned, MAX_REMOVED_PER_JOB, deps)) > 0) return;
  if (!(await stores.vacuum())) return;
  const day = dayOf(now, zone);
  await erasureRecords?.record({ kind: 'partnership', id, partnership: id, day, owned });
  await removeLastRows(id, owned, deps);
  await stores.vacuum();
}
