import { trimEnd } from '../base/text.ts';
import { monthNumber, readIsoDay, type Tense } from './calendar-date.ts';
import { addToDay, type Day, dayOf, instantOf, type Minute, minuteOf } from './day.ts';
import { partOfDay, readDayPhrase } from './day-phrase.ts';
import {
  type ClockTime,
  halfOfDay,
  minuteOfClockTime,
  normalizeWords,
  readClockTime,
} from './time-of-day.ts';
import { readCount, readTimeSpan } from './time-span.ts';
import { WEEKDAY_NUMBERS } from './weekdays.ts';

/** A day, and an instant if a clock time was given. `fromNow`: it was given as a distance (`in 20 minutes`). */
export interface When {
  day: Day;
  at?: Date;
  fromNow?: true;
}

/** What a date is read against. */
export interface WhenContext {
  now: Date;
  /** The zone of the person who typed it: an IANA name. */
  zone: string;
  /** Whether a bare "friday" is the next or the last one. */
  tense: Tense;
}

/**
 * Reads a date as people write it: `friday`, `14 Dec 3pm`, `in 2 weeks`, `2026-12-14`, `in 20 seconds`.
 * The whole text must be the date. The caller decides whether a date in the past is allowed.
 * @returns undefined for what is not a date, or is an impossible one (31 Feb, 25:00).
 */
export function readWhen(text: string, context: WhenContext): When | undefined {
  const words = normalizeWords(text);
  // "sat" and "sun" are words in their own right; "on sun" and "sun 3pm" are days.
  if (words === undefined || words === 'sat' || words === 'sun') return undefined;
  return (
    readTimestamp(words, context) ?? readDistance(words, context) ?? readDayAndTime(words, context)
  );
}

/** Examples of dates that work, as a sentence: `Try "friday", "14 Dec 3pm" or "in 2 weeks".` */
export function dateExamples(tense: Tense): string {
  return tense === 'future'
    ? 'Try "friday", "14 Dec 3pm" or "in 2 weeks".'
    : 'Try "yesterday", "last tuesday", "14 Dec" or "3 days ago".';
}

