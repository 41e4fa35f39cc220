import type { Clock } from '../../core/base/clock.ts';
import { openWorkspace } from '../../core/domain/workspaces/open.ts';
import { insertOnce, type Stores, updateWithRetry } from '../../core/ports/store.ts';
import { PLATFORM } from './platform.ts';
import { servers } from './servers/server-row.ts';

/** On which servers Convenor is: kept in the store, since Discord tells only those who listen at its gateway. */
export interface Installs {
  /** Convenor is on a server: its workspace is made known. May be repeated. */
  joined(server: { id: string; name: string }): Promise<void>;
  /** Convenor was removed from a server; its workspace's rows stay. */
  removed(server: string): Promise<void>;
  /** All servers of a shard's share: from others of it that were known Convenor has been removed meanwhile. */
  present(servers: readonly string[], shard: readonly [id: number, total: number]): Promise<void>;
  isRemovedFrom(server: string): Promise<boolean>;
}

/** What is kept of servers. */
export function installs({ stores, clock }: { stores: Stores; clock: Clock }): Installs {
  const rows = stores.global(servers);

  async function removed(id: string): Promise<void> {
    await updateWithRetry(rows, id, (row) =>
      row.removedAt ? undefined : { ...row, removedAt: clock.now() },
    );
  }

  return {
    removed,
    async joined({ id, name }) {
      await openWorkspace(stores, { platform: PLATFORM, workspace: id, name: name || 'Discord' });
      await insertOnce(rows, { id, removedAt: null });
      await updateWithRetry(rows, id, (row) =>
        row.removedAt ? { ...row, removedAt: null } : undefined,
      );
    },
    async present(present, shard) {
      const all = new Set(present);
      for await (const page of rows.pages({ index: 'byId' })) {
        const gone = page.filter(
          ({ id, removedAt }) => !removedAt && !all.has(id) && isOf(shard, id),
        );
        for (const { id } of gone) await removed(id);
      }
    },
    async isRemovedFrom(server) {
      return (await rows.get(server))?.removedAt != null;
    },
  };
}

/** https://discord.com/developers/docs/events/gateway#sharding-sharding-formula */
function isOf([id, total]: readonly [id: number, total: number], server: string): boolean {
  return Number((BigInt(server) >> 22n) % BigInt(total)) === id;
}
