import type { Installation } from '@slack/bolt';
import type { SealContext, Sealer } from '../../../core/base/sealer.ts';
import { defineCollection, type New, type Row } from '../../../core/ports/store.ts';

/** An installation of the app in a workspace or in a whole organisation (Enterprise Grid). Its id is Slack's id of either. */
export interface Installed extends Row {
  /** Whether it is an organisation's (`E…`), else a workspace's (`T…`). */
  organisation: boolean;
  /** The workspace's organisation. Its installation serves the workspace if that has none of its own. */
  enterprise: string | null;
  name: string | null;
  /** Sealed, and valid without end. Null if Convenor is not installed, or only in the organisation. */
  botToken: string | null;
  bot: string | null;
  botUser: string | null;
  scopes: string[];
  /** User id of the person who installed it. */
  installer: string | null;
  installedAt: Date | null;
}

export const installations = defineCollection<Installed>()({
  name: 'slackInstallations',
  scope: 'global',
  fields: {
    organisation: 'flag',
    enterprise: 'text',
    name: 'text',
    botToken: 'text',
    bot: 'text',
    botUser: 'text',
    scopes: 'list',
    installer: 'text',
    installedAt: 'moment',
  },
  indexes: {},
});

/** The row of a workspace that is served by its organisation's installation. */
export function servedRow(id: string, enterprise: string): New<Installed> {
  const nothing = { name: null, bot: null, botUser: null, installer: null, installedAt: null };
  return { id, organisation: false, enterprise, ...nothing, ...withoutToken };
}

/** The fields that change when the app is removed. */
export const withoutToken = { botToken: null, scopes: [] };

/** The row of Bolt's installation, with a sealed token. Tokens of users are not asked for, and not kept. */
export function rowOf(installation: Installation, at: Date, sealer: Sealer): New<Installed> {
  const { team, enterprise, bot, user, isEnterpriseInstall } = installation;
  const holder = isEnterpriseInstall ? enterprise : team;
  if (!holder || !bot)
    throw new Error('Slack returned an installation without a workspace or bot.');
  return {
    id: holder.id,
    organisation: isEnterpriseInstall === true,
    enterprise: isEnterpriseInstall ? null : (enterprise?.id ?? null),
    name: holder.name ?? null,
    botToken: sealer.seal(bot.token, sealedAs(holder.id)),
    bot: bot.id,
    botUser: bot.userId,
    scopes: bot.scopes,
    installer: user.id,
    installedAt: at,
  };
}

/** Bolt's installation of a row; undefined if Convenor is not installed. @throws UnsealError */
export function installationOf(row: Installed, sealer: Sealer): Installation | undefined {
  const { id, organisation, enterprise, installer, bot, botUser, botToken } = row;
  if (botToken === null || bot === null || botUser === null) return undefined;
  const holder = { id, ...(row.name === null ? {} : { name: row.name }) };
  return {
    team: organisation ? undefined : holder,
    enterprise: organisation ? holder : enterprise === null ? undefined : { id: enterprise },
    isEnterpriseInstall: organisation,
    authVersion: 'v2',
    tokenType: 'bot',
    user: { id: installer ?? '', token: undefined, scopes: undefined },
    bot: {
      id: bot,
      userId: botUser,
      scopes: row.scopes,
      token: sealer.open(botToken, sealedAs(id)),
    },
  };
}

/**
 * The row with its token sealed by the newest key; undefined if it is, or has no token.
 * @throws UnsealError
 */
export function resealed(row: Installed, sealer: Sealer): Installed | undefined {
  const { id, botToken } = row;
  if (botToken === null || sealer.isCurrent(botToken)) return undefined;
  const as = sealedAs(id);
  return { ...row, botToken: sealer.seal(sealer.open(botToken, as), as) };
}

function sealedAs(holder: string): SealContext {
  return { tenant: holder, field: 'slack bot token' };
}
