import { derivedId } from '../../base/id.ts';
import { defineCollection, type Row, type Stores } from '../../ports/store.ts';

/** A Slack team, or a Discord guild: it belongs to one partnership. */
export interface Workspace extends Row {
  platform: string;
  workspace: string;
  /** What its people call it. */
  name: string;
  partnership: string;
  /** The platform's id of the role whose holders become members by speaking; null: nobody has chosen one. */
  admits: string | null;
}

export const workspaces = defineCollection<Workspace>()({
  name: 'workspaces',
  scope: 'global',
  fields: {
    platform: 'text',
    workspace: 'text',
    name: 'text',
    partnership: 'text',
    admits: 'text',
  },
  indexes: { byPartnership: { on: ['partnership'] } },
});

/** Names a workspace as its platform does. */
export type WorkspaceRef = Pick<Workspace, 'platform' | 'workspace'>;

/** The workspace's row, or undefined while Convenor has never been there. One read. */
export function workspaceAt(stores: Stores, ref: WorkspaceRef): Promise<Workspace | undefined> {
  return stores.global(workspaces).get(workspaceId(ref));
}

/** The id of a workspace's row. */
export function workspaceId({ platform, workspace }: WorkspaceRef): string {
  return derivedId('workspace', platform, workspace);
}
