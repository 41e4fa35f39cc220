import { trimEnd } from '../base/text.ts';
import {
  isSimilar,
  maxTypos,
  type Named,
  nameIndexOf,
  type Spelling,
  similarTokens,
} from './name-index.ts';
import {
  isConnective,
  MIN_MATCH_WEIGHT,
  readTypedWords,
  type TypedWord,
  wordWeight,
} from './name-words.ts';

/** Whose name the words at the start of a text are. `rest` is the text after the name. */
export type Match<T extends Named = Named> =
  | { kind: 'one'; item: T; rest: string }
  /** Best first, at most five. `typed` is the part of the text that fits all of them. */
  | { kind: 'several'; items: readonly T[]; rest: string; typed: string }
  /** No safe match. `near` are at most three items for a "did you mean", best first. */
  | { kind: 'none'; near: readonly T[] };

/** A generic word identifies a person ("Young"), but not an organisation. */
export type NameKind = 'organisations' | 'people';

/** How many words a name at the start of a text may have. */
const MAX_START_WORDS = 10;
/** How many words a text may have that is all name. */
const MAX_WHOLE_WORDS = 30;
/** More would be too long a question. */
const MAX_SEVERAL = 5;
const MAX_NEAR = 3;

/**
 * Finds whose name a text starts with. The longest start that fits wins. For one start, an exact name or alias wins over
 * words that a name contains in that order (riverside council for Riverside Borough Council), and these win over words
 * with typing mistakes. Generic words alone match no organisation.
 */
export function matchStart<T extends Named>(
  text: string,
  items: readonly T[],
  kind: NameKind = 'organisations',
): Match<T> {
  const { words } = readTypedWords(text, MAX_START_WORDS);
  const matches = matchesByLength(words, items, kind);
  const last = matches.findLastIndex((found) => found.length > 0);
  return toMatch(text, words, last, matches[last] ?? [], items);
}

/** Finds whose name a whole text is, by the same rules. */
export function matchWhole<T extends Named>(
  text: string,
  items: readonly T[],
  kind: NameKind = 'organisations',
): Match<T> {
  const { words, complete } = readTypedWords(text, MAX_WHOLE_WORDS);
  const last = words.length - 1;
  const found = complete ? (matchesByLength(words, items, kind)[last] ?? []) : [];
  return toMatch(text, words, last, found, items);
}

function toMatch<T extends Named>(
  text: string,
  words: readonly TypedWord[],
  last: number,
  found: readonly T[],
  items: readonly T[],
): Match<T> {
  const [first] = found;
  const end = words[last]?.end ?? 0;
  if (!first) return { kind: 'none', near: nearItems(words, items) };
  const rest = text.slice(end).trim();
  if (found.length === 1) return { kind: 'one', item: first, rest };
  return {
    kind: 'several',
    items: found.slice(0, MAX_SEVERAL),
    rest,
    typed: trimEnd(text.slice(0, end), ' \n\t-–—:,;.'),
  };
}

/** For each number of leading words, the items that they name. */
function matchesByLength<T extends Named>(
  words: readonly TypedWord[],
  items: readonly T[],
  kind: NameKind,
): T[][] {
  const { byCompactName } = nameIndexOf(items);
  const matches: T[][] = [];
  const symbols: string[] = [];
  let compact = '';
  let partial: PartialMatch<T>[] | undefined;
  for (const word of words) {
    symbols.push(...word.symbols);
    compact += word.tokens.join('');
    if (word.tokens.length > 0)
      partial = advanceAll(partial ?? startMatches(word, items), word, kind);
    const exact = [...new Set(byCompactName.get(compact))].sort(byName);
    const found = exact.length > 0 ? exact : bestItems(partial ?? [], word);
    matches.push(found.filter((item) => hasSymbols(item, symbols)));
  }
  return matches;
}

/** Words after an emoji or a symbol belong to the name only if the name contains it; else they follow the name. */
function hasSymbols({ name, aliases }: Named, symbols: readonly string[]): boolean {
  if (symbols.length === 0) return true;
  return [name, ...aliases].some((own) => symbols.every((symbol) => own.includes(symbol)));
}

