import { trimEnd } from '../base/text.ts';
import { startsClause } from './everyday-words.ts';
import {
  isSimilar,
  maxTypos,
  type Named,
  type NameIndex,
  nameIndexOf,
  type Spelling,
  similarTokens,
} from './name-index.ts';
import { mayContinueName } from './name-tail.ts';
import {
  coreTokens,
  MIN_MATCH_WEIGHT,
  nameKey,
  readTypedWords,
  type TypedWord,
  wordWeight,
} from './name-words.ts';
import {
  byName,
  itemsOf,
  type NameKind,
  type PartialMatch,
  partialMatches,
} from './partial-match.ts';
import { type WholeMatch, wholeMatch, wholeMatchWithSlips } from './whole-match.ts';

/** Whose name the words at the start of a text are. `rest` is the text after the name. */
export type Match<T extends Named = Named> =
  | { kind: 'one'; item: T; rest: string }
  /**
   * What was typed is part of these names, or they fit equally, or the words after it may belong to the name. It may be
   * one item: then it has to be asked about. Best first, at most five. `typed` is the part of the text that fits.
   */
  | { kind: 'several'; items: readonly T[]; rest: string; typed: string }
  /** No match. `near` are at most three items for a "did you mean", best first. */
  | { kind: 'none'; near: readonly T[] };

/** How many words a person's name at the start of a text may have. */
const MAX_PERSON_WORDS = 10;
/** How many words more than the longest name a text may have that is all name. */
const MORE_WORDS = 10;
/** More would be too long a question. */
const MAX_SEVERAL = 5;
const MAX_NEAR = 3;

/**
 * Finds whose name a text starts with. An organisation is found by one of its whole names, without what `coreTokens`
 * leaves out, and with a slip in a long word. Part of a name, a name that several have, and a name that may go on after
 * it (`Age UK` before `Hull rang`) are to be asked about. A person is found by any part of their name.
 */
export function matchStart<T extends Named>(
  text: string,
  items: readonly T[],
  kind: NameKind = 'organisations',
): Match<T> {
  if (kind === 'people') return personAtStart(text, items);
  const { words } = readTypedWords(text, nameIndexOf(items).longest + MORE_WORDS);
  return organisationIn(text, words, items) ?? noMatch(words, items);
}

/** Finds whose name a whole text is, by the same rules. */
export function matchWhole<T extends Named>(
  text: string,
  items: readonly T[],
  kind: NameKind = 'organisations',
): Match<T> {
  const { words, complete } = readTypedWords(text, nameIndexOf(items).longest + MORE_WORDS);
  const none = noMatch(words, items);
  if (!complete) return none;
  const last = words.length - 1;
  if (kind === 'people') {
    const found = peopleByLength(words, items)[last] ?? [];
    return found.length > 0 ? matchOf(found, text, words[last]) : none;
  }
  const whole = [wholeMatch(words, items), wholeMatchWithSlips(words, items)].find(
    (match) => match?.last === last,
  );
  if (whole) return matchOf(whole.items, text, words[last]);
  const partial = partialMatches(words, items, kind)[last] ?? [];
  if (partial.length > 0) return partialMatch(partial, text, words[last]);
  return byInitials(text, words, items, last) ?? none;
}

/** The item that a text surely or probably is, for a command that only shows something. */
export function likelyItem<T extends Named>(match: Match<T>): T | undefined {
  if (match.kind === 'one') return match.item;
  return match.kind === 'several' && match.items.length === 1 ? match.items[0] : undefined;
}

function personAtStart<T extends Named>(text: string, items: readonly T[]): Match<T> {
  const { words } = readTypedWords(text, MAX_PERSON_WORDS);
  const byLength = peopleByLength(words, items);
  const last = byLength.findLastIndex((found) => found.length > 0);
  if (last < 0) return noMatch(words, items);
  return matchOf(byLength[last] ?? [], text, words[last]);
}

/** For each number of leading words, the people that they name. */
function peopleByLength<T extends Named>(words: readonly TypedWord[], items: readonly T[]): T[][] {
  return partialMatches(words, items, 'people').map((partial, last) => {
    const whole = wholeMatch(words.slice(0, last + 1), items);
    return whole?.last === last ? [...whole.items] : itemsOf(partial);
  });
}

/** The organisation that a text starts with, or the ones to ask about; undefined if there is none. */
function organisationIn<T extends Named>(
  text: string,
  words: readonly TypedWord[],
  items: readonly T[],
): Match<T> | undefined {
  const byLength = partialMatches(words, items, 'organisations');
  const last = byLength.findLastIndex((found) => found.length > 0);
  const partial = byLength[last] ?? [];
  const continues = (end: number, found: ReadonlySet<T>) =>
    mayContinueName(text.slice(end).trim(), {
      typed: text.slice(0, end),
      isInOtherName: (word) => isInOtherName(word, found, items),
    });
  const whole = wholeMatch(words, items) ?? onlyFit(wholeMatchWithSlips(words, items), byLength);
  if (whole) {
    const end = words[whole.last]?.end ?? 0;
    const isLonger =
      last > whole.last && !startsClause(text.slice(end).trim().split(/\s/)[0] ?? '');
    const others = isLonger ? itemsOf(partial).filter((item) => !whole.items.includes(item)) : [];
    if (others.length > 0 || continues(end, new Set(whole.items)))
      return severalOf([...others, ...whole.items], text, words[whole.last]);
    return matchOf(whole.items, text, words[whole.last]);
  }
  if (partial.length === 0) return byInitials(text, words, items, 0);
  const sharing = new Set(partial.map(({ spelling }) => spelling.item));
  if (continues(words[last]?.end ?? 0, sharing)) return noMatch(words, items, partial);
  return partialMatch(partial, text, words[last]);
}

