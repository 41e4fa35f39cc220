import { PermissionFlagsBits, Routes } from 'discord.js';
import { LRUCache } from 'lru-cache';
import { withTimeoutOrThrow } from '../../core/async/with-timeout.ts';
import type { Clock } from '../../core/base/clock.ts';
import { cachedLookup, clockCache } from '../shared/clock-cache.ts';
import type { UserNames } from '../shared/reader-context.ts';
import { isNoMember } from './connection/errors.ts';
import type { Rest } from './connection/rest.ts';
import { type DiscordUser, discordUserOf } from './input/discord-user.ts';
import { type MemberData, member, type ServerRolesData, serverRoles } from './input/payloads.ts';

/** Discord does not say when somebody leaves, or loses a role. They can go on for so long at most. */
const LOOKUP_TTL_MS = 60_000;
/** Somebody waits for the answer meanwhile. A later answer is still remembered. */
const LOOKUP_TIMEOUT_MS = 2_000;
const MAX_USERS = 10_000;
const MAX_SERVERS = 1_000;

/** The users of servers, as Discord knows them. */
export interface Users extends UserNames {
  /**
   * What a user is on a server; at most a minute old.
   * @returns undefined if they are not on the server.
   * @throws if Discord does not answer, or Convenor is not on the server.
   */
  get(guild: string, user: string): Promise<DiscordUser | undefined>;
  /** The names of a server's roles, by id, as they are now. @throws if Discord does not answer. */
  roleNames(guild: string): Promise<Record<string, string>>;
  /** Remembers the users that an interaction on a server contains. */
  remember(guild: string, users: readonly DiscordUser[]): void;
}

/** Users, held in memory for a minute. Their names are used for longer. */
export function createUsers({ rest, clock }: { rest: Rest; clock: Clock }): Users {
  const ttlMs = LOOKUP_TTL_MS;
  const lookups = clockCache<Promise<DiscordUser | undefined>>({ clock, max: MAX_USERS, ttlMs });
  const servers = clockCache<Promise<ServerRolesData>>({ clock, max: MAX_SERVERS, ttlMs });
  const names = new LRUCache<string, string>({ max: MAX_USERS });
  const keyOf = (guild: string, user: string) => `${guild}/${user}`;

  /** Needs no privileged intent: https://discord.com/developers/docs/resources/guild#get-guild-member */
  async function fetchUser(guild: string, user: string): Promise<DiscordUser | undefined> {
    const fetchMember = async () =>
      member.parse(await rest.call('GET', Routes.guildMember(guild, user)));
    try {
      const [data, server] = await Promise.all([
        fetchMember(),
        cachedLookup(servers, guild, () => fetchServer(guild)),
      ]);
      const permissions = permissionsOf(data, guild, server);
      const found = { ...discordUserOf(data.user, data), permissions };
      names.set(keyOf(guild, user), found.name);
      return found;
    } catch (error) {
      if (isNoMember(error)) return undefined;
      throw error;
    }
  }

  /** https://discord.com/developers/docs/resources/guild#get-guild */
  async function fetchServer(guild: string): Promise<ServerRolesData> {
    return serverRoles.parse(await rest.call('GET', Routes.guild(guild)));
  }

  return {
    get: (guild, user) =>
      withTimeoutOrThrow(
        LOOKUP_TIMEOUT_MS,
        cachedLookup(lookups, keyOf(guild, user), () => fetchUser(guild, user)),
      ),
    async roleNames(guild) {
      const { roles } = await withTimeoutOrThrow(LOOKUP_TIMEOUT_MS, fetchServer(guild));
      return Object.fromEntries(roles.map(({ id, name }) => [id, name]));
    },
    remember(guild, users) {
      for (const user of users) {
        if (!user.roles) continue;
        lookups.set(keyOf(guild, user.id), Promise.resolve(user));
        names.set(keyOf(guild, user.id), user.name);
      }
    },
    nameOf: (guild, user) => names.get(keyOf(guild, user)),
  };
}

/**
 * What a member may do on the whole server. Only interactions contain it; here it is made of their roles:
 * https://discord.com/developers/docs/topics/permissions#permission-overwrites
 */
function permissionsOf(
  { user, roles: own }: MemberData,
  guild: string,
  { owner_id: owner, roles }: ServerRolesData,
): bigint {
  if (user.id === owner) return PermissionFlagsBits.Administrator;
  // The role that everybody has, @everyone, has the id of the server.
  return roles
    .filter(({ id }) => id === guild || own.includes(id))
    .reduce((all, { permissions }) => all | BigInt(permissions), 0n);
}