/** A spelling that contains the words read so far, in order. */
interface PartialMatch<T> {
  spelling: Spelling<T>;
  /** The place in the spelling after the last word that was found. */
  next: number;
  weight: number;
  typos: number;
}

function bestItems<T extends Named>(partial: readonly PartialMatch<T>[], last: TypedWord): T[] {
  if (isConnective(last.tokens.at(-1) ?? '')) return [];
  const identified = partial.filter(({ weight }) => weight >= MIN_MATCH_WEIGHT);
  const withoutTypos = identified.filter(({ typos }) => typos === 0);
  const best = (withoutTypos.length > 0 ? withoutTypos : identified).toSorted(
    (a, b) =>
      a.typos - b.typos ||
      a.spelling.tokens.length - b.spelling.tokens.length ||
      byName(a.spelling.item, b.spelling.item),
  );
  return [...new Set(best.map(({ spelling }) => spelling.item))];
}

/** The spellings that contain the first word, or one like it, with nothing read yet. */
function startMatches<T extends Named>(word: TypedWord, items: readonly T[]): PartialMatch<T>[] {
  const index = nameIndexOf(items);
  const firsts = [word.tokens[0], word.split[0]].filter((token) => token !== undefined);
  const tokens = new Set(firsts.flatMap((token) => [token, ...similarTokens(index, token)]));
  const spellings = new Set([...tokens].flatMap((token) => index.byToken.get(token) ?? []));
  return [...spellings].map((spelling) => ({ spelling, next: 0, weight: 0, typos: 0 }));
}

function advanceAll<T>(
  partial: readonly PartialMatch<T>[],
  word: TypedWord,
  kind: NameKind,
): PartialMatch<T>[] {
  return partial
    .map((match) => advance(match, word.tokens, kind) ?? advance(match, word.split, kind))
    .filter((match) => match !== undefined);
}

/** The match after more words. @returns undefined if the spelling does not go on with them. */
function advance<T>(
  match: PartialMatch<T>,
  tokens: readonly string[],
  kind: NameKind,
): PartialMatch<T> | undefined {
  if (tokens.length === 0) return undefined;
  let { next, weight, typos } = match;
  const own = match.spelling.tokens;
  for (const token of tokens) {
    const exact = own.indexOf(token, next);
    const found =
      exact >= 0 ? exact : own.findIndex((other, at) => at >= next && isSimilar(token, other));
    if (found < 0) return undefined;
    if (exact < 0) typos++;
    weight += kind === 'people' ? MIN_MATCH_WEIGHT : wordWeight(own[found] ?? '');
    next = found + 1;
  }
  return { ...match, next, weight, typos };
}

/** How many of the typed words are compared: those after them are seldom part of the name. */
const MAX_NEAR_WORDS = 3;
/** Shorter words are too easily mistaken for one another. */
const MIN_SIMILAR_LENGTH = 5;

/** Items whose names share a word with the typed ones, typing mistakes included, best first. Only for a question. */
function nearItems<T extends Named>(words: readonly TypedWord[], items: readonly T[]): T[] {
  const index = nameIndexOf(items);
  const typed = words.slice(0, MAX_NEAR_WORDS).flatMap((word) => word.tokens);
  const scores = new Map<Spelling<T>, number>();
  for (const [place, token] of typed.entries()) {
    const weight = wordWeight(token);
    // A generic word counts only if it is the first.
    if (weight === 0 || (weight < MIN_MATCH_WEIGHT && place > 0)) continue;
    const exactOnly = token.length < MIN_SIMILAR_LENGTH || weight < MIN_MATCH_WEIGHT;
    const similar = exactOnly ? [token] : similarTokens(index, token, maxTypos(token) + 1);
    for (const other of similar) {
      for (const spelling of index.byToken.get(other) ?? []) {
        const points = weight * (other === token ? 2 : 1);
        scores.set(spelling, (scores.get(spelling) ?? 0) + points);
      }
    }
  }
  const ranked = [...scores].sort(
    ([a, x], [b, y]) => y - x || a.tokens.length - b.tokens.length || byName(a.item, b.item),
  );
  return [...new Set(ranked.map(([spelling]) => spelling.item))].slice(0, MAX_NEAR);
}

/** Alphabetical, and the same on every machine. */
const byName = (a: Named, b: Named): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
