import { Routes } from 'discord.js';
import type { Clock } from '../../core/base/clock.ts';
import { clockCache } from '../shared/clock-cache.ts';
import type { UserNames } from '../shared/reader-context.ts';
import { isNoMember } from './connection/errors.ts';
import type { Rest } from './connection/rest.ts';
import { type DiscordUser, discordUserOf } from './input/discord-user.ts';
import { member } from './input/payloads.ts';

const USER_TTL_MS = 600_000;
/** Somebody waits for the answer meanwhile. */
const FETCH_TIMEOUT_MS = 2_000;
const MAX_USERS = 10_000;

/** The users of servers, as Discord knows them. */
export interface Users extends UserNames {
  /** @returns undefined if the user is not on the server. @throws if Discord does not answer. */
  get(guild: string, user: string): Promise<DiscordUser | undefined>;
  /** Remembers the users that an interaction on a server contains. */
  remember(guild: string, users: readonly DiscordUser[]): void;
}

/** Users, held in memory for some minutes. */
export function createUsers({ rest, clock }: { rest: Rest; clock: Clock }): Users {
  // Also remembers who is not on the server: their `user` is undefined.
  const cache = clockCache<{ user: DiscordUser | undefined }>({
    clock,
    max: MAX_USERS,
    ttlMs: USER_TTL_MS,
  });
  const keyOf = (guild: string, user: string) => `${guild}/${user}`;

  /** Needs no privileged intent: https://discord.com/developers/docs/resources/guild#get-guild-member */
  async function fetchMember(guild: string, user: string): Promise<DiscordUser | undefined> {
    try {
      const route = Routes.guildMember(guild, user);
      const data = member.parse(await rest.call('GET', route, { timeoutMs: FETCH_TIMEOUT_MS }));
      return discordUserOf(data.user, data);
    } catch (error) {
      if (isNoMember(error)) return undefined;
      throw error;
    }
  }

  return {
    async get(guild, id) {
      const key = keyOf(guild, id);
      const cached = cache.get(key);
      if (cached) return cached.user;
      const user = await fetchMember(guild, id);
      cache.set(key, { user });
      return user;
    },
    remember(guild, users) {
      for (const user of users) if (user.roles) cache.set(keyOf(guild, user.id), { user });
    },
    nameOf: (guild, id) => cache.peek(keyOf(guild, id), { allowStale: true })?.user?.name,
  };
}
