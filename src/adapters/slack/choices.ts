import type { PlainTextOption } from '@slack/types';
import type { Choice } from '../../core/ports/platform.ts';
import { foundInTime } from '../shared/find-in-time.ts';
import { boxAsked } from './form.ts';
import type { HeardQuery } from './heard.ts';
import { MOST_OPTIONS } from './limits.ts';
import { type Parts, sceneOf } from './scene.ts';
import { suggestionsOf } from './suggestions.ts';

/** What a box offers for the letters typed so far: at least these letters themselves. Never throws. */
export async function choicesFor(heard: HeardQuery, parts: Parts): Promise<PlainTextOption[]> {
  const found = await foundInTime(find(heard, parts), 'slack choices not found', parts.log);
  return suggestionsOf(found, heard.typed);
}

async function find(heard: HeardQuery, parts: Parts): Promise<readonly Choice[]> {
  const box = boxAsked(heard);
  const scene = box && (await sceneOf(heard, {}, parts));
  if (!scene || scene.profiles[heard.user]?.standing === 'guest') return [];
  const { partnership, actor } = scene;
  return parts.bot.choices({ ...box, partnership, actor, typed: heard.typed, most: MOST_OPTIONS });
}
