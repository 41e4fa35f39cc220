import { distance } from 'fastest-levenshtein';
import { keyTokens } from './name-key.ts';

/** Something with names to be found by. */
export interface Named {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
}

/** One way to write one name of an item, in words. */
export interface Spelling<T> {
  item: T;
  tokens: readonly string[];
}

/** A word of a name, with its letters as a set of bits. */
interface Token {
  text: string;
  letters: number;
}

/** The names of many items, prepared once: 2,000 partners take tens of milliseconds, a look-up well under one. */
export interface NameIndex<T> {
  /** By the name's key without its spaces: `street games` is `StreetGames`. */
  exact: ReadonlyMap<string, readonly T[]>;
  byToken: ReadonlyMap<string, readonly Spelling<T>[]>;
  tokensByLength: ReadonlyMap<number, readonly Token[]>;
}

const indexes = new WeakMap<object, unknown>();

/** The index over a list of items, built when it is first asked for: the list must not change afterwards. */
export function indexOf<T extends Named>(named: readonly T[]): NameIndex<T> {
  const known = indexes.get(named) as NameIndex<T> | undefined;
  if (known) return known;
  const index = build(named);
  indexes.set(named, index);
  return index;
}

function build<T extends Named>(named: readonly T[]): NameIndex<T> {
  const exact = new Map<string, T[]>();
  const byToken = new Map<string, Spelling<T>[]>();
  const tokensByLength = new Map<number, Token[]>();
  for (const item of named) {
    const names = [item.name, ...item.aliases];
    for (const tokens of names.flatMap(spellings)) {
      const key = compact(tokens);
      // An item is listed last by whichever of its names came just before.
      if (key !== '' && exact.get(key)?.at(-1) !== item) push(exact, key, item);
      const spelling = { item, tokens };
      for (const token of new Set(tokens)) push(byToken, token, spelling);
    }
  }
  for (const text of byToken.keys()) {
    push(tokensByLength, text.length, { text, letters: lettersOf(text) });
  }
  return { exact, byToken, tokensByLength };
}

/** `Stoke-on-Trent` may be typed as one word, or as three. */
function spellings(name: string): string[][] {
  const whole = withoutThe(keyTokens(name));
  if (!/[-\u2010\u2011]/.test(name)) return [whole];
  const split = withoutThe(keyTokens(name.replace(/[-\u2010\u2011]/g, ' ')));
  return split.length === whole.length ? [whole] : [whole, split];
}

const withoutThe = (tokens: string[]): string[] =>
  tokens.length > 1 && tokens[0] === 'the' ? tokens.slice(1) : tokens;

/** Words run together, as exact names are compared. */
const compact = (tokens: readonly string[]): string => tokens.join('');

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

/** How many slips of the finger a word of this length may have. */
export function slipsIn(token: string): number {
  return token.length >= 9 ? 2 : token.length >= 5 ? 1 : 0;
}

/** Whether two words are the same but for small slips. */
export function isNear(typed: string, token: string, slips = slipsIn(typed)): boolean {
  if (typed === token) return true;
  return (
    slips > 0 && Math.abs(typed.length - token.length) <= slips && distance(typed, token) <= slips
  );
}

/** Every known word that is the typed one but for small slips. */
export function tokensNear<T>(
  index: NameIndex<T>,
  typed: string,
  slips = slipsIn(typed),
): string[] {
  const found: string[] = [];
  const letters = lettersOf(typed);
  for (let length = typed.length - slips; length <= typed.length + slips; length++) {
    for (const token of index.tokensByLength.get(length) ?? []) {
      // A slip takes one letter away, or adds one, or both: most words differ by more, which is told at once.
      if (bitsIn(token.letters ^ letters) > 2 * slips) continue;
      if (isNear(typed, token.text, slips)) found.push(token.text);
    }
  }
  return found;
}

/** The letters of a word, each a bit; other alphabets share them. */
function lettersOf(token: string): number {
  let letters = 0;
  for (let at = 0; at < token.length; at++) letters |= 1 << (token.charCodeAt(at) % 32);
  return letters;
}

function bitsIn(set: number): number {
  let bits = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) bits++;
  return bits;
}
