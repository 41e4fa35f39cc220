import { isDateWord, plainWord } from './date-words.ts';
import { dayOf } from './day.ts';
import { readDate, type WhenContext } from './read-date.ts';
import { interpretRepeat, type RepeatWords } from './read-repeat.ts';
import { possibleValues, type Reading } from './reading.ts';
import type { DateReading, When } from './when.ts';

/** A date within a text. */
export interface FoundDay {
  reading: DateReading;
  /** Where its words begin and end in the text: `text.slice(start, end)`. */
  start: number;
  end: number;
  /**
   * True: the words surely say when ("by friday", "tomorrow at 3", "last tuesday"). False: they may belong to the text
   * ("the Friday lunch club", "Monday's meeting", "Easter fair").
   */
  isSure: boolean;
}

/** How often something repeats, within a text. `isSure` as for {@link FoundDay}: "weekly meeting" may belong to the text. */
export interface FoundRepeat {
  reading: Reading<RepeatWords>;
  start: number;
  end: number;
  isSure: boolean;
}

/** A word of a text, and where it stands. */
interface Word {
  text: string;
  start: number;
  end: number;
}

/** A date in a text may have as many words. */
const MAX_DATE_WORDS = 10;
/** How many words of a text are looked at. */
const MAX_WORDS = 400;

/** Words that a date can begin with, besides those that are dates themselves. */
const LEADS = new Set('by due until till within no a an some sometime'.split(' '));

/**
 * Finds a date in free words: the first that surely says when, else the first that may belong to the text. In the future
 * tense, days that have been are not found; in the past tense, days to come and days by which something is due are not.
 * @returns undefined if there is none.
 */
export function findDayIn(text: string, context: WhenContext): FoundDay | undefined {
  const found = findDaysIn(text, context);
  return found.find(({ isSure }) => isSure) ?? found[0];
}

/** Finds all dates in free words, in order: see {@link findDayIn}. */
function findDaysIn(text: string, context: WhenContext): FoundDay[] {
  const words = wordsOf(text);
  const found: FoundDay[] = [];
  for (let at = 0; at < words.length; at++) {
    const next = longestDateAt(words, at, text, context);
    if (!next) continue;
    at = next.last;
    if (fitsContext(next.found, words[next.first - 1]?.text, text, context)) found.push(next.found);
  }
  return found;
}

/** A repeat may have as many words: it may have a date as its end. */
const MAX_REPEAT_WORDS = 12;
const REPEATS =
  /^(?:every|each|daily|weekly|fortnightly|monthly|quarterly|yearly|annually|once|(?:mon|tues|wednes|thurs|fri|satur|sun)days)$/;

/**
 * Finds how often something repeats in free words: `every tuesday at 7`, `weekly`, `mondays and thursdays`.
 * @returns the first that is surely meant, else the first; undefined if there is none.
 */
export function findRepeatIn(text: string): FoundRepeat | undefined {
  const words = wordsOf(text);
  const found: FoundRepeat[] = [];
  for (let at = 0; at < words.length; at++) {
    const first = words[at];
    if (!first || !REPEATS.test(first.text.toLowerCase())) continue;
    for (let last = Math.min(words.length, at + MAX_REPEAT_WORDS) - 1; last >= at; last--) {
      const end = words[last]?.end ?? 0;
      const reading = interpretRepeat(text.slice(first.start, end));
      if (!reading) continue;
      const after = wordAfter(words, last, text);
      const begins = at === 0 && /^(?:every|each)$/i.test(first.text);
      const isSure = begins || after === undefined || NEXT_PART.test(after);
      found.push({ reading, start: first.start, end, isSure });
      at = last;
      break;
    }
  }
  return found.find(({ isSure }) => isSure) ?? found[0];
}

/** Whether a date can be what is looked for. "Every friday" is a repeat. */
function fitsContext(
  { reading, start, end }: FoundDay,
  before: string | undefined,
  text: string,
  { now, zone, tense }: WhenContext,
): boolean {
  if (/^(?:every|each)$/i.test(before ?? '')) return false;
  if (
    tense === 'past' &&
    /^(?:by|due|before|until|till|no|in|within) /i.test(text.slice(start, end))
  )
    return false;
  const today = dayOf(now, zone);
  const fits = ({ day }: When) => (tense === 'past' ? day <= today : day >= today);
  return reading.kind === 'refused' || possibleValues(reading).some(fits);
}

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(/\S+/g)) {
    if (words.length === MAX_WORDS) break;
    const word = match[0].replace(/^[("'“‘]+|[)"”,.;:!?]+$/g, '');
    const start = match.index + match[0].indexOf(word);
    words.push({ text: word, start, end: start + word.length });
  }
  return words;
}

