import { collect } from '../../async/collect.ts';
import { derivedId } from '../../base/id.ts';
import type { DeletedPartnership } from '../../ports/erasure-records.ts';
import type { Row, Store, Stores } from '../../ports/store.ts';
import { identities, identityId } from '../identities/identity.ts';
import { type Member, members } from '../members/member.ts';
import { deletionId, partnershipDeletions } from '../partnership-deletion/partnership-deletion.ts';
import { workspacesOf } from '../partnership-deletion/removed-workspaces.ts';
import { partnerships } from '../partnerships/partnership.ts';
import { writeTogether } from '../unit-of-work/unit-of-work.ts';
import { workspaces } from '../workspaces/workspace.ts';
import { allPersonalData } from './declarations.ts';
import type { PersonalData } from './personal-data.ts';
import { collectionOf } from './places.ts';

/** How many rows are removed at once. */
const BATCH_SIZE = 100;

/** These rows go last, together: as long as they are there, the work is found again after a crash. */
const lastOnes = [partnerships, partnershipDeletions, workspaces].map(({ name }) => name);

interface RemoveRowsDeps {
  stores: Stores;
  /** What the adapters' collections hold. */
  adapterPersonalData: readonly PersonalData[];
}

/** The ids of a partnership and of those that were merged into it: each began as that of one of its workspaces. */
export async function ownedPartnerships(partnership: string, stores: Stores): Promise<string[]> {
  const merged: string[] = [];
  for (const { platform, workspace } of await workspacesOf(stores, partnership)) {
    const id = derivedId('partnership', platform, workspace);
    const row = await stores.forPartnership(id).of(partnerships).get(id);
    if (row?.mergedInto === partnership) merged.push(id);
  }
  return [partnership, ...merged];
}

/**
 * Removes rows of partnerships in every collection, but for those by which the work is found again.
 * @param most how many rows at most
 * @returns how many were removed: 0 if there are none left.
 */
export async function removeRows(
  owned: readonly string[],
  most: number,
  { stores, adapterPersonalData }: RemoveRowsDeps,
): Promise<number> {
  let removed = 0;
  for (const id of owned) {
    const store = stores.forPartnership(id);
    for (const declared of allPersonalData(adapterPersonalData)) {
      if (lastOnes.includes(declared.declaration.name)) continue;
      removed += await removeFrom(declared, most - removed, { store, stores });
      if (removed >= most) return removed;
    }
  }
  return removed;
}

/** Removes some rows of a collection. @returns how many */
async function removeFrom(
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

/** Removes the rows of accounts that belong to nobody any more, but stay out. No member's row leads to them. */
async function removeFormerAccounts(owned: readonly string[], stores: Stores): Promise<void> {
  const accounts = stores.global(identities);
  const nameless = { index: 'byUser', where: { platform: '', user: '' } } as const;
  const found = await collect(accounts.all(nameless));
  for (const { id } of found.filter(({ partnership }) => owned.includes(partnership)))
    await accounts.remove(id);
}

/** Removes the rows by which the work is found again: the partnership, its workspaces, and the deletion itself. */
export async function removeLastRows(
  partnership: string,
  owned: readonly string[],
  { stores, adapterPersonalData }: RemoveRowsDeps,
): Promise<void> {
  const places = await workspacesOf(stores, partnership);
  // What an adapter keeps of a workspace has the platform's id of it. Where Convenor still is, it is needed.
  for (const { workspace } of places.filter(({ removedAt }) => removedAt))
    for (const { declaration, rowsOf } of adapterPersonalData)
      if (declaration.scope === 'global' && !rowsOf)
        await stores.global(declaration).remove(workspace);
  await removeFormerAccounts(owned, stores);
  for (const merged of owned.filter((one) => one !== partnership))
    await stores.forPartnership(merged).of(partnerships).remove(merged);
  await writeTogether(stores, partnership, async ({ store, trackedGlobal }) => {
    for (const place of places) await trackedGlobal(workspaces).remove(place.id);
    await store.of(partnerships).remove(partnership);
    await store.of(partnershipDeletions).remove(deletionId(partnership));
  });
}

/** Deletes a partnership again, on a store that was restored from a backup from before its deletion. */
export async function redoDeletion(
  { partnership, owned }: DeletedPartnership,
  deps: RemoveRowsDeps,
): Promise<void> {
  while ((await removeRows(owned, Number.POSITIVE_INFINITY, deps)) > 0);
  await removeLastRows(partnership, owned, deps);
}
