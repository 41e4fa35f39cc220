import { Routes } from 'discord.js';
import type { Clock } from '../../core/base/clock.ts';
import type { Rest } from './connection/rest.ts';
import { isNoMember } from './errors.ts';
import { member } from './payloads.ts';
import { type Person, personOf } from './servers/person.ts';

/** How long what Discord told of somebody is believed (ms). */
const FRESH = 600_000;
/** How long one question may take (ms): somebody waits for an answer meanwhile. */
const PATIENCE = 2_000;
/** How many people are held in memory, the latest ones. */
const MOST_HELD = 10_000;

/** People of servers, as Discord knows them. */
export interface People {
  /** What an interaction on a server tells of them. */
  told(guild: string, people: readonly Person[]): void;
  /** @returns undefined for whoever is not on the server (any more). @throws when Discord does not tell. */
  of(guild: string, user: string): Promise<Person | undefined>;
  /** The name of somebody who is held in memory. */
  nameOf(guild: string, user: string): string | undefined;
}

interface Held {
  until: number;
  person: Person | undefined;
}

/** People held in memory for some minutes. */
export function peopleOver({ rest, clock }: { rest: Rest; clock: Clock }): People {
  const held = new Map<string, Held>();
  const keyOf = (guild: string, user: string) => `${guild}/${user}`;

  function hold(key: string, person: Person | undefined): void {
    held.delete(key);
    held.set(key, { until: clock.now().getTime() + FRESH, person });
    if (held.size > MOST_HELD) held.delete(held.keys().next().value as string);
  }

  /** It takes no privileged intent: https://discord.com/developers/docs/resources/guild#get-guild-member */
  async function ask(guild: string, user: string): Promise<Person | undefined> {
    try {
      const how = { limit: PATIENCE };
      const data = member.parse(await rest.call('GET', Routes.guildMember(guild, user), how));
      return personOf(data.user, data);
    } catch (error) {
      if (isNoMember(error)) return undefined;
      throw error;
    }
  }

  return {
    told(guild, people) {
      for (const person of people) if (person.roles) hold(keyOf(guild, person.id), person);
    },
    async of(guild, user) {
      const key = keyOf(guild, user);
      const known = held.get(key);
      if (known && known.until > clock.now().getTime()) return known.person;
      const person = await ask(guild, user);
      hold(key, person);
      return person;
    },
    nameOf: (guild, user) => held.get(keyOf(guild, user))?.person?.name,
  };
}