/** A match with slips, and those that contain the same words without slips. */
function onlyFit<T extends Named>(
  whole: WholeMatch<T> | undefined,
  byLength: readonly PartialMatch<T>[][],
): WholeMatch<T> | undefined {
  if (!whole) return undefined;
  const exact = (byLength[whole.last] ?? []).filter(({ typos }) => typos === 0);
  return { ...whole, items: [...new Set([...itemsOf(exact), ...whole.items])] };
}

/** Whether a word that tells names apart is in the name of another item. */
function isInOtherName<T extends Named>(
  word: string,
  found: ReadonlySet<T>,
  items: readonly T[],
): boolean {
  const key = nameKey(word);
  if (wordWeight(key) < MIN_MATCH_WEIGHT) return false;
  const spellings = nameIndexOf(items).byToken.get(key) ?? [];
  return spellings.some(({ item }) => !found.has(item));
}

/** Words that are seldom said: "Bristol Council" is Bristol City Council, "Groundwork" is Groundwork UK. */
const SELDOM_SAID = new Set(
  'city borough metropolitan charitable uk the of and ltd limited cic plc'.split(' '),
);

/** Somebody typed a part of a name: that is a question, unless only one name fits and people seldom say the rest of it. */
function partialMatch<T extends Named>(
  partial: readonly PartialMatch<T>[],
  text: string,
  word: TypedWord | undefined,
): Match<T> {
  const items = itemsOf(partial);
  const [only] = partial;
  const omitted = only ? [...only.skipped, ...only.spelling.tokens.slice(only.next)] : [];
  const isWhole =
    items.length === 1 && only?.typos === 0 && omitted.every((token) => SELDOM_SAID.has(token));
  return isWhole ? matchOf(items, text, word) : severalOf(items, text, word);
}

/** The items whose first letters somebody typed. */
function byInitials<T extends Named>(
  text: string,
  words: readonly TypedWord[],
  items: readonly T[],
  last: number,
): Match<T> | undefined {
  const [word] = words;
  const letters = coreTokens(word?.tokens ?? []).join('');
  const spellings = last === 0 ? nameIndexOf(items).byInitials.get(letters) : undefined;
  if (!spellings || startsClause(letters)) return undefined;
  const found = [...new Set(spellings.map(({ item }) => item))].sort(byName);
  return severalOf(found, text, word);
}

function matchOf<T extends Named>(
  items: readonly T[],
  text: string,
  word: TypedWord | undefined,
): Match<T> {
  const [first] = items;
  if (items.length !== 1 || !first) return severalOf(items, text, word);
  return { kind: 'one', item: first, rest: text.slice(word?.end ?? 0).trim() };
}

function severalOf<T extends Named>(
  items: readonly T[],
  text: string,
  word: TypedWord | undefined,
): Match<T> {
  const end = word?.end ?? 0;
  return {
    kind: 'several',
    items: items.slice(0, MAX_SEVERAL),
    rest: text.slice(end).trim(),
    typed: trimEnd(text.slice(0, end), ' \n\t-–—:,;.'),
  };
}

/** The near ones are looked for when somebody asks for them: it takes longer than the match. */
function noMatch<T extends Named>(
  words: readonly TypedWord[],
  items: readonly T[],
  partial: readonly PartialMatch<T>[] = [],
): Match<T> {
  return {
    kind: 'none',
    get near() {
      const first = itemsOf(partial).slice(0, MAX_NEAR);
      const others = first.length < MAX_NEAR ? nearItems(words, items) : [];
      return [...new Set([...first, ...others])].slice(0, MAX_NEAR);
    },
  };
}

/** How many of the typed words are compared: those after them are seldom part of the name. */
const MAX_NEAR_WORDS = 3;
/** Shorter words are too easily mistaken for one another. */
const MIN_SIMILAR_LENGTH = 5;

/** The words of names that a typed word may be, for a question. Of three letters one may be wrong: Acorn is not near Avon. */
function nearTokens<T>(index: NameIndex<T>, typed: string): string[] {
  const typos = maxTypos(typed) + 1;
  return similarTokens(index, typed, typos).filter(
    (token) =>
      Math.max(typed.length, token.length) >= 3 * typos || isSimilar(typed, token, typos - 1),
  );
}

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
    const similar = exactOnly ? [token] : nearTokens(index, token);
    for (const other of similar) {
      for (const spelling of index.byToken.get(other) ?? []) {
        const points = weight * (other === token ? 2 : 1);
        scores.set(spelling, (scores.get(spelling) ?? 0) + points);
      }
    }
  }
  const ranked = [...scores].sort(
    ([a, x], [b, y]) => y - x || a.tokens.length - b.tokens.length || (a.key < b.key ? -1 : 1),
  );
  return [...new Set(ranked.map(([spelling]) => spelling.item))].slice(0, MAX_NEAR);
}
