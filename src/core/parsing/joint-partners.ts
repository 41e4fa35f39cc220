import type { PartnerName } from '../domain/directory/directory.ts';
import { likelyItem, matchStart } from '../names/match.ts';
import type { ParseContext } from './split-value.ts';

/** What stands between two partners: `A and B`, `A, B & C`. A comma may be read together with the name before it. */
const BETWEEN = /^\s*(?:[,;]\s*(?:(?:and|&)\s+)?|(?:and|&|\+|plus|with)\s+)(?=\S)/i;

/** Two or more partners that a text starts with. */
export interface JointPartners {
  items: readonly PartnerName[];
  /** The words after the last of them. */
  rest: string;
}

/**
 * The partners that a text starts with, if it names more than one: "Groundwork and the shores centre met".
 * @param first the match at its start, or what it was read as.
 */
export function jointPartners(
  text: string,
  first: { item: PartnerName | undefined; rest: string },
  { directory }: ParseContext,
): JointPartners | undefined {
  const items = new Map<string, PartnerName>();
  let { item, rest } = first;
  let left = text;
  while (item) {
    items.set(item.id, item);
    const named = left.slice(0, left.length - rest.length);
    const comma = /[,;]\s*$/.exec(named)?.[0] ?? '';
    const between = BETWEEN.exec(`${comma}${rest}`);
    left = between ? `${comma}${rest}`.slice(between[0].length) : '';
    const match = left === '' ? undefined : matchStart(left, directory.activePartners);
    item = match && likelyItem(match);
    if (item && match?.kind !== 'none') rest = match?.rest ?? '';
  }
  return items.size > 1 ? { items: [...items.values()], rest } : undefined;
}

/** {@link jointPartners} of a text that was not matched yet. */
export function jointAtStart(text: string, context: ParseContext): JointPartners | undefined {
  const match = matchStart(text, context.directory.activePartners);
  if (match.kind === 'none') return undefined;
  return jointPartners(text, { item: likelyItem(match), rest: match.rest }, context);
}
