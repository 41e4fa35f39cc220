import type { APIApplicationCommandOptionChoice } from 'discord.js';
import { inTime, LATE } from '../../core/in-time.ts';
import { errorFields } from '../../core/log.ts';
import type { Choice } from '../../core/ports.ts';
import { MOST_CHOICES } from './limits.ts';
import { originOf } from './origin.ts';
import type { HeardQuery } from './receive.ts';
import { type Parts, sceneOn } from './scene.ts';
import { commandOf } from './slash.ts';
import { suggestionsOf } from './suggestions.ts';

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
  const { arg, typed, slash } = heard;
  const command = commandOf(slash, parts.commands)?.name;
  if (command === undefined) return [];
  const origin = await originOf(heard, { command, args: {} }, parts);
  // Where it could be of several partnerships, no names are offered.
  if ('told' in origin) return [];
  const { partnership, actor } = await sceneOn(origin, { heard, args: {} }, parts);
  return parts.bot.choices({ command, arg, partnership, actor, typed, most: MOST_CHOICES });
}
