import type { InstallationStore, StateStore } from '@slack/bolt';
import type { Sealer } from '../../core/sealed.ts';
import { declare, type Row, type Stores } from '../../core/store.ts';
import type { Tokens } from './clients.ts';

/** One installation of the app: in a workspace, or in a whole organisation (Enterprise Grid). */
export interface Installed extends Row {
  /** Team id, or enterprise id. */
  holder: string;
}

export const installations = declare<Installed>()({
  name: 'slackInstallations',
  scope: 'global',
  fields: { holder: 'text' },
  indexes: {},
});

/** Whom Slack's event or request is about. */
export interface Holder {
  team: string | undefined;
  enterprise: string | undefined;
  isEnterpriseInstall: boolean;
}

/** What is installed where, kept in the store with its tokens sealed. */
export interface Installs extends Tokens {
  /** For Bolt's receiver: `installationStore`. */
  readonly store: InstallationStore;
  /** For Bolt's receiver: `installerOptions.stateStore`; each state works once, for ten minutes. */
  readonly states: StateStore;
  /** User id of whoever installed it there, who counts as an owner; undefined if unknown. */
  installerOf(workspace: string): Promise<string | undefined>;
  /** Slack's `app_uninstalled`, or `tokens_revoked` of the bot's: the tokens are removed, the workspace's rows stay. */
  uninstalled(holder: Holder, at: Date): Promise<void>;
}

export function installs(_parts: { stores: Stores; sealer: Sealer }): Installs {
  throw new Error('Not built yet.');
}
