import { distance } from 'fastest-levenshtein';
import { coreTokens, nameSpellings, nameTokens } from './name-words.ts';

/** Something that is found by its names. */
export interface Named {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
}

/** One way to write one name of an item. */
export interface Spelling<T> {
  item: T;
  tokens: readonly string[];
  /** The tokens with spaces between them. */
  key: string;
  /** The tokens that tell it from other names, see {@link coreTokens}. */
  core: readonly string[];
}

/** The names of many items, prepared once: 2,000 partners take tens of milliseconds, a look-up well under one. */
export interface NameIndex<T> {
  /** All spellings, in the order of the items. */
  spellings: readonly Spelling<T>[];
  /** Items by the core of a name without spaces: `street games` finds `StreetGames`. */
  byCompactCore: ReadonlyMap<string, readonly T[]>;
  /** Spellings by each of their tokens, those of the core included. */
  byToken: ReadonlyMap<string, readonly Spelling<T>[]>;
  /** Spellings by the first letters of their core: `eryc`. */
  byInitials: ReadonlyMap<string, readonly Spelling<T>[]>;
  /** How many words the longest name has. */
  longest: number;
  tokensByLength: ReadonlyMap<number, readonly Token[]>;
}

/** A word of a name. */
interface Token {
  text: string;
  /** Which letters it has, as bits: see {@link similarTokens}. */
  letters: number;
}

const indexes = new WeakMap<object, unknown>();

/** The index over a list of items. It is kept as long as the list, so the list must not change. */
export function nameIndexOf<T extends Named>(items: readonly T[]): NameIndex<T> {
  const known = indexes.get(items) as NameIndex<T> | undefined;
  if (known) return known;
  const index = buildIndex(items);
  indexes.set(items, index);
  return index;
}

const spellings = new WeakMap<object, readonly Spelling<unknown>[]>();

/**
 * The spellings of an item, kept as long as the item: most items were also in the list before. Asking for them in
 * advance spreads the work of the first search.
 */
export function spellingsOf<T extends Named>(item: T): readonly Spelling<T>[] {
  const known = spellings.get(item) as readonly Spelling<T>[] | undefined;
  if (known) return known;
  const own = [item.name, ...item.aliases]
    .flatMap(nameSpellings)
    .map((tokens) => ({ item, tokens, key: tokens.join(' '), core: coreTokens(tokens) }));
  spellings.set(item, own);
  return own;
}

function buildIndex<T extends Named>(items: readonly T[]): NameIndex<T> {
  const all: Spelling<T>[] = [];
  const byCompactCore = new Map<string, T[]>();
  const byInitials = new Map<string, Spelling<T>[]>();
  let longest = 0;
  const byToken = new Map<string, Spelling<T>[]>();
  const tokensByLength = new Map<number, Token[]>();
  for (const item of items) {
    for (const spelling of spellingsOf(item)) {
      const { tokens, core } = spelling;
      all.push(spelling);
      longest = Math.max(longest, tokens.length);
      const compact = core.join('');
      // Two names of one item may be the same without spaces; they come one after the other.
      if (compact !== '' && byCompactCore.get(compact)?.at(-1) !== item)
        push(byCompactCore, compact, item);
      if (core.length >= MIN_INITIALS) push(byInitials, initialsOf(core), spelling);
      for (const token of new Set([...tokens, ...core])) push(byToken, token, spelling);
    }
  }
  for (const text of byToken.keys()) {
    push(tokensByLength, text.length, { text, letters: letterBits(text) });
  }
  return { spellings: all, byCompactCore, byToken, byInitials, longest, tokensByLength };
}

/** Fewer first letters are too easily those of another name. */
const MIN_INITIALS = 3;

const initialsOf = (tokens: readonly string[]): string =>
  tokens.map((token) => token.charAt(0)).join('');

/** Whether a word is the first letters of one of the item's names: `eryc`. */
export function hasInitials(item: Named, word: string): boolean {
  const letters = coreTokens(nameTokens(word)).join('');
  return spellingsOf(item).some(
    ({ core }) => core.length >= MIN_INITIALS && initialsOf(core) === letters,
  );
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

/** How many typing mistakes a word of this length may have and still be taken for a name's without asking. */
export function maxTypos(token: string): number {
  return token.length >= 9 ? 2 : token.length >= 5 ? 1 : 0;
}

/** Whether a typed word is a name's word, but for a few typing mistakes. */
export function isSimilar(typed: string, token: string, typos = maxTypos(typed)): boolean {
  if (typed === token) return true;
  return (
    typos > 0 && Math.abs(typed.length - token.length) <= typos && distance(typed, token) <= typos
  );
}

/** The words of all names that are the typed word but for a few typing mistakes. */
export function similarTokens<T>(
  index: NameIndex<T>,
  typed: string,
  typos = maxTypos(typed),
): string[] {
  const similar: string[] = [];
  const letters = letterBits(typed);
  for (let length = typed.length - typos; length <= typed.length + typos; length++) {
    for (const token of index.tokensByLength.get(length) ?? []) {
      // A mistake drops a letter, adds one, or both. Most words have more other letters, which is quick to see.
      if (countBits(token.letters ^ letters) > 2 * typos) continue;
      if (isSimilar(typed, token.text, typos)) similar.push(token.text);
    }
  }
  return similar;
}

/** The letters of a word, each a bit. Letters of other alphabets share bits, which only costs time. */
function letterBits(token: string): number {
  let letters = 0;
  for (let at = 0; at < token.length; at++) letters |= 1 << (token.charCodeAt(at) % 32);
  return letters;
}

function countBits(set: number): number {
  let bits = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) bits++;
  return bits;
}
