import type { APIApplicationCommandOptionChoice } from 'discord.js';
import type { Choice } from '../../core/ports/platform.ts';
import { foundInTime } from '../shared/find-in-time.ts';
import type { HeardQuery } from './heard.ts';
import { MOST_CHOICES } from './limits.ts';
import { type Parts, sceneOn } from './scene.ts';
import { originOf } from './servers/origin.ts';
import { commandOf } from './slash/slash.ts';
import { suggestionsOf } from './suggestions.ts';

/** What an option offers for the letters typed so far: at least these letters themselves. Never throws. */
export async function choicesFor(
  heard: HeardQuery,
  parts: Parts,
): Promise<APIApplicationCommandOptionChoice[]> {
  const found = await foundInTime(find(heard, parts), 'discord choices not found', parts.log);
  return suggestionsOf(found, heard.typed);
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
