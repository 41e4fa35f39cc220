import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Clock } from '../../core/base/clock.ts';
import { errorFields, type Log } from '../../core/base/log.ts';
import type { Profile } from '../../core/message/invocation.ts';

/** How long what Slack told of somebody is believed (ms). */
const HOUR = 3_600_000;
/** Slack told nothing: what it told before is believed for so much longer (ms). */
const PAUSE = 10_000;
/** How many people are held in memory, the latest ones. */
const MOST_HELD = 10_000;

/** People of workspaces, as Slack knows them. */
export interface People {
  /** @returns undefined while Slack does not tell. Never throws. */
  of(team: string, user: string, client: WebClient): Promise<SlackUser | undefined>;
  /** The name of somebody who is held in memory. */
  nameOf(team: string, user: string): string | undefined;
  /** Slack's `user_change`: what it tells takes the place of what was held. */
  changed(team: string, event: unknown): void;
}

/** What matters of a user: https://docs.slack.dev/reference/objects/user-object */
const user = z.object({
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
export type SlackUser = z.output<typeof user>;

interface Held {
  until: number;
  asked: Promise<SlackUser | undefined>;
  known: SlackUser | undefined;
}

/** People held in memory for an hour. */
export function peopleOver({ clock, log }: { clock: Clock; log: Pick<Log, 'warn'> }): People {
  const held = new Map<string, Held>();

  function hold(key: string, entry: Held): void {
    held.delete(key);
    held.set(key, entry);
    if (held.size > MOST_HELD) held.delete(held.keys().next().value as string);
  }

  async function ask(id: string, client: WebClient): Promise<SlackUser | undefined> {
    try {
      return user.parse((await client.users.info({ user: id })).user);
    } catch (error) {
      log.warn(errorFields(error), 'slack does not tell who somebody is');
      return undefined;
    }
  }

  return {
    of(team, id, client) {
      const key = keyOf(team, id);
      const now = clock.now().getTime();
      const before = held.get(key);
      if (before && before.until > now) return before.asked;
      const entry: Held = { until: now + HOUR, asked: settle(), known: before?.known };
      hold(key, entry);
      return entry.asked;

      async function settle(): Promise<SlackUser | undefined> {
        const told = await ask(id, client);
        if (told) entry.known = told;
        else entry.until = now + PAUSE;
        // Of whom nothing is known it is asked again at once.
        if (!entry.known && held.get(key) === entry) held.delete(key);
        return entry.known;
      }
    },
    nameOf(team, id) {
      const known = held.get(keyOf(team, id))?.known;
      return known && nameOf(known);
    },
    changed(team, event) {
      const { data: known } = user.safeParse(event);
      if (!known || !held.has(keyOf(team, known.id))) return;
      const until = clock.now().getTime() + HOUR;
      hold(keyOf(team, known.id), { until, asked: Promise.resolve(known), known });
    },
  };
}

const keyOf = (team: string, id: string) => `${team}/${id}`;

function nameOf({ profile, real_name, name, id }: SlackUser): string {
  return profile.display_name || profile.real_name || real_name || name || id;
}

/** Whether somebody belongs to a workspace; people of Slack Connect and of an organisation's other workspaces do not. */
export function belongs(person: SlackUser, team: string): boolean {
  const own = person.team_id === undefined || person.team_id === team;
  return !person.is_stranger && (own || person.enterprise_user?.teams?.includes(team) === true);
}

/** Somebody as the bot is told of them. @param installer whoever installed Convenor there: they may set it up. */
export function profileOf(person: SlackUser, team: string, installer?: string): Profile {
  return {
    name: nameOf(person),
    zone: person.tz ?? null,
    standing: standingOf(person, team, installer),
  };
}

function standingOf(person: SlackUser, team: string, installer?: string): Profile['standing'] {
  const isGuest = person.is_restricted || person.is_ultra_restricted;
  // Slackbot is the one bot that is not called one: https://docs.slack.dev/reference/methods/users.list
  if (isGuest || person.deleted || person.is_bot || person.id === 'USLACKBOT') return 'guest';
  if (!belongs(person, team)) return 'guest';
  const leads = person.is_owner || person.is_admin || person.is_primary_owner;
  return leads || person.id === installer ? 'owner' : 'full';
}
