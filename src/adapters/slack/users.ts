import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Clock } from '../../core/base/clock.ts';
import { errorFields, type Log } from '../../core/base/log.ts';
import type { Profile } from '../../core/message/invocation.ts';
import { clockCache } from '../shared/clock-cache.ts';
import type { UserNames } from '../shared/reader-context.ts';

const USER_TTL_MS = 3_600_000;
/** How long an old entry is used after Slack did not answer. */
const RETRY_AFTER_MS = 10_000;
const MAX_USERS = 10_000;

/** The users of workspaces, as Slack knows them. */
export interface Users extends UserNames {
  /** @returns undefined if Slack does not answer, and the user is not in memory. Never throws. */
  get(team: string, user: string, client: WebClient): Promise<SlackUser | undefined>;
  /** Slack's `user_change`: replaces a user who is in memory. */
  update(team: string, event: unknown): void;
}

/** The fields of a user that matter: https://docs.slack.dev/reference/objects/user-object */
const slackUser = z.object({
  id: z.string(),
  team_id: z.string().optional(),
  name: z.string().optional(),
  real_name: z.string().optional(),
  tz: z.string().nullish(),
  profile: z.object({ display_name: z.string().optional(), real_name: z.string().optional() }),
  enterprise_user: z.object({ teams: z.array(z.string()).optional() }).optional(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  is_owner: z.boolean().optional(),
  is_admin: z.boolean().optional(),
  is_primary_owner: z.boolean().optional(),
});
export type SlackUser = z.output<typeof slackUser>;

interface CachedUser {
  /** The latest question to Slack. Everybody who needs the user meanwhile waits for the same one. */
  lookup: Promise<SlackUser | undefined>;
  known: SlackUser | undefined;
}

/** Users, held in memory for an hour. */
export function createUsers({ clock, log }: { clock: Clock; log: Pick<Log, 'warn'> }): Users {
  const cache = clockCache<CachedUser>({ clock, max: MAX_USERS, ttlMs: USER_TTL_MS });
  const peek = (key: string) => cache.peek(key, { allowStale: true });

  async function fetchUser(id: string, client: WebClient): Promise<SlackUser | undefined> {
    try {
      return slackUser.parse((await client.users.info({ user: id })).user);
    } catch (error) {
      log.warn(errorFields(error), 'slack does not tell who somebody is');
      return undefined;
    }
  }

  async function refresh(
    key: string,
    entry: CachedUser,
    fetching: Promise<SlackUser | undefined>,
  ): Promise<SlackUser | undefined> {
    const user = await fetching;
    if (user) entry.known = user;
    const isLatest = peek(key) === entry;
    if (isLatest && !entry.known) cache.delete(key);
    else if (isLatest && !user) cache.set(key, entry, { ttl: RETRY_AFTER_MS });
    return entry.known;
  }

  return {
    get(team, id, client) {
      const key = keyOf(team, id);
      const cached = cache.get(key);
      if (cached) return cached.lookup;
      const entry: CachedUser = { lookup: Promise.resolve(undefined), known: peek(key)?.known };
      entry.lookup = refresh(key, entry, fetchUser(id, client));
      cache.set(key, entry);
      return entry.lookup;
    },
    nameOf(team, id) {
      const known = peek(keyOf(team, id))?.known;
      return known && nameOf(known);
    },
    update(team, event) {
      const { data: user } = slackUser.safeParse(event);
      if (!user || !peek(keyOf(team, user.id))) return;
      cache.set(keyOf(team, user.id), { lookup: Promise.resolve(user), known: user });
    },
  };
}

const keyOf = (team: string, id: string) => `${team}/${id}`;

function nameOf({ profile, real_name, name, id }: SlackUser): string {
  return profile.display_name || profile.real_name || real_name || name || id;
}

/** Whether a user belongs to a workspace: not those of Slack Connect, nor of other workspaces of an organisation. */
export function belongsTo(user: SlackUser, team: string): boolean {
  const isOwn = user.team_id === undefined || user.team_id === team;
  return !user.is_stranger && (isOwn || user.enterprise_user?.teams?.includes(team) === true);
}

/**
 * A user's profile for the bot.
 * @param installer id of the person who installed Convenor in the workspace, who may set it up.
 */
export function profileOf(user: SlackUser, team: string, installer?: string): Profile {
  return {
    name: nameOf(user),
    zone: user.tz ?? null,
    standing: standingOf(user, team, installer),
  };
}

function standingOf(user: SlackUser, team: string, installer?: string): Profile['standing'] {
  const isGuest = user.is_restricted || user.is_ultra_restricted;
  // Slackbot is the only bot without `is_bot`: https://docs.slack.dev/reference/methods/users.list
  if (isGuest || user.deleted || user.is_bot || user.id === 'USLACKBOT') return 'guest';
  if (!belongsTo(user, team)) return 'guest';
  const isAdmin = user.is_owner || user.is_admin || user.is_primary_owner;
  return isAdmin || user.id === installer ? 'owner' : 'full';
}
