import { distance } from 'fastest-levenshtein';
import { isPlace } from './everyday-words.ts';
import { type Named, nameIndexOf, similarTokens } from './name-index.ts';
import { coreTokens, isOptionalWord, nameKey, type TypedWord } from './name-words.ts';
import { byName, hasSymbols } from './partial-match.ts';

/** Items one of whose names is all of the first words. */
export interface WholeMatch<T> {
  items: readonly T[];
  /** The place of the last word of the name. */
  last: number;
}

/** The longest start of the words that is somebody's whole name. */
export function wholeMatch<T extends Named>(
  words: readonly TypedWord[],
  items: readonly T[],
): WholeMatch<T> | undefined {
  const starts = startsOf(words);
  const { byCompactCore } = nameIndexOf(items);
  for (const { last, tokens, splits, symbols } of starts.toReversed()) {
    const found = [tokens, splits].flatMap(
      (all) => byCompactCore.get(coreTokens(all).join('')) ?? [],
    );
    const all = [...new Set(found)].filter((item) => hasSymbols(item, symbols)).sort(byName);
    if (all.length > 0) return { items: exactOnes(all, tokens), last };
  }
  return undefined;
}

/** The same, with slips of letters in long words forgiven. */
export function wholeMatchWithSlips<T extends Named>(
  words: readonly TypedWord[],
  items: readonly T[],
): WholeMatch<T> | undefined {
  const index = nameIndexOf(items);
  const starts = startsOf(words).map((start) => ({ ...start, core: coreTokens(start.tokens) }));
  const [first = ''] = starts[0]?.core ?? [];
  const slips = first.length < MIN_SLIP_LENGTH ? [] : similarTokens(index, first, MAX_SLIPS);
  const alike = new Set([first, ...slips]);
  const spellings = [...alike].flatMap((token) => index.byToken.get(token) ?? []);
  for (const { last, core, symbols } of starts.toReversed()) {
    const found = spellings.filter(
      (spelling) => isSameWithSlips(core, spelling.core) && hasSymbols(spelling.item, symbols),
    );
    const all = [...new Set(found.map(({ item }) => item))].sort(byName);
    if (all.length > 0) return { items: all, last };
  }
  return undefined;
}

interface Start {
  last: number;
  tokens: readonly string[];
  /** The tokens with each hyphen taken as a space. */
  splits: readonly string[];
  symbols: readonly string[];
}

/** The starts of the words that a name may be: none ends in "and". */
function startsOf(words: readonly TypedWord[]): Start[] {
  const starts: Start[] = [];
  let [tokens, splits, symbols]: string[][] = [[], [], []];
  for (const [last, word] of words.entries()) {
    tokens = [...(tokens ?? []), ...word.tokens];
    splits = [...(splits ?? []), ...(word.split.length > 0 ? word.split : word.tokens)];
    symbols = [...(symbols ?? []), ...word.symbols];
    const end = word.tokens.at(-1);
    // "The The" is a name, and so is "No".
    const isName = tokens.length === 1 || (end !== undefined && !isOptionalWord(end));
    if (tokens.length > 0 && isName) starts.push({ last, tokens, splits, symbols });
  }
  return starts;
}

/** Of several with the same core, those whose name was typed exactly; all of them if none was. */
function exactOnes<T extends Named>(items: readonly T[], tokens: readonly string[]): readonly T[] {
  if (items.length === 1) return items;
  const key = nameKey(tokens.join(' '));
  const exact = items.filter(({ name, aliases }) =>
    [name, ...aliases].some((own) => nameKey(own) === key),
  );
  return exact.length > 0 ? exact : items;
}

/** A slip in a shorter word makes another word too easily. */
const MIN_SLIP_LENGTH = 7;
const MIN_TWO_SLIPS_LENGTH = 10;
/** How many letters of a name may be slips in all. */
const MAX_SLIPS = 2;

/** Whether two names are the same but for slips of letters in long words. Figures are never slips. */
export function isSameWithSlips(typed: readonly string[], own: readonly string[]): boolean {
  if (typed.length !== own.length) return false;
  let slips = 0;
  for (const [at, word] of typed.entries()) {
    const other = own[at] ?? '';
    if (word === other) continue;
    slips += slipsBetween(word, other);
    if (slips > MAX_SLIPS) return false;
  }
  return slips > 0;
}

/** How many slips make one word of the other; more than allowed if they are two words. */
function slipsBetween(word: string, other: string): number {
  const length = Math.min(word.length, other.length);
  const isWord = /^\p{L}+$/u.test(word) && /^\p{L}+$/u.test(other);
  if (length < MIN_SLIP_LENGTH || !isWord || word.charAt(0) !== other.charAt(0)) return Infinity;
  // Two places may be called nearly the same.
  if (isPlace(word) && isPlace(other)) return Infinity;
  const slips = isSwap(word, other) ? 1 : distance(word, other);
  return slips <= (length >= MIN_TWO_SLIPS_LENGTH ? 2 : 1) ? slips : Infinity;
}

/** Whether two letters beside each other changed places, and nothing else is different. */
function isSwap(word: string, other: string): boolean {
  if (word.length !== other.length) return false;
  const at = [...word].findIndex((letter, place) => letter !== other[place]);
  return (
    at >= 0 &&
    word[at] === other[at + 1] &&
    word[at + 1] === other[at] &&
    word.slice(at + 2) === other.slice(at + 2)
  );
}
