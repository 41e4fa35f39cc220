import type { Installation, InstallationQuery, InstallationStore } from '@slack/bolt';
import type { Clock } from '../../core/base/clock.ts';
import type { Sealer } from '../../core/base/sealer.ts';
import { openWorkspace } from '../../core/domain/workspaces/open.ts';
import { insertOnce, type Stores, updateWithRetry } from '../../core/ports/store.ts';
import type { Tokens } from './connection/clients.ts';
import {
  type Installed,
  installationOf,
  installations,
  rowOf,
  servedRow,
  withoutToken,
} from './installing/installation-row.ts';
import { remembered } from './installing/remembered.ts';

/** How many workspaces' installations are held in memory: each answer needs one. */
const MOST_HELD = 5_000;

/** Whom a request or event of Slack's is from. */
export interface Holder {
  team: string | undefined;
  enterprise: string | undefined;
  isEnterpriseInstall: boolean;
}

/** What is installed where: kept in the store, tokens sealed. */
export interface Installs extends Tokens {
  /** For Bolt's receiver: `installationStore`. */
  readonly store: InstallationStore;
  /** User id of whoever installed it there, who counts as an owner; undefined if nobody is known. */
  installerOf(workspace: string): Promise<string | undefined>;
  /** Notes which organisation's installation serves a workspace: what is sent there is addressed to the workspace. */
  served(workspace: string, enterprise: string): Promise<void>;
  /**
   * Slack's `app_uninstalled`, or `tokens_revoked` of a bot's: the token is removed, the workspace's rows stay.
   * @param at when it happened (`event_time`): an installation of later is left alone, as events may come late.
   */
  uninstalled(holder: Holder, at: Date): Promise<void>;
}

/** What an installation is held as in memory. */
interface Held {
  row: Installed;
  installation: Installation | undefined;
}

/** What is kept of installations. */
export function installs(parts: { stores: Stores; sealer: Sealer; clock: Clock }): Installs {
  const { stores, sealer, clock } = parts;
  const rows = stores.global(installations);
  const held = remembered<Held>(async (id) => {
    const row = await rows.get(id);
    return row && { row, installation: installationOf(row, sealer) };
  }, MOST_HELD);

  /** A workspace's own installation, else that of its organisation. */
  async function installedAt(workspace: string): Promise<Held | undefined> {
    const own = await held.get(workspace);
    if (own?.installation || !own?.row.enterprise) return own;
    return held.get(own.row.enterprise);
  }

  async function storeInstallation(installation: Installation): Promise<void> {
    const row = rowOf(installation, clock.now(), sealer);
    if (!row.organisation) {
      const name = row.name ?? 'Slack';
      await openWorkspace(stores, { platform: 'slack', workspace: row.id, name });
    }
    await insertOnce(rows, row);
    await updateWithRetry(rows, row.id, (standing) => ({ ...standing, ...row }));
    held.forget(row.id);
  }

  async function fetchInstallation(query: InstallationQuery<boolean>): Promise<Installation> {
    const { teamId, enterpriseId, isEnterpriseInstall } = query;
    const id = isEnterpriseInstall ? enterpriseId : teamId;
    const found = id === undefined ? undefined : await held.get(id);
    if (!found?.installation) throw new Error('Convenor is not installed in that Slack workspace.');
    return found.installation;
  }

  async function noteServed(workspace: string, enterprise: string): Promise<void> {
    try {
      if ((await held.get(workspace))?.row.enterprise === enterprise) return;
      await insertOnce(rows, servedRow(workspace, enterprise));
      await updateWithRetry(rows, workspace, (row) =>
        row.enterprise === enterprise ? undefined : { ...row, enterprise },
      );
      held.forget(workspace);
    } catch {
      // The store is away, and nobody waits for this: the next request from there notes it.
    }
  }

  async function uninstalled(holder: Holder, at: Date): Promise<void> {
    const id = holder.isEnterpriseInstall ? holder.enterprise : holder.team;
    if (id === undefined) return;
    await updateWithRetry(rows, id, (row) =>
      row.botToken === null || isLater(row.installedAt, at)
        ? undefined
        : { ...row, ...withoutToken },
    );
    held.forget(id);
  }

  return {
    served: noteServed,
    store: { storeInstallation, fetchInstallation },
    uninstalled,
    tokenOf: async (workspace) => (await installedAt(workspace))?.installation?.bot?.token,
    async forget(workspace) {
      const enterprise = (await held.get(workspace))?.row.enterprise;
      if (enterprise) held.forget(enterprise);
      held.forget(workspace);
    },
    async installerOf(workspace) {
      return (await installedAt(workspace))?.row.installer ?? undefined;
    },
  };
}

/** Slack's events tell whole seconds. */
function isLater(installedAt: Date | null, at: Date): boolean {
  const seconds = (instant: Date) => Math.floor(instant.getTime() / 1000);
  return installedAt !== null && seconds(installedAt) > seconds(at);
}
