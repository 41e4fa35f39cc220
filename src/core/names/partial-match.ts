import { type Named, nameIndexOf, type Spelling, similarTokens } from './name-index.ts';
import { isConnective, MIN_MATCH_WEIGHT, type TypedWord, wordWeight } from './name-words.ts';

/** A generic word identifies a person ("Young"), but not an organisation. */
export type NameKind = 'organisations' | 'people';

/** A spelling that contains the words read so far, in order. */
export interface PartialMatch<T> {
  spelling: Spelling<T>;
  /** The place in the spelling after the last word that was found. */
  next: number;
  /** Words of the spelling that were not typed, before that place. */
  skipped: readonly string[];
  weight: number;
  typos: number;
}

/** For each number of leading words, the spellings that contain them and are identified by them, in no order. */
export function partialMatches<T extends Named>(
  words: readonly TypedWord[],
  items: readonly T[],
  kind: NameKind,
): PartialMatch<T>[][] {
  const symbols: string[] = [];
  let partial: PartialMatch<T>[] | undefined;
  return words.map((word, at) => {
    symbols.push(...word.symbols);
    if (word.tokens.length > 0 && partial?.length !== 0) {
      partial ??= startMatches(word, words[at + 1], items, kind);
      partial = advanceAll(partial, word, items, kind);
    }
    return identified(partial ?? [], word).filter(({ spelling }) =>
      hasSymbols(spelling.item, symbols),
    );
  });
}

/** Words after an emoji or a symbol belong to the name only if the name contains it; else they follow the name. */
export function hasSymbols({ name, aliases }: Named, symbols: readonly string[]): boolean {
  if (symbols.length === 0) return true;
  return [name, ...aliases].some((own) => symbols.every((symbol) => own.includes(symbol)));
}

function identified<T extends Named>(
  partial: readonly PartialMatch<T>[],
  last: TypedWord,
): PartialMatch<T>[] {
  if (isConnective(last.tokens.at(-1) ?? '')) return [];
  const all = partial.filter(({ weight }) => weight >= MIN_MATCH_WEIGHT);
  const withoutTypos = all.filter(({ typos }) => typos === 0);
  return withoutTypos.length > 0 ? withoutTypos : all;
}

/** The items of some matches, best first. */
export function itemsOf<T extends Named>(partial: readonly PartialMatch<T>[]): T[] {
  const best = partial.toSorted(
    (a, b) =>
      a.typos - b.typos ||
      a.spelling.tokens.length - b.spelling.tokens.length ||
      byName(a.spelling.item, b.spelling.item),
  );
  return [...new Set(best.map(({ spelling }) => spelling.item))];
}

/**
 * The spellings that contain the first word, or one like it, with nothing read yet. A generic word says too little: the
 * spellings of an organisation contain the second one too.
 */
function startMatches<T extends Named>(
  word: TypedWord,
  second: TypedWord | undefined,
  items: readonly T[],
  kind: NameKind,
): PartialMatch<T>[] {
  const tokens = tokensLike(word, items);
  const isGeneric = kind === 'organisations' && word.tokens.every(isGenericWord);
  const seconds = second && isGeneric ? tokensLike(second, items) : undefined;
  if (isGeneric && !seconds) return [];
  const spellings = seconds
    ? spellingsWith(seconds, items).filter(({ tokens: own }) => own.some((one) => tokens.has(one)))
    : spellingsWith(tokens, items);
  return [...new Set(spellings)].map((spelling) => ({
    spelling,
    next: 0,
    skipped: [],
    weight: 0,
    typos: 0,
  }));
}

const isGenericWord = (token: string): boolean => wordWeight(token) < MIN_MATCH_WEIGHT;

/** The words of all names that are the first token of a typed word, or like it. */
function tokensLike<T extends Named>(word: TypedWord, items: readonly T[]): Set<string> {
  const firsts = [word.tokens[0], word.split[0]].filter((token) => token !== undefined);
  return new Set(firsts.flatMap((token) => similarTokens(nameIndexOf(items), token)));
}

function spellingsWith<T extends Named>(
  tokens: ReadonlySet<string>,
  items: readonly T[],
): Spelling<T>[] {
  const { byToken } = nameIndexOf(items);
  return [...tokens].flatMap((token) => byToken.get(token) ?? []);
}

function advanceAll<T extends Named>(
  partial: readonly PartialMatch<T>[],
  word: TypedWord,
  items: readonly T[],
  kind: NameKind,
): PartialMatch<T>[] {
  const index = nameIndexOf(items);
  const readings = [word.tokens, word.split]
    .map((tokens) => tokens.map((token) => ({ token, similar: similarTokens(index, token) })))
    .filter((reading) => reading.every(({ similar }) => similar.length > 0));
  if (readings.length === 0) return [];
  return partial.flatMap((match) => {
    for (const reading of readings) {
      const next = advance(match, reading, kind);
      if (next) return [next];
    }
    return [];
  });
}

/** A typed word, and the words of all names that are it or like it. */
interface Reading {
  token: string;
  similar: readonly string[];
}

/** The match after more words. @returns undefined if the spelling does not go on with them. */
function advance<T>(
  match: PartialMatch<T>,
  reading: readonly Reading[],
  kind: NameKind,
): PartialMatch<T> | undefined {
  if (reading.length === 0) return undefined;
  let { next, weight, typos, skipped } = match;
  const own = match.spelling.tokens;
  for (const { token, similar } of reading) {
    const exact = own.indexOf(token, next);
    const found = exact >= 0 ? exact : placeOfOther(own, next, token, similar);
    if (found < 0) return undefined;
    if (exact < 0) typos++;
    weight += kind === 'people' ? MIN_MATCH_WEIGHT : wordWeight(own[found] ?? '');
    if (found > next) skipped = [...skipped, ...own.slice(next, found)];
    next = found + 1;
  }
  return { ...match, next, skipped, weight, typos };
}

/** Where a spelling has a word that is like the typed one, from a place on; -1 if nowhere. */
function placeOfOther(
  own: readonly string[],
  from: number,
  token: string,
  similar: readonly string[],
): number {
  // Most words are like no other.
  if (similar.length === 1 && similar[0] === token) return -1;
  return own.findIndex((other, at) => at >= from && similar.includes(other));
}

/** Alphabetical, and the same on every machine. */
export const byName = (a: Named, b: Named): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
