import type { LinkedPlace } from '../domain/membership/places.ts';
import { type RichText, rich } from '../message/rich-text.ts';

/** `in Slack (Riverside) and Discord (Riverside Friends)`. */
export function placesText(places: readonly LinkedPlace[]): RichText {
  const names = places.map(({ name }) => name);
  const last = names.at(-1);
  const text = names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
  return rich`in ${text}`;
}
