import type { Installation, InstallationQuery, InstallationStore } from '@slack/bolt';
import type { Clock } from '../../../core/base/clock.ts';
import type { Sealer } from '../../../core/base/sealer.ts';
import {
  noteWorkspaceBack,
  noteWorkspaceRemoved,
} from '../../../core/domain/partnership-deletion/removed-workspaces.ts';
import { registerWorkspace } from '../../../core/domain/workspaces/workspace.ts';
import { insertOnce, type Stores, updateWithRetry } from '../../../core/ports/store.ts';
import type { BotTokens } from '../connection/clients.ts';
import { PLATFORM } from '../connection/platform.ts';
import type { InstallationHolder, TeamAccess } from '../input/input.ts';
import {
  type Installed,
  installationOf,
  installations,
  rowOf,
  servedRow,
  withoutToken,
} from './installation-row.ts';
import { staleWhileRevalidate } from './stale-while-revalidate.ts';

/** How many installations are held in memory. Each answer needs one. */
const MAX_INSTALLATIONS = 5_000;

/** The installations of the Slack app. They are kept in the store, with sealed tokens. */
export interface Installs extends BotTokens {
  /** For Bolt's receiver: `installationStore`. */
  readonly store: InstallationStore;
  /** User id of the person who installed Convenor, who counts as an owner; undefined if it is not known. */
  installerOf(workspace: string): Promise<string | undefined>;
  /** Records which organisation's installation serves a workspace. Deliveries, which only name the workspace, need it. */
  recordOrganisation(workspace: string, enterprise: string): Promise<void>;
  /**
   * Records which workspaces an organisation's installation serves from now on, or no longer. A workspace's own
   * installation stays. Workspaces where nobody has used Convenor yet are left out.
   */
  changeAccess(access: TeamAccess): Promise<void>;
  /**
   * Removes the token after Slack's `app_uninstalled`, or `tokens_revoked` of the bot's token. The workspace's rows stay
   * for 90 days.
   * @param at the time of the event. Events may come late, so a later installation is left alone.
   */
  removeToken(holder: InstallationHolder, at: Date): Promise<void>;
}

interface CachedInstallation {
  row: Installed;
  installation: Installation | undefined;
}

export function createInstalls({
  stores,
  sealer,
  clock,
  onFirstInstall,
}: {
  stores: Stores;
  sealer: Sealer;
  clock: Clock;
  /** Called when Convenor is installed in a workspace or organisation for the first time. Never throws. */
  onFirstInstall?: (installation: Installation) => Promise<void>;
}): Installs {
  const rows = stores.global(installations);
  const cache = staleWhileRevalidate<CachedInstallation>(async (id) => {
    const row = await rows.get(id);
    return row && { row, installation: installationOf(row, sealer) };
  }, MAX_INSTALLATIONS);

  /** A workspace's own installation, else that of its organisation. */
  async function installedAt(workspace: string): Promise<CachedInstallation | undefined> {
    const own = await cache.get(workspace);
    if (own?.installation || !own?.row.enterprise) return own;
    return cache.get(own.row.enterprise);
  }

  async function storeInstallation(installation: Installation): Promise<void> {
    const row = rowOf(installation, clock.now(), sealer);
    if (!row.organisation) {
      const name = row.name ?? 'Slack';
      await registerWorkspace(stores, { platform: PLATFORM, workspace: row.id, name });
    }
    const before = await rows.get(row.id);
    await insertOnce(rows, row);
    await updateWithRetry(rows, row.id, (existing) => ({ ...existing, ...row }));
    cache.forget(row.id);
    for (const workspace of await workspacesServedBy(row.id))
      await noteWorkspaceBack(stores, { platform: PLATFORM, workspace });
    // After a removal, the row keeps the time of the installation before.
    if (!before?.installedAt) await onFirstInstall?.(installation);
  }

  async function fetchInstallation(query: InstallationQuery<boolean>): Promise<Installation> {
    const { teamId, enterpriseId, isEnterpriseInstall } = query;
    const id = isEnterpriseInstall ? enterpriseId : teamId;
    const found = id === undefined ? undefined : await cache.get(id);
    if (!found?.installation) throw new Error('Convenor is not installed in that Slack workspace.');
    return found.installation;
  }

  async function recordOrganisation(workspace: string, enterprise: string): Promise<void> {
    try {
      if ((await cache.get(workspace))?.row.enterprise === enterprise) return;
      await insertOnce(rows, servedRow(workspace, enterprise));
      await updateWithRetry(rows, workspace, (row) =>
        row.enterprise === enterprise ? undefined : { ...row, enterprise },
      );
      cache.forget(workspace);
      await noteWorkspaceBack(stores, { platform: PLATFORM, workspace });
    } catch {
      // The store is unavailable. Nothing depends on this record yet, and the next request tries again.
    }
  }

  async function removeToken(holder: InstallationHolder, at: Date): Promise<void> {
    const id = holder.isEnterpriseInstall ? holder.enterprise : holder.team;
    if (id === undefined) return;
    await updateWithRetry(rows, id, (row) =>
      row.botToken === null || isLater(row.installedAt, at)
        ? undefined
        : { ...row, ...withoutToken },
    );
    cache.forget(id);
    for (const workspace of await workspacesServedBy(id))
      if (!(await installedAt(workspace))?.installation)
        await noteWorkspaceRemoved(stores, { platform: PLATFORM, workspace }, at);
  }

  async function changeAccess({ enterprise, teams, isGranted, at }: TeamAccess): Promise<void> {
    for (const workspace of teams) {
      if (!isGranted) await endOrganisation(workspace, at);
      else if (enterprise !== undefined && (await rows.get(workspace)))
        await recordOrganisation(workspace, enterprise);
    }
  }

  async function endOrganisation(workspace: string, at: Date): Promise<void> {
    await updateWithRetry(rows, workspace, (row) =>
      row.enterprise === null ? undefined : { ...row, enterprise: null },
    );
    cache.forget(workspace);
    if (!(await installedAt(workspace))?.installation)
      await noteWorkspaceRemoved(stores, { platform: PLATFORM, workspace }, at);
  }

  /** The workspaces that an installation serves: its own one, or those of the organisation without one of their own. */
  async function workspacesServedBy(id: string): Promise<string[]> {
    const row = await rows.get(id);
    if (!row?.organisation) return [id];
    const served: string[] = [];
    for await (const { id: workspace, enterprise } of rows.all({ index: 'byId' }))
      if (enterprise === id) served.push(workspace);
    return served;
  }

  return {
    recordOrganisation,
    changeAccess,
    store: { storeInstallation, fetchInstallation },
    removeToken,
    tokenOf: async (workspace) => (await installedAt(workspace))?.installation?.bot?.token,
    async forget(workspace) {
      const enterprise = (await cache.get(workspace))?.row.enterprise;
      if (enterprise) cache.forget(enterprise);
      cache.forget(workspace);
    },
    async installerOf(workspace) {
      return (await installedAt(workspace))?.row.installer ?? undefined;
    },
  };
}

/** Compares whole seconds, because Slack's events have no others. */
function isLater(installedAt: Date | null, at: Date): boolean {
  const seconds = (instant: Date) => Math.floor(instant.getTime() / 1000);
  return installedAt !== null && seconds(installedAt) > seconds(at);
}
