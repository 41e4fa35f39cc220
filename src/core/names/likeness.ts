import { type Named, nameIndexOf, type Spelling, similarTokens } from './name-index.ts';
import { coreTokens, MIN_MATCH_WEIGHT, nameTokens, wordWeight } from './name-words.ts';
import { isSameWithSlips } from './whole-match.ts';

/** Words that the same organisation often has in one list and not in another. */
const OFTEN_LEFT_OUT = new Set(
  `association borough charitable charity city club foundation fund group metropolitan organisation project service
  services society trust uk`.split(/\s+/),
);

/** How many spellings with one word in common are compared: more share a word that says little. */
const MAX_COMPARED = 300;

/**
 * The item that probably is the organisation of a new name: written another way (`Saint`, `Ltd`), with a slip, with its
 * words in another order, as initials, or with or without a word such as "group". Only good enough for a question.
 * @param except ids of items that are not looked at.
 */
export function findAlike<T extends Named>(
  name: string,
  items: readonly T[],
  except: readonly string[] = [],
): T | undefined {
  const index = nameIndexOf(items);
  const core = coreTokens(nameTokens(name));
  const isOther = ({ id }: T) => !except.includes(id);
  const same = index.byCompactCore.get(core.join(''))?.find(isOther);
  if (same) return same;
  const alike = [...spellingsSharingWord(core, items)].find(
    (spelling) => isOther(spelling.item) && isAlike(core, spelling.core),
  );
  const [only = ''] = core;
  const initials = core.length === 1 ? index.byInitials.get(only) : undefined;
  return alike?.item ?? initials?.find(({ item }) => isOther(item))?.item;
}

/** Whether two names, as {@link coreTokens}, are probably the same organisation's. */
function isAlike(one: readonly string[], other: readonly string[]): boolean {
  if (isSameWithSlips(one, other)) return true;
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one];
  const left = [...longer];
  for (const token of shorter) {
    const at = left.indexOf(token);
    if (at < 0) return false;
    left.splice(at, 1);
  }
  const isDistinctive = shorter.some((token) => wordWeight(token) >= MIN_MATCH_WEIGHT);
  return isDistinctive && left.every((token) => OFTEN_LEFT_OUT.has(token));
}

function spellingsSharingWord<T extends Named>(
  core: readonly string[],
  items: readonly T[],
): Set<Spelling<T>> {
  const index = nameIndexOf(items);
  const lists = core
    .flatMap((token) => [token, ...similarTokens(index, token, 2)])
    .map((token) => index.byToken.get(token) ?? [])
    .filter((list) => list.length <= MAX_COMPARED);
  return new Set(lists.flat());
}
