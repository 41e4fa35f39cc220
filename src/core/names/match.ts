import { trimEnd } from '../base/trim-end.ts';
import { indexOf, isNear, type Named, type Spelling, tokensNear } from './match-index.ts';
import { byName, nearItems } from './match-near.ts';
import { ENOUGH, isTie, weightOf } from './name-weight.ts';
import { type TypedWord, typedWords } from './typed-words.ts';

export type { Named } from './match-index.ts';
export { nameKey } from './name-key.ts';
export { nearest } from './nearest.ts';

/** What the words at the start of a text name. */
export type Match<T extends Named = Named> =
  | { kind: 'one'; item: T; rest: string }
  /** Best first, at most five. `typed` is what they all fit. */
  | { kind: 'several'; items: readonly T[]; rest: string; typed: string }
  /** Nothing that may be taken without asking; `near` are at most three, for "did you mean". */
  | { kind: 'none'; near: readonly T[] };

/** Of people every name is their own: "Young" says who, though of organisations it would not. */
export type Sort = 'organisations' | 'people';

/** How many words a name at the start of a text is looked for in, and a name that is the whole text. */
const LONGEST_START = 10;
const LONGEST_WHOLE = 30;
/** More than five are no longer a question one can answer at a glance. */
const ASKED = 5;

/**
 * Finds whose name the text starts with. The longest fitting start wins; for it an exact name or alias goes before
 * words that stand in a name in that order (riverside council ~ Riverside Borough Council), and these before the
 * same with small slips. A word that many names share matches nobody by itself.
 */
export function matchStart<T extends Named>(
  text: string,
  named: readonly T[],
  sort: Sort = 'organisations',
): Match<T> {
  const { words } = typedWords(text, LONGEST_START);
  const fits = fitsOf(words, named, sort);
  const length = fits.findLastIndex((items) => items.length > 0);
  return matchOf(text, words, length, fits[length], named);
}

/** Finds whose name the whole text is, by the same rules. */
export function matchWhole<T extends Named>(
  text: string,
  named: readonly T[],
  sort: Sort = 'organisations',
): Match<T> {
  const { words, all } = typedWords(text, LONGEST_WHOLE);
  const last = words.length - 1;
  const items = all ? (fitsOf(words, named, sort)[last] ?? []) : [];
  return matchOf(text, words, last, items, named);
}

function matchOf<T extends Named>(
  text: string,
  words: readonly TypedWord[],
  last: number,
  items: readonly T[] = [],
  named: readonly T[],
): Match<T> {
  const [first] = items;
  const end = words[last]?.end ?? 0;
  if (!first) return { kind: 'none', near: nearItems(words, named) };
  const rest = text.slice(end).trim();
  if (items.length === 1) return { kind: 'one', item: first, rest };
  return {
    kind: 'several',
    items: items.slice(0, ASKED),
    rest,
    typed: trimEnd(text.slice(0, end), ' \n\t-–—:,;.'),
  };
}

/** A name that the words typed so far are part of, in order. */
interface Way<T> {
  spelling: Spelling<T>;
  /** How many words of the name are behind. */
  at: number;
  weight: number;
  slips: number;
}

/** For each number of leading words, what they name: the items of the best tier. */
function fitsOf<T extends Named>(
  words: readonly TypedWord[],
  named: readonly T[],
  sort: Sort,
): T[][] {
  const { exact } = indexOf(named);
  const fits: T[][] = [];
  const marks: string[] = [];
  let typed = '';
  let ways: Way<T>[] | undefined;
  for (const word of words) {
    marks.push(...word.marks);
    typed += word.tokens.join('');
    if (word.tokens.length > 0)
      ways = ways ? stepped(ways, word, sort) : started(word, named, sort);
    const same = [...new Set(exact.get(typed))].sort(byName);
    const items = same.length > 0 ? same : bestOf(ways ?? [], word);
    fits.push(items.filter((item) => hasMarks(item, marks)));
  }
  return fits;
}

/** A name reaches over an emoji or a lone mark only if it has it; else that belongs to the note. */
function hasMarks({ name, aliases }: Named, marks: readonly string[]): boolean {
  if (marks.length === 0) return true;
  return [name, ...aliases].some((own) => marks.every((mark) => own.includes(mark)));
}

function bestOf<T extends Named>(ways: readonly Way<T>[], last: TypedWord): T[] {
  if (isTie(last.tokens.at(-1) ?? '')) return [];
  const enough = ways.filter((way) => way.weight >= ENOUGH);
  const clean = enough.filter((way) => way.slips === 0);
  const best = (clean.length > 0 ? clean : enough).toSorted(
    (a, b) =>
      a.slips - b.slips ||
      a.spelling.tokens.length - b.spelling.tokens.length ||
      byName(a.spelling.item, b.spelling.item),
  );
  return [...new Set(best.map((way) => way.spelling.item))];
}

/** Every name that has the first word in it, or nearly. */
function started<T extends Named>(word: TypedWord, named: readonly T[], sort: Sort): Way<T>[] {
  const index = indexOf(named);
  const firsts = [word.tokens[0], word.split[0]].filter((token) => token !== undefined);
  const near = new Set(firsts.flatMap((token) => [token, ...tokensNear(index, token)]));
  const spellings = new Set([...near].flatMap((token) => index.byToken.get(token) ?? []));
  return stepped([...spellings].map(atStart), word, sort);
}

const atStart = <T>(spelling: Spelling<T>): Way<T> => ({ spelling, at: 0, weight: 0, slips: 0 });

function stepped<T>(ways: readonly Way<T>[], word: TypedWord, sort: Sort): Way<T>[] {
  return ways
    .map((way) => after(way, word.tokens, sort) ?? after(way, word.split, sort))
    .filter((way) => way !== undefined);
}

/** The way after some more words of the name, each as it stands or with a slip. */
function after<T>(way: Way<T>, tokens: readonly string[], sort: Sort): Way<T> | undefined {
  if (tokens.length === 0) return undefined;
  let { at, weight, slips } = way;
  const name = way.spelling.tokens;
  for (const token of tokens) {
    const exact = name.indexOf(token, at);
    const found =
      exact >= 0 ? exact : name.findIndex((own, place) => place >= at && isNear(token, own));
    if (found < 0) return undefined;
    if (exact < 0) slips++;
    weight += sort === 'people' ? ENOUGH : weightOf(name[found] ?? '');
    at = found + 1;
  }
  return { ...way, at, weight, slips };
}
