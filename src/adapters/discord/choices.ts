import type { APIApplicationCommandOptionChoice } from 'discord.js';
import { inTime, LATE } from '../../core/in-time.ts';
import { errorFields } from '../../core/log.ts';
import type { Choice } from '../../core/ports.ts';
import { MOST_CHOICES } from './limits.ts';
import type { HeardQuery } from './receive.ts';
import { type Parts, sceneOn } from './scene.ts';
import { commandOf } from './slash.ts';
import { suggestionsOf } from './suggestions.ts';
import { homesOf } from './which.ts';

/** What is not found by then (ms) is not offered: Discord waits for 3 s. */
const PATIENCE = 2_000;

/** What an option offers for the letters typed so far: at least these letters themselves. Never throws. */
export async function choicesFor(
  heard: HeardQuery,
  parts: Parts,
): Promise<APIApplicationCommandOptionChoice[]> {
  try {
    const found = await inTime(PATIENCE, find(heard, parts));
    return suggestionsOf(found === LATE ? [] : found, heard.typed);
  } catch (error) {
    parts.log.warn(errorFields(error), 'discord choices not found');
    return suggestionsOf([], heard.typed);
  }
}

async function find(heard: HeardQuery, parts: Parts): Promise<readonly Choice[]> {
  const { arg, typed, slash, guild, people } = heard;
  const command = commandOf(slash, parts.commands)?.name;
  const [person] = people;
  const homes =
    guild !== undefined && person ? [{ server: guild, person }] : await homesOf(heard, parts);
  const [home, ...others] = homes;
  // Where it could be of several partnerships, no names are offered.
  if (command === undefined || !home || others.length > 0) return [];
  const { partnership, actor, profiles } = await sceneOn(
    home.server,
    home.person,
    { heard, args: {} },
    parts,
  );
  if (profiles[actor.user]?.standing === 'guest') return [];
  return parts.bot.choices({ command, arg, partnership, actor, typed, most: MOST_CHOICES });
}
