import type { PartnerName } from '../domain/directory/directory.ts';
import { startsClause } from '../names/everyday-words.ts';
import { likelyItem, type Match, matchStart, matchWhole } from '../names/match.ts';
import type { ParseContext } from './split-value.ts';

/** What stands between two partners: `A and B`, `A, B & C`. A comma may be read together with the name before it. */
const BETWEEN = /^\s*(?:[,;]\s*(?:(?:and|&)\s+)?|(?:and|&|\+|plus|with)\s+)(?=\S)/i;

/** Between two partners. The second may be one of several. */
const AND = /^\s*(?:[,;]\s*)?(?:and|&|\+|plus)\s/i;
const FIRST_BETWEEN = /\s*[,;]\s*|\s+(?:and|&|\+|plus)\s+/i;

/** Two or more partners that a text starts with. */
export interface JointPartners {
  items: readonly PartnerName[];
  /** What stands after them and may be one of several partners. */
  unsure?: { typed: string; items: readonly PartnerName[] };
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
  context: ParseContext,
): JointPartners | undefined {
  const items = new Map<string, PartnerName>();
  let { item, rest } = first.item ? first : (firstOfSeveral(text, context) ?? first);
  let left = text;
  let unsure: JointPartners['unsure'];
  while (item) {
    items.set(item.id, item);
    const named = left.slice(0, left.length - rest.length);
    const comma = /[,;]\s*$/.exec(named)?.[0] ?? '';
    const between = BETWEEN.exec(`${comma}${rest}`);
    left = between ? `${comma}${rest}`.slice(between[0].length) : '';
    const match = left === '' ? undefined : matchStart(left, context.directory.activePartners);
    item = match && likelyItem(match);
    if (item && match?.kind !== 'none') rest = match?.rest ?? '';
    else if (match && AND.test(`${comma}${rest}`)) {
      const one = oneOfSeveral(left, match, context);
      unsure = one?.unsure;
      rest = one?.rest ?? rest;
    }
  }
  if (unsure) return { items: [...items.values()], unsure, rest };
  return items.size > 1 ? { items: [...items.values()], rest } : undefined;
}

/** What a text starts with that is one of several partners: "the school met", where there are two schools. */
function oneOfSeveral(
  text: string,
  match: Match<PartnerName>,
  { directory }: ParseContext,
): Pick<JointPartners, 'unsure' | 'rest'> | undefined {
  if (match.kind === 'several')
    return { unsure: { typed: match.typed, items: match.items }, rest: match.rest };
  const [typed = '', next] = /^the\s+[^\s,.;:]+(?:[\s,.;:]+(\S+))?/i.exec(text) ?? [];
  if (typed === '' || (next !== undefined && !startsClause(next))) return undefined;
  const name = next === undefined ? typed : typed.slice(0, -next.length).trim();
  const whole = matchWhole(name, directory.activePartners);
  return whole.kind === 'none' && whole.near.length > 0
    ? { unsure: { typed: name, items: whole.near }, rest: text.slice(name.length) }
    : undefined;
}

/** The partner before the first "and" or comma. All of "Groundwork and Shores" may look like one name. */
function firstOfSeveral(
  text: string,
  { directory }: ParseContext,
): { item: PartnerName; rest: string } | undefined {
  const at = text.search(FIRST_BETWEEN);
  const item =
    at > 0 ? likelyItem(matchWhole(text.slice(0, at), directory.activePartners)) : undefined;
  return item && { item, rest: text.slice(at) };
}

/** {@link jointPartners} of a text that was not matched yet. */
export function jointAtStart(text: string, context: ParseContext): JointPartners | undefined {
  const match = matchStart(text, context.directory.activePartners);
  const first =
    match.kind === 'none'
      ? { item: undefined, rest: text }
      : { item: likelyItem(match), rest: match.rest };
  return jointPartners(text, first, context);
}
