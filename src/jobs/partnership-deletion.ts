import { derivedId } from '../core/base/id.ts';
import { identities, identityId } from '../core/domain/identities/identity.ts';
import { type Member, members } from '../core/domain/members/member.ts';
import { outgoingFiles } from '../core/domain/outgoing-files/outgoing-file.ts';
import {
  type PartnershipDeletion,
  partnershipDeletions,
} from '../core/domain/partnership-deletion/partnership-deletion.ts';
import {
  isRemovedEverywhere,
  workspacesOf,
} from '../core/domain/partnership-deletion/removed-workspaces.ts';
import { partnerships } from '../core/domain/partnerships/partnership.ts';
import { allPersonalData } from '../core/domain/personal-data/declarations.ts';
import type { PersonalData } from '../core/domain/personal-data/personal-data.ts';
import { collectionOf } from '../core/domain/personal-data/places.ts';
import { writeTogether } from '../core/domain/unit-of-work/unit-of-work.ts';
import { workspaces } from '../core/domain/workspaces/workspace.ts';
import type { Row, Store, Stores } from '../core/ports/store.ts';
import type { DueRowHandler, JobContext } from './due-row-handler.ts';
import { takeBack } from './file.ts';

/** How many rows are removed at once, and by one job: it has to end well before its lease. */
const BATCH_SIZE = 100;
const MAX_REMOVED_PER_JOB = 1_000;

/** These rows go last, together: as long as they are there, the work is found again after a crash. */
const lastOnes = [partnerships, partnershipDeletions, workspaces].map(({ name }) => name);

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
    else await removeAll(row, context);
    return undefined;
  },
  // The row is gone once everything is.
  advance: (row, { now }) => ({ ...row, nextRunAt: now, claim: null, sending: null }),
};

async function removeAll(row: PartnershipDeletion, context: JobContext): Promise<void> {
  const { store, stores, partnership } = context;
  for await (const file of store.of(outgoingFiles).all({ index: 'byId' })) {
    if (file.state === 'sent') await takeBack(file, context);
    await store.of(outgoingFiles).remove(file.id);
  }
  const owned = [partnership.id, ...(await mergedInto(partnership.id, stores))];
  const declared = allPersonalData(context.adapterPersonalData).filter(
    ({ declaration }) => !lastOnes.includes(declaration.name),
  );
  let removed = 0;
  for (const id of owned) {
    const store = stores.forPartnership(id);
    for (const one of declared) {
      removed += await removeRows(one, MAX_REMOVED_PER_JOB - removed, { store, stores });
      if (removed >= MAX_REMOVED_PER_JOB) return;
    }
  }
  // A row may have been written behind this job: it ends only when it finds nothing more.
  if (removed > 0) return;
  if (!(await stores.vacuum())) return;
  await removeLastOnes(row, owned, context);
  await stores.vacuum();
}

/** Removes some rows of a collection. @returns how many */
async function removeRows(
  declared: PersonalData,
  most: number,
  deps: { store: Store; stores: Stores },
): Promise<number> {
  const rows = collectionOf(declared, deps);
  if (!rows) return 0;
  const query = declared.rowsOf?.(deps.store.partnership) ?? { index: 'byId' };
  let removed = 0;
  for (;;) {
    const found = (await rows.find(query, Math.min(BATCH_SIZE, most - removed))).rows;
    if (found.length === 0) return removed;
    if (declared.declaration.name === members.name) await removeAccounts(found, deps);
    await Promise.all(found.map(({ id }) => rows.remove(id)));
    removed += found.length;
    if (removed >= most) return removed;
  }
}

/** Removes the rows that only the members' own rows lead to. */
async function removeAccounts(
  found: readonly Row[],
  { store, stores }: { store: Store; stores: Stores },
): Promise<void> {
  const accounts = stores.global(identities);
  for (const { identities: own } of found as readonly Member[]) {
    for (const identity of own) {
      const row = await accounts.get(identityId(identity));
      if (row?.partnership === store.partnership) await accounts.remove(row.id, row.version);
    }
  }
}

/** The partnerships that were merged into this one: each began as that of one of its workspaces. */
async function mergedInto(partnership: string, stores: Stores): Promise<string[]> {
  const merged: string[] = [];
  for (const { platform, workspace } of await workspacesOf(stores, partnership)) {
    const id = derivedId('partnership', platform, workspace);
    const row = await stores.forPartnership(id).of(partnerships).get(id);
    if (row?.mergedInto === partnership) merged.push(id);
  }
  return merged;
}

/** Removes the rows by which the work is found again: the partnership, its workspaces, and the deletion itself. */
async function removeLastOnes(
  { id }: PartnershipDeletion,
  owned: readonly string[],
  { stores, partnership, adapterPersonalData = [] }: JobContext,
): Promise<void> {
  const places = await workspacesOf(stores, partnership.id);
  // What an adapter keeps of a workspace has the platform's id of it. Where Convenor still is, it is needed.
  for (const { workspace } of places.filter(({ removedAt }) => removedAt))
    for (const { declaration, rowsOf } of adapterPersonalData)
      if (declaration.scope === 'global' && !rowsOf)
        await stores.global(declaration).remove(workspace);
  for (const merged of owned.filter((one) => one !== partnership.id))
    await stores.forPartnership(merged).of(partnerships).remove(merged);
  await writeTogether(stores, partnership.id, async ({ store, trackedGlobal }) => {
    for (const place of places) await trackedGlobal(workspaces).remove(place.id);
    await store.of(partnerships).remove(partnership.id);
    await store.of(partnershipDeletions).remove(id);
  });
}