function longestDateAt(
  words: readonly Word[],
  at: number,
  text: string,
  context: WhenContext,
): { found: FoundDay; first: number; last: number } | undefined {
  const first = words[at];
  const begins = first && plainWord(withoutPossessive(first.text));
  if (!begins || !(LEADS.has(begins) || isDateWord(begins))) return undefined;
  for (let last = Math.min(words.length, at + MAX_DATE_WORDS) - 1; last >= at; last--) {
    const whole = text.slice(first.start, words[last]?.end);
    const isPossessive = readIn(whole, context) === undefined && withoutPossessive(whole) !== whole;
    const date = isPossessive ? withoutPossessive(whole) : whole;
    const reading = readIn(date, context);
    if (!reading) continue;
    const after = wordAfter(words, last, text);
    const isSure = !isPossessive && saysWhen(date, reading, words[at - 1]?.text ?? '', after);
    const end = first.start + date.length;
    const start = isSure ? first.start : first.start + (/^the /i.exec(date)?.[0].length ?? 0);
    return { found: { reading, start, end, isSure }, first: at, last };
  }
  return undefined;
}

const withoutPossessive = (words: string): string => words.replace(/['’]s$/i, '');

/** The next word of the sentence. A comma, a full stop or a bracket ends it. */
function wordAfter(words: readonly Word[], last: number, text: string): string | undefined {
  const [current, next] = [words[last], words[last + 1]];
  if (!current || !next || text.slice(current.end, next.start).trim() !== '') return undefined;
  return next.text.toLowerCase();
}

/** Reads words within a text. A date does not end with a word that leads to more, such as "and". */
function readIn(words: string, context: WhenContext): DateReading | undefined {
  if (/\s(?:and|or|to|the|of|on|at|by|in|-)$/i.test(words) || !isDateInText(words.toLowerCase()))
    return undefined;
  const reading = readDate(words, context);
  return reading?.kind === 'refused' && !/\d/.test(words) ? undefined : reading;
}

const WORDS_TOO =
  /^(?:(?:right |just )?now|lunch|lunchtime|noon|midday|midnight|later|earlier|new year|jan|feb|mar|march|apr|april|may|june?|july?|aug|august|sept?|september|oct|october|nov|november|dec|december|january|february|mon|wed|sat|sun)$/;
const NUMBER = /^(?:the )?\d+(?:st|nd|rd|th)?$|^[\d.:-]+$/;
const DATE_IN_NUMBERS = /^\d{4}-\d\d-\d\d$|^\d{1,2}:\d\d$|^\d{1,2}[-.]\d{1,2}[-.]\d{2,4}$/;
const LENGTH =
  /^(?:an? |half |couple |few |several |of |one |two |three |four |five |six |ten |twelve |\d[\d.]* ?)+(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|fortnights?|months?|quarters?|years?|yrs?|h|d|w|m)(?: and .+)?$/;

/**
 * Whether words that are a date when nothing else is said are one within a text. Bare numbers, bare times such as "9.30",
 * lengths without "in" or "ago", and names that are words too ("may", "lunch") are not.
 */
function isDateInText(words: string): boolean {
  if (WORDS_TOO.test(words)) return false;
  if (NUMBER.test(words)) return DATE_IN_NUMBERS.test(words);
  return !LENGTH.test(words);
}

const PREPOSITION = /^(?:by|on|before|after|until|till|due|within|no later than) /i;
const RELATIVE =
  /\b(?:today|tonight|tomm?orr?ow|tmrw|2moro|yesterday|next|last|coming|upcoming|ago|time|in|within|gone|wk|week|fortnight)\b/i;
const CLOCK =
  /\b(?:\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|a\.m|p\.m)|\d{1,2}:\d\d|at \S+|half \S+|noon|midday|o'?clock)\b/i;
/** A time without am or pm, and without a day: "at 3 High Street". */
const BARE_TIME = /^(?:at |half )\S+$/i;
/** Words that begin the next part of a sentence: a date before them does not describe them. */
const NEXT_PART =
  /^(?:about|to|and|with|for|at|in|on|re|regarding|because|so|if|when|then|but|or|that|who|please|via|as|from|by|ring|call|send|email|ask|tell|buy|book|chase|write|check|visit|i|we|they|she|he|[-–—&+].*)$/;
/** Words after which a date says which thing is meant. */
const DESCRIBED_BY = /^(?:the|for|of|about|re|our|your|their|my|his|her|a|an|from)$/i;
/** Days that are also the season around them. */
const SEASON = /^(?:easter|christmas|xmas|halloween)$/i;

/** Whether words say when something is to be done or was done, rather than which thing is meant. */
function saysWhen(
  date: string,
  reading: DateReading,
  before: string,
  after: string | undefined,
): boolean {
  if (DESCRIBED_BY.test(before)) return false;
  const continues = after !== undefined && !NEXT_PART.test(after);
  const hasThe = /\bthe (?!end|latest|first|last|next|day|week|\d)/i.test(date);
  const isOpen = reading.kind === 'choice' && /^(?:in )?[a-z]+$/i.test(date);
  if (continues && (hasThe || isOpen || BARE_TIME.test(date))) return false;
  if (after !== undefined && /^(?:mornings|afternoons|evenings|nights)$/.test(after)) return false;
  if (PREPOSITION.test(date) || CLOCK.test(date) || RELATIVE.test(date)) return true;
  return !continues && !hasThe && !SEASON.test(date);
}
