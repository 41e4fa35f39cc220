import type { Installation } from '@slack/bolt';
import type { SealedAs, Sealer } from '../../../core/base/sealer.ts';
import { defineCollection, type New, type Row } from '../../../core/ports/store.ts';

/** An installation of the app in a workspace, or in a whole organisation (Enterprise Grid). Its id is the holder's. */
export interface Installed extends Row {
  /** Whether the holder is an organisation (`E…`); else it is a workspace (`T…`). */
  organisation: boolean;
  /** The organisation a workspace belongs to, and whose installation serves it where it has none of its own. */
  enterprise: string | null;
  name: string | null;
  /** Sealed; null: not installed (any more), or only by the organisation. It does not run out: see the manifest. */
  botToken: string | null;
  bot: string | null;
  botUser: string | null;
  scopes: string[];
  /** User id of whoever installed it. */
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

/** A workspace that has no installation of its own, but its organisation's. */
export function servedRow(id: string, enterprise: string): New<Installed> {
  const nothing = { name: null, bot: null, botUser: null, installer: null, installedAt: null };
  return { id, organisation: false, enterprise, ...nothing, ...withoutToken };
}

/** What a row loses when the app is removed. */
export const withoutToken = { botToken: null, scopes: [] };

/** An installation as Bolt has it, as a row; its token sealed. Users' own tokens are not asked for, and not kept. */
export function rowOf(installation: Installation, at: Date, sealer: Sealer): New<Installed> {
  const { team, enterprise, bot, user, isEnterpriseInstall } = installation;
  const holder = isEnterpriseInstall ? enterprise : team;
  if (!holder || !bot) throw new Error('Slack told of an installation without a workspace or bot.');
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

/** A row as Bolt has it, or undefined where nothing is installed. @throws Unsealable */
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

function sealedAs(holder: string): SealedAs {
  return { tenant: holder, field: 'slack bot token' };
}
