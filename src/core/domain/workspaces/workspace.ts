import { derivedId } from '../../base/id.ts';
import { defineCollection, insertOnce, type Row, type Stores } from '../../ports/store.ts';

/** A Slack team or a Discord server. It belongs to one partnership. */
export interface Workspace extends Row {
  platform: string;
  workspace: string;
  /** Its name on the platform. */
  name: string;
  partnership: string;
  /**
   * The platform's id of the role or channel whose people become members by speaking; {@link ADMITS_NOBODY}; null: nothing
   * was chosen. Then all full members of a Slack workspace do, and nobody on a Discord server.
   */
  admits: string | null;
  /** Since when Convenor is not installed there any more; null: it is. Rows from before there was this field lack it. */
  removedAt?: Date | null;
}

/** The value of `admits` with which a coordinator lets in each person. No platform has such an id. */
export const ADMITS_NOBODY = 'nobody';

export const workspaces = defineCollection<Workspace>()({
  name: 'workspaces',
  scope: 'global',
  fields: {
    platform: 'text',
    workspace: 'text',
    name: 'text',
    partnership: 'text',
    admits: 'text',
    removedAt: 'moment',
  },
  indexes: { byPartnership: { on: ['partnership'] } },
});

/** Identifies a workspace by its platform's id. */
export type WorkspaceRef = Pick<Workspace, 'platform' | 'workspace'>;

/** The row of a workspace; undefined if Convenor was never used there. One read. */
export function workspaceAt(stores: Stores, ref: WorkspaceRef): Promise<Workspace | undefined> {
  return stores.global(workspaces).get(workspaceId(ref));
}

/** The id of a workspace's row. */
export function workspaceId({ platform, workspace }: WorkspaceRef): string {
  return derivedId('workspace', platform, workspace);
}

/**
 * Records a workspace with a partnership id of its own. It can be repeated: a known workspace stays as it is, and keeps
 * the partnership it was linked to.
 */
export function registerWorkspace(
  stores: Stores,
  found: Pick<Workspace, 'platform' | 'workspace' | 'name'>,
): Promise<Workspace> {
  const { platform, workspace, name } = found;
  const partnership = derivedId('partnership', platform, workspace);
  const row = { id: workspaceId(found), platform, workspace, name, partnership, admits: null };
  return insertOnce(stores.global(workspaces), row);
}
