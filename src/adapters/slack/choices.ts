import type { PlainTextOption } from '@slack/types';
import { inTime, LATE } from '../../core/in-time.ts';
import { errorFields } from '../../core/log.ts';
import type { Choice } from '../../core/ports.ts';
import { boxAsked } from './form.ts';
import { MOST_OPTIONS } from './limits.ts';
import type { HeardQuery } from './receive.ts';
import { type Parts, sceneOf } from './scene.ts';
import { suggestionsOf } from './suggestions.ts';

/** What is not found by then (ms) is not offered: Slack waits for 3 s. */
const PATIENCE = 2_000;

/** What a box offers for the letters typed so far: at least these letters themselves. Never throws. */
export async function choicesFor(heard: HeardQuery, parts: Parts): Promise<PlainTextOption[]> {
  try {
    const found = await inTime(PATIENCE, find(heard, parts));
    return suggestionsOf(found === LATE ? [] : found, heard.typed);
  } catch (error) {
    parts.log.warn(errorFields(error), 'slack choices not found');
    return suggestionsOf([], heard.typed);
  }
}

async function find(heard: HeardQuery, parts: Parts): Promise<readonly Choice[]> {
  const box = boxAsked(heard);
  const scene = box && (await sceneOf(heard, {}, parts));
  if (!scene || scene.profiles[heard.user]?.standing === 'guest') return [];
  const { partnership, actor } = scene;
  return parts.bot.choices({ ...box, partnership, actor, typed: heard.typed, most: MOST_OPTIONS });
}
