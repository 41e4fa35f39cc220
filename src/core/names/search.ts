import { maxTypos, type Named, nameIndexOf, type Spelling, similarTokens } from './name-index.ts';
import { nameKey } from './name-words.ts';

/** The items that fit a search best, and how many fit in all. */
export interface NamesFound<T> {
  best: T[];
  count: number;
}

/**
 * Finds items whose name or alias fits a search, with parts of words and typing mistakes. Best first: names that start
 * with the text, that contain it, that have words starting like the typed ones, that have similar words. Items with an
 * equal fit are in alphabetical order.
 * @param limit the most items in `best`.
 */
export function searchNames<T extends Named>(
  typed: string,
  items: readonly T[],
  limit: number,
): NamesFound<T> {
  const key = nameKey(typed);
  if (key === '') return { best: [], count: 0 };
  const index = nameIndexOf(items);
  const tokens = key.split(' ');
  const starting = tokens.map((token) => tokensStarting(token, index.byToken));
  const similar = tokens.map((token) => similarTokens(index, token, maxSearchTypos(token)));
  const groups = groupByBestFit(index.spellings, [
    (spelling) => spelling.key.startsWith(key),
    (spelling) => spelling.key.includes(key),
    hasOneOfEach(starting),
    hasOneOfEach(tokens.map((_, at) => [...(starting[at] ?? []), ...(similar[at] ?? [])])),
  ]);
  const best: T[] = [];
  for (const group of groups) best.push(...firstByName(group, limit - best.length));
  return { best, count: groups.reduce((sum, group) => sum + group.length, 0) };
}

const alphabet = new Intl.Collator('en-GB');

/** The first items in alphabetical order. To sort ten thousand names would take a hundred milliseconds. */
function firstByName<T extends Named>(items: readonly T[], limit: number): T[] {
  const first: T[] = [];
  const isAfter = (item: T) => (other: T) => alphabet.compare(other.name, item.name) > 0;
  for (const item of items) {
    const last = first.at(-1);
    if (first.length >= limit && !(last && isAfter(item)(last))) continue;
    const at = first.findIndex(isAfter(item));
    first.splice(at === -1 ? first.length : at, 0, item);
    if (first.length > limit) first.pop();
  }
  return first;
}

/** More than for a match, since people choose among the results: "oakfeild" has two. */
const maxSearchTypos = (token: string): number => (token.length >= 6 ? 2 : maxTypos(token));

/**
 * What a name that is being typed may become: items whose name or alias starts with the text, then those that have
 * words starting like the typed ones. Items with an equal fit are in their own order.
 */
export function completeNames<T extends Named>(
  typed: string,
  items: readonly T[],
  limit: number,
): T[] {
  const key = nameKey(typed);
  if (key === '') return items.slice(0, limit);
  const { spellings, byToken } = nameIndexOf(items);
  const starting = key.split(' ').map((token) => tokensStarting(token, byToken));
  const groups = groupByBestFit(spellings, [
    (spelling) => spelling.key.startsWith(key),
    hasOneOfEach(starting),
  ]);
  return groups.flat().slice(0, limit);
}

type Fit<T> = (spelling: Spelling<T>) => boolean;

/** For each fit, best first, the items that fit so and no better. */
function groupByBestFit<T>(spellings: readonly Spelling<T>[], fits: readonly Fit<T>[]): T[][] {
  const seen = new Set<T>();
  return fits.map((fit) => {
    const group = new Set(spellings.filter(fit).map(({ item }) => item));
    const isNew = [...group].filter((item) => !seen.has(item));
    for (const item of isNew) seen.add(item);
    return isNew;
  });
}

function tokensStarting(start: string, byToken: ReadonlyMap<string, unknown>): string[] {
  return [...byToken.keys()].filter((token) => token.startsWith(start));
}

/** Fits a spelling that has, for each typed word, one of the words it may mean. */
function hasOneOfEach(alternatives: readonly (readonly string[])[]): Fit<unknown> {
  const sets = alternatives.map((tokens) => new Set(tokens));
  return ({ tokens }) => sets.every((set) => tokens.some((token) => set.has(token)));
}
