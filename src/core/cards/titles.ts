import type { Followup } from '../domain/followups/followup.ts';
import { bold, type RichText, rich } from '../message/rich-text.ts';

/** How many names a sentence has. It counts the rest. */
const MAX_NAMED = 5;

/** The first titles, and how many more there are. Private ones are only counted. */
export function titlesOf(rows: readonly Followup[]): RichText {
  const open = rows.filter(({ readers = null }) => readers === null);
  const count = rows.length - open.length;
  const titles = open.length > 0 && someOf(open.map(({ title }) => title));
  return rich`${titles}${titles && count > 0 && ', and '}${count > 0 && `${count} private`}`;
}

/** The first names, and how many more there are. */
export function someOf(names: readonly string[]): RichText {
  const rest = names.length - MAX_NAMED;
  const named = names.slice(0, MAX_NAMED);
  return rich`${bold(named.join(', '))}${rest > 0 && ` and ${rest} more`}`;
}