/** An instant with its offset, as programs write it: `2026-12-14T15:00:00Z`. */
function readTimestamp(words: string, { zone }: WhenContext): When | undefined {
  const match =
    /^(\d{4}-\d{2}-\d{2})[t ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?(?:z|[+-]\d{2}:\d{2})$/.exec(
      words,
    );
  if (!match || !readIsoDay(match[1] ?? '') || Number(match[2]) > 23) return undefined;
  const at = new Date(words.replace(' ', 'T').toUpperCase());
  return Number.isNaN(at.getTime()) ? undefined : { day: dayOf(at, zone), at };
}

/** `in 20 seconds`, `2 hours ago`, `now`. */
function readDistance(words: string, { now, zone }: WhenContext): When | undefined {
  const ms = readTimeSpan(words);
  if (ms === undefined) return undefined;
  const at = new Date(now.getTime() + ms);
  return { day: dayOf(at, zone), at, fromNow: true };
}

/** A day, a clock time, or both in either order. Tries every way to split the words, the day alone first. */
function readDayAndTime(words: string, context: WhenContext): When | undefined {
  const { now, zone, tense } = context;
  const today = dayOf(now, zone);
  const dayAlone = readDayPhrase(words, today, tense);
  if (dayAlone) return { day: dayAlone };
  const timeAlone = readClockTime(withoutAt(words));
  if (timeAlone) return canBeTime(timeAlone, words) ? nextTime(timeAlone, context) : undefined;

  const tokens = words.replace(/(\d)t(\d\d:\d\d)(:00)?$/, '$1 $2').split(' ');
  for (let split = 1; split < tokens.length; split++) {
    const head = tokens.slice(0, split).join(' ');
    const tail = tokens.slice(split).join(' ');
    const found =
      dayWithTime(head, tail, context, today) ?? dayWithTime(tail, head, context, today);
    if (found) return found;
  }
  return undefined;
}

function dayWithTime(
  dayWords: string,
  timeWords: string,
  { zone, tense }: WhenContext,
  today: Day,
): When | undefined {
  const time = readClockTime(withoutAt(timeWords));
  if (!time || !canBeTime(time, timeWords)) return undefined;
  // "Friday midnight" may be either end of Friday: we do not guess.
  if (timeWords.includes('midnight')) return undefined;
  const day = readDayPhrase(dayWords.replace(/ at$/, ''), today, tense);
  const minute = likelyMinute(time, partOfDay(dayWords));
  if (day === undefined || minute === undefined) return undefined;
  return whenAt(day, minute, zone);
}

/** The next such clock time from now on, or the latest in the past tense. */
function nextTime(time: ClockTime, { now, zone, tense }: WhenContext): When | undefined {
  const minute = likelyMinute(time);
  if (minute === undefined) return undefined;
  const today = dayOf(now, zone);
  const hasPassed = minute <= minuteOf(now, zone);
  if (tense === 'future')
    return whenAt(hasPassed ? addToDay(today, { days: 1 }) : today, minute, zone);
  return whenAt(hasPassed ? today : addToDay(today, { days: -1 }), minute, zone);
}

/**
 * Reads a clock time as it is spoken: `at 3` is in the afternoon, `9am`, `17:30`. A bare number needs its "at".
 * @returns undefined for anything else, and for midnight, which may be either end of a day.
 */
export function readSpokenTime(words: string): Minute | undefined {
  const time = words.includes('midnight') ? undefined : readClockTime(withoutAt(words));
  return time && canBeTime(time, words) ? likelyMinute(time) : undefined;
}

/** A bare number is a time only after "at". */
const canBeTime = (time: ClockTime, words: string): boolean =>
  !time.bare || words.startsWith('at ');

/** Without am or pm, "at 3" is in the afternoon and "at 9" in the morning, unless a part of the day was named. */
function likelyMinute(time: ClockTime, part?: string): Minute | undefined {
  if (time.half || time.exact || time.hour === 0) return minuteOfClockTime(time);
  const half = part ? halfOfDay(part, time.hour) : time.hour <= 6 ? 'pm' : 'as written';
  if (!half) return undefined;
  return minuteOfClockTime(half === 'as written' ? time : { ...time, half });
}

function whenAt(day: Day, minute: Minute, zone: string): When {
  const at = instantOf(day, minute, zone);
  return { day: dayOf(at, zone), at };
}

const withoutAt = (words: string): string => words.replace(/^(at |@ ?)/, '');

const UNIT_WORD = /^(second|sec|minute|min|hour|hr|day|week|wk|fortnight|month|quarter|year|yr)s?$/;
const DATE_WORDS = new Set(
  `today tomorrow tonight yesterday now next last this coming ago from after before in end start of the on at by
  noon midday midnight morning afternoon evening night am pm o'clock half past quarter to and`.split(
    /\s+/,
  ),
);
const CONNECTIVES = new Set(['at', 'on', 'of', '@', 'by']);

/** How many of the first words sound like a date: the part to quote when it cannot be read. */
export function countDateWords(words: readonly string[]): number {
  const end = words.findIndex((word) => !isDateWord(plainWord(word)));
  return end < 0 ? words.length : end;
}

function isDateWord(word: string): boolean {
  return (
    /\d/.test(word) ||
    DATE_WORDS.has(word) ||
    WEEKDAY_NUMBERS.has(word) ||
    UNIT_WORD.test(word) ||
    monthNumber(word) !== undefined ||
    readCount(word) !== undefined
  );
}

/** Whether the words after a date still belong to it: "25:00", "14 dec" or "at 31" after "friday", but not "3 boxes". */
export function continuesDate(rest: string): boolean {
  const [first = '', second = '', third = ''] = rest.slice(0, 80).split(/\s+/).map(plainWord);
  return CONNECTIVES.has(first) ? startsDatePart(second, third) : startsDatePart(first, second);
}

function startsDatePart(word: string, next: string): boolean {
  if (['noon', 'midday', 'midnight', 'ago', 'am', 'pm'].includes(word)) return true;
  if (/^\d+$/.test(word)) {
    return (
      next === '' ||
      monthNumber(next) !== undefined ||
      UNIT_WORD.test(next) ||
      /^(am|pm|o'clock)$/.test(next)
    );
  }
  return /^\d+([:./-]\d|am|pm|st|nd|rd|th|h$)/.test(word);
}

const plainWord = (word: string): string => trimEnd(word.toLowerCase(), ',.;!?');
