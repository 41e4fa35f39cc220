import type { Clock } from '../../../core/base/clock.ts';
import {
  noteWorkspaceBack,
  noteWorkspaceRemoved,
} from '../../../core/domain/partnership-deletion/removed-workspaces.ts';
import { registerWorkspace } from '../../../core/domain/workspaces/workspace.ts';
import { insertOnce, type Stores, updateWithRetry } from '../../../core/ports/store.ts';
import { PLATFORM } from '../connection/platform.ts';
import type { ServerData } from '../input/payloads.ts';
import { servers } from './server-row.ts';

/** The servers that Convenor is on. They are kept in the store, because Discord sends them over the gateway only. */
export interface Installs {
  /** Convenor is on a server: registers its workspace. May be repeated. */
  joined(server: { id: string; name: string }): Promise<void>;
  /** Convenor was removed from a server. The workspace's rows stay for 90 days. */
  removed(server: string): Promise<void>;
  /** The complete list of a shard's servers: Convenor was removed from all others of that shard. */
  present(servers: readonly string[], shard: readonly [id: number, total: number]): Promise<void>;
  /** Whether to say hello there now: once each time that Convenor has joined it. Records it. */
  mayGreet(server: Pick<ServerData, 'id' | 'joined_at'>): Promise<boolean>;
  isRemovedFrom(server: string): Promise<boolean>;
  /** The ids of all servers that Convenor is on; undefined if it is, or was, on more than `limit`. */
  all(limit: number): Promise<readonly string[] | undefined>;
}

/** Discord reports each server at each connection, also those that Convenor joined long ago. */
const GREETED_WITHIN_MS = 3_600_000;

export function createInstalls({ stores, clock }: { stores: Stores; clock: Clock }): Installs {
  const rows = stores.global(servers);

  async function removed(id: string): Promise<void> {
    const row = await updateWithRetry(rows, id, (server) =>
      server.removedAt ? undefined : { ...server, removedAt: clock.now() },
    );
    if (row?.removedAt)
      await noteWorkspaceRemoved(stores, { platform: PLATFORM, workspace: id }, row.removedAt);
  }

  return {
    removed,
    async joined({ id, name }) {
      await registerWorkspace(stores, {
        platform: PLATFORM,
        workspace: id,
        name: name || 'Discord',
      });
      await insertOnce(rows, { id, removedAt: null, helloAt: null });
      await updateWithRetry(rows, id, (row) =>
        row.removedAt ? { ...row, removedAt: null, helloAt: null } : undefined,
      );
      await noteWorkspaceBack(stores, { platform: PLATFORM, workspace: id });
    },
    async mayGreet({ id, joined_at: joinedAt }) {
      const now = clock.now();
      if (joinedAt === undefined || now.getTime() - Date.parse(joinedAt) > GREETED_WITHIN_MS)
        return false;
      let isFirst = false;
      await updateWithRetry(rows, id, (row) => {
        isFirst = row.helloAt === null;
        return isFirst ? { ...row, helloAt: now } : undefined;
      });
      return isFirst;
    },
    async present(present, shard) {
      const all = new Set(present);
      for await (const { id, removedAt } of rows.all({ index: 'byId' }))
        if (!removedAt && !all.has(id) && isOnShard(shard, id)) await removed(id);
    },
    async isRemovedFrom(server) {
      return (await rows.get(server))?.removedAt != null;
    },
    async all(limit) {
      const found = await rows.find({ index: 'byId' }, limit);
      return found.more
        ? undefined
        : found.rows.filter(({ removedAt }) => !removedAt).map(({ id }) => id);
    },
  };
}

/** https://discord.com/developers/docs/events/gateway#sharding-sharding-formula */
function isOnShard([id, total]: readonly [id: number, total: number], server: string): boolean {
  return Number((BigInt(server) >> 22n) % BigInt(total)) === id;
}
