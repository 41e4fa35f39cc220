import { derivedId } from '../../base/id.ts';
import { insertOnce, type Stores } from '../../ports/store.ts';
import { type Workspace, workspaceId, workspaces } from './workspace.ts';

/**
 * Makes a workspace known, with a partnership of its own that nobody has set up yet. May be repeated: one that is
 * known stays as it is, and keeps the partnership it was linked to.
 */
export function openWorkspace(
  stores: Stores,
  found: Pick<Workspace, 'platform' | 'workspace' | 'name'>,
): Promise<Workspace> {
  const { platform, workspace, name } = found;
  const partnership = derivedId('partnership', platform, workspace);
  const row = { id: workspaceId(found), platform, workspace, name, partnership, admits: null };
  return insertOnce(stores.global(workspaces), row);
}
