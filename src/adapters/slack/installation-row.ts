import type { Installation } from '@slack/bolt';
import type { Sealer } from '../../core/sealed.ts';
import { declare, type New, type Row } from '../../core/store.ts';

/** An installation of the app in a workspace, or in a whole organisation (Enterprise Grid). Its id is the holder's. */
export interface Installed extends Row {
  /** Whether the holder is an organisation (`E…`); else it is a workspace (`T…`). */
  organisation: boolean;
  /** The organisation a workspace belongs to, and whose installation serves it where it has none of its own. */
  enterprise: string | null;
  name: string | null;
  /** Sealed; null: not installed (any more), or only by the organisation. */
  botToken: string | null;
  /** Sealed; null where tokens are not rotated. */
  refreshToken: string | null;
  /** Seconds since 1970; null: the token does not run out. */
  tokenExpiresAt: number | null;
  bot: string | null;
  botUser: string | null;
  scopes: string[];
  /** User id of whoever installed it. */
  installer: string | null;
  installedAt: Date | null;
}

export const installations = declare<Installed>()({
  name: 'slackInstallations',
  scope: 'global',
  fields: {
    organisation: 'flag',
    enterprise: 'text',
    name: 'text',
    botToken: 'text',
    refreshToken: 'text',
    tokenExpiresAt: 'integer',
    bot: 'text',
    botUser: 'text',
    scopes: 'list',
    installer: 'text',
    installedAt: 'moment',
  },
  indexes: {},
});

/** A row that holds no installation. */
export function emptyRow(id: string, organisation: boolean): New<Installed> {
  const nothing = { name: null, bot: null, botUser: null, installer: null, installedAt: null };
  return { id, organisation, enterprise: null, ...nothing, ...withoutTokens };
}

/** What a row loses when the app is removed. */
export const withoutTokens = {
  botToken: null,
  refreshToken: null,
  tokenExpiresAt: null,
  scopes: [],
};

/** An installation as Bolt has it, as a row; its tokens sealed. Users' own tokens are not asked for, and not kept. */
export function rowOf(installation: Installation, at: Date, sealer: Sealer): New<Installed> {
  const { team, enterprise, bot, user, isEnterpriseInstall } = installation;
  const holder = isEnterpriseInstall ? enterprise : team;
  if (!holder || !bot) throw new Error('Slack told of an installation without a workspace or bot.');
  const sealed = (text: string | undefined, field: string) =>
    text === undefined ? null : sealer.seal(text, { tenant: holder.id, field });
  return {
    id: holder.id,
    organisation: isEnterpriseInstall === true,
    enterprise: isEnterpriseInstall ? null : (enterprise?.id ?? null),
    name: holder.name ?? null,
    botToken: sealed(bot.token, 'botToken'),
    refreshToken: sealed(bot.refreshToken, 'refreshToken'),
    tokenExpiresAt: bot.expiresAt ?? null,
    bot: bot.id,
    botUser: bot.userId,
    scopes: bot.scopes,
    installer: user.id,
    installedAt: at,
  };
}

/** A row as Bolt has it, or undefined where nothing is installed. @throws Unsealable */
export function installationOf(row: Installed, sealer: Sealer): Installation | undefined {
  const { id, organisation, enterprise, installer, bot, botUser, botToken, refreshToken } = row;
  if (botToken === null || bot === null || botUser === null) return undefined;
  const opened = (text: string, field: string) => sealer.open(text, { tenant: id, field });
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
      token: opened(botToken, 'botToken'),
      ...(refreshToken === null ? {} : { refreshToken: opened(refreshToken, 'refreshToken') }),
      ...(row.tokenExpiresAt === null ? {} : { expiresAt: row.tokenExpiresAt }),
    },
  };
}
