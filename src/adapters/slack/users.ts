import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../core/base/clock.ts';
import { withoutHidden } from '../../core/base/text.ts';
import { cachedLookup, clockCache } from '../shared/clock-cache.ts';
import type { UserNames } from '../shared/reader-context.ts';
import type { Clients } from './connection/clients.ts';
import { isUnknownUser, refusesToken } from './connection/errors.ts';
import { type SlackUser, slackUser } from './input/payloads.ts';

/** Slack says at once when a user changes. If that event is lost, Convenor notices the change after this time. */
const LOOKUP_TTL_MS = 3_600_000;
const MAX_USERS = 10_000;

/** The users of workspaces, as Slack knows them. */
export interface Users extends UserNames {
  /**
   * What Slack says about a user: at most an hour old, or newer if Slack has reported a change. A user that Slack does not
   * find is `deleted`.
   * @throws if Slack does not answer.
   */
  get(team: string, user: string, client: WebClient): Promise<SlackUser>;
  /** Takes what Slack says of a user without having been asked, unless something newer is known. */
  remember(team: string, user: SlackUser): void;
  /** Does the same for a user who is in memory already. */
  update(team: string, user: SlackUser): void;
  /** Lets the next `get` ask Slack. */
  forget(team: string, user: string): void;
}

/** Users, held in memory for an hour. Their names are used for longer. */
export function createUsers({ clients, clock }: { clients: Clients; clock: Clock }): Users {
  const lookups = clockCache<Promise<SlackUser>>({ clock, max: MAX_USERS, ttlMs: LOOKUP_TTL_MS });
  const known = new LRUCache<string, SlackUser>({ max: MAX_USERS });

  async function fetchUser(team: string, id: string, client: WebClient): Promise<SlackUser> {
    const key = keyOf(team, id);
    const before = known.get(key);
    const user = await askSlack(team, id, client, before);
    const latest = known.get(key);
    // Slack reported a change while its answer was on its way.
    if (latest && latest !== before && !isOlder(latest, user)) return latest;
    known.set(key, user);
    return user;
  }

  async function askSlack(
    team: string,
    id: string,
    client: WebClient,
    before: SlackUser | undefined,
  ): Promise<SlackUser> {
    try {
      return slackUser.parse((await client.users.info({ user: id })).user);
    } catch (error) {
      if (isUnknownUser(error)) return { profile: {}, ...before, id, deleted: true };
      if (refusesToken(error)) await clients.refused(team, client, error);
      throw error;
    }
  }

  const remember: Users['remember'] = (team, user) => {
    const key = keyOf(team, user.id);
    const before = known.get(key);
    if (before && isOlder(user, before)) return;
    known.set(key, user);
    lookups.set(key, Promise.resolve(user));
  };

  return {
    get: (team, id, client) =>
      cachedLookup(lookups, keyOf(team, id), () => fetchUser(team, id, client)),
    remember,
    update(team, user) {
      const key = keyOf(team, user.id);
      if (known.has(key) || lookups.has(key)) remember(team, user);
    },
    forget: (team, id) => void lookups.delete(keyOf(team, id)),
    nameOf(team, id) {
      const user = known.get(keyOf(team, id));
      return user && nameOf(user);
    },
  };
}

const keyOf = (team: string, id: string) => `${team}/${id}`;

const isOlder = (one: SlackUser, other: SlackUser) => (one.updated ?? 0) < (other.updated ?? 0);

/** The name that Slack shows; undefined if it did not tell one. */
export function nameOf({ profile, real_name, name }: SlackUser): string | undefined {
  const shown = profile.display_name || profile.real_name || real_name || name;
  return shown === undefined ? undefined : withoutHidden(shown);
}
