import { PermissionFlagsBits } from 'discord.js';
import { errorFields, type Log } from '../../core/base/log.ts';
import { type Workspace, workspaceAt } from '../../core/domain/workspaces/workspace.ts';
import type { Profile } from '../../core/message/invocation.ts';
import type { Adapter } from '../../core/ports/platform.ts';
import type { Stores } from '../../core/ports/store.ts';
import { NOT_ASKED } from '../shared/request.ts';
import type { DiscordUser } from './input/discord-user.ts';
import type { Installs } from './installing/installs.ts';
import type { Users } from './users.ts';

interface ProfileDeps {
  users: Users;
  installs: Installs;
  stores: Stores;
  log: Pick<Log, 'warn'>;
}

/** The profile of somebody who is not on the server any more. */
export const GONE: Profile = { name: '', zone: null, standing: 'gone' };

/** Makes the function that asks Discord what a user is on a server. Its answers are at most a minute old. */
export function createProfileOf({
  users,
  installs,
  stores,
  log,
}: ProfileDeps): Adapter['profileOf'] {
  return async (identity) => {
    const { workspace: server, user: id } = identity;
    if (await installs.isRemovedFrom(server)) return NOT_ASKED;
    const workspace = await workspaceAt(stores, identity);
    try {
      const user = await users.get(server, id);
      return user
        ? profileIn({ workspace: server, admits: workspace?.admits ?? null }, user)
        : GONE;
    } catch (error) {
      log.warn(errorFields(error), 'discord does not tell who somebody is');
      return undefined;
    }
  };
}

/**
 * A user's profile for the bot.
 * @param server `admits`: id of the role whose holders become members as soon as they use Convenor; null if none is chosen.
 */
export function profileIn(
  { workspace: server, admits }: Pick<Workspace, 'workspace' | 'admits'>,
  user: DiscordUser,
): Profile {
  // Discord does not send time zones.
  return {
    name: user.name,
    zone: null,
    standing: standingOf(user, server, admits),
    admits,
    ...(user.isBot ? { isBot: true } : {}),
  };
}

/** With one of these permissions, a user may set Convenor up. A server's owner has every permission. */
const OWNER_PERMISSIONS = PermissionFlagsBits.Administrator | PermissionFlagsBits.ManageGuild;

function standingOf(
  { isBot, roles, permissions }: DiscordUser,
  server: string,
  admits: string | null,
): Profile['standing'] {
  if (isBot || !roles) return 'guest';
  if (permissions !== undefined && (permissions & OWNER_PERMISSIONS) !== 0n) return 'owner';
  // The role @everyone has the id of its server, and is in nobody's list.
  return admits !== null && (admits === server || roles.includes(admits)) ? 'full' : 'visitor';
}
