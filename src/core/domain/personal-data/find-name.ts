import { nameTokens } from '../../names/name-words.ts';

/**
 * A name as the texts are compared with it: a print of each of its words. A print is the folded word itself, or its
 * keyed hash, where the name must not be kept.
 */
export interface NamePrint {
  readonly words: readonly string[];
  /** The print of a folded word. */
  printOf(word: string): string;
}

/** Where a text has a name. */
export interface NameSpan {
  start: number;
  end: number;
  /** All words of the name are there, one after the other. A part of a name can be somebody else's. */
  isClear: boolean;
}

/** Scripts that are written without spaces: each character counts as a word. */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const APOSTROPHES = "'’‘ʼ`´";
const WORD = new RegExp(
  `[${UNSPACED}]\\p{M}*|(?:(?![${UNSPACED}])[\\p{L}\\p{M}\\p{N}\\p{Cf}${APOSTROPHES}])+`,
  'gu',
);
const AROUND_WORD = new RegExp(`^[${APOSTROPHES}]+|[${APOSTROPHES}]+$`, 'g');
const POSSESSIVE = new RegExp(`[${APOSTROPHES}]s$`, 'i');
/** Titles that are no part of a name. */
const TITLES = new Set('mr mrs ms miss mx dr prof sir dame cllr councillor rev'.split(' '));
/** A part of a name with fewer letters says nothing. */
const MIN_PART_LENGTH = 2;
/** Between two words of one name there are at most this many characters, and no end of a line. */
const MAX_GAP = 3;

interface Word {
  start: number;
  end: number;
  /** The word as it stands, without apostrophes around it. */
  text: string;
}

/** The words of a text. Hyphens part words. */
function* wordsOf(text: string): Generator<Word> {
  for (const { 0: raw, index } of text.matchAll(WORD)) {
    const lead = /^['’‘ʼ`´]*/.exec(raw)?.[0].length ?? 0;
    const word = raw.replace(AROUND_WORD, '').replace(POSSESSIVE, '');
    if (word !== '') yield { start: index + lead, end: index + lead + word.length, text: word };
  }
}

/** A word in its folded form: without capitals, accents and apostrophes. */
const fold = (word: string): string => nameTokens(word).join('');

/** The folded words of a name, without titles: what a {@link NamePrint} is made of. */
export function wordsOfName(name: string): string[] {
  const words = [...wordsOf(name)].map(({ text }) => fold(text)).filter((word) => word !== '');
  const named = words.findIndex((word) => !TITLES.has(word));
  return words.slice(Math.max(0, named));
}

/** Whether a name has these folded words, in any order. */
export const hasSameWords = (name: string, words: readonly string[]): boolean =>
  wordsOfName(name).toSorted().join(' ') === words.toSorted().join(' ');

/** The print of a name that may be kept in memory. */
export const plainPrint = (name: string): NamePrint => ({
  words: wordsOfName(name),
  printOf: (word) => word,
});

interface ReadWord {
  print: string;
  /** How many letters the folded word has. */
  letters: number;
}

/** How many words a search remembers. The words of notes are mostly the same few thousand. */
const MAX_WORDS_REMEMBERED = 50_000;
const readWords = new WeakMap<NamePrint, Map<string, ReadWord>>();

/** Folds a word and makes its print, once for each search. */
function readWord(word: string, search: NamePrint): ReadWord {
  const known = readWords.get(search) ?? new Map<string, ReadWord>();
  readWords.set(search, known);
  const existing = known.get(word);
  if (existing) return existing;
  const folded = fold(word);
  const read = { print: search.printOf(folded), letters: [...folded].length };
  if (known.size < MAX_WORDS_REMEMBERED) known.set(word, read);
  return read;
}

/**
 * Finds a name in a text, by whole words. The words of a name may come in any order ("Doe, Jane"). A name of a single word
 * is never clear, since others can have it too.
 */
export function findName(text: string, search: NamePrint): NameSpan[] {
  const own = new Set(search.words);
  const spans: NameSpan[] = [];
  let run: { prints: Set<string>; start: number; end: number; letters: number } | undefined;
  const endRun = () => {
    if (!run) return;
    const { prints, start, end, letters } = run;
    const isClear = own.size > 1 && prints.size === own.size;
    if (isClear || letters >= MIN_PART_LENGTH) spans.push({ start, end, isClear });
    run = undefined;
  };
  for (const { start, end, text: word } of wordsOf(text)) {
    const { print, letters } = readWord(word, search);
    if (letters === 0) continue;
    if (!own.has(print)) {
      endRun();
      continue;
    }
    if (run && !isGap(text.slice(run.end, start))) endRun();
    // A second "Jane" after "Jane Doe" is a mention of its own.
    if (run?.prints.size === own.size) endRun();
    run ??= { prints: new Set(), start, end, letters: 0 };
    run.prints.add(print);
    run.end = end;
    run.letters = Math.max(run.letters, letters);
  }
  endRun();
  return spans;
}

const isGap = (between: string): boolean => between.length <= MAX_GAP && !between.includes('\n');
