import { collect } from '../../async/collect.ts';
import { insertOnce, type Stores, updateWithRetry } from '../../ports/store.ts';
import {
  type Workspace,
  type WorkspaceRef,
  workspaceAt,
  workspaceId,
  workspaces,
} from '../workspaces/workspace.ts';
import {
  deletionAfterRemoval,
  partnershipDeletions,
  plannedDeletion,
} from './partnership-deletion.ts';

/** All workspaces of a partnership. */
export function workspacesOf(
  stores: Pick<Stores, 'global'>,
  partnership: string,
): Promise<Workspace[]> {
  return collect(stores.global(workspaces).all({ index: 'byPartnership', where: { partnership } }));
}

/** Whether Convenor is on none of a partnership's workspaces any more. */
export async function isRemovedEverywhere(
  stores: Pick<Stores, 'global'>,
  partnership: string,
): Promise<boolean> {
  const all = await workspacesOf(stores, partnership);
  return all.length > 0 && all.every(({ removedAt }) => removedAt);
}

/**
 * Notes that Convenor was removed from a workspace. If that was the last one of its partnership, everything is deleted
 * 90 days later. It can be repeated.
 */
export async function noteWorkspaceRemoved(
  stores: Stores,
  ref: WorkspaceRef,
  at: Date,
): Promise<void> {
  const row = await updateWithRetry(stores.global(workspaces), workspaceId(ref), (workspace) =>
    workspace.removedAt ? undefined : { ...workspace, removedAt: at },
  );
  if (!row || !(await isRemovedEverywhere(stores, row.partnership))) return;
  const rows = stores.forPartnership(row.partnership).of(partnershipDeletions);
  await insertOnce(rows, deletionAfterRemoval(row.partnership, row.removedAt ?? at));
}

/** Notes that Convenor is in a workspace again, so that nothing is deleted. It can be repeated. */
export async function noteWorkspaceBack(stores: Stores, ref: WorkspaceRef): Promise<void> {
  if (!(await workspaceAt(stores, ref))?.removedAt) return;
  const row = await updateWithRetry(stores.global(workspaces), workspaceId(ref), (workspace) => ({
    ...workspace,
    removedAt: null,
  }));
  if (!row) return;
  const store = stores.forPartnership(row.partnership);
  const planned = await plannedDeletion(store);
  if (planned?.reason === 'uninstalled') await store.of(partnershipDeletions).remove(planned.id);
}
