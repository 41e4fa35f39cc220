import { quoteShort } from '../../base/text.ts';
import { monthNumber, readCalendarDate } from '../../dates/calendar-date.ts';
import type { Day, Minute } from '../../dates/day.ts';
import { readSpokenTime } from '../../dates/read-date.ts';
import { normalizeWords } from '../../dates/time-of-day.ts';
import { readCount } from '../../dates/time-span.ts';
import { readWeekdays } from '../../dates/weekdays.ts';
import { ORDINALS } from '../../domain/followups/repeat-text.ts';
import { rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';

/** How often something repeats, as far as the words say. */
export interface RepeatWords {
  unit: 'day' | 'week' | 'month';
  /** How many units; a year is twelve months. */
  count: number;
  /** On which days of the unit; undefined if the words leave it to the first day ("monthly"). */
  on?: { days: number[] } | { date: number } | { nth: number; weekday: number };
  /** 1 to 12, if a month of the year is named. */
  month?: number;
  minute?: Minute;
}

/** The longest text that is read, in characters: six weekdays by name and a clock time fit in. */
const MAX_TEXT_LENGTH = 100;

const EXAMPLES = rich`Try "every monday", "every 2 weeks on friday", "monthly on the 15th", "the last friday of the month" or "every year on 1 April", and a time such as "at 9am" if you like.`;

/**
 * Reads how often something repeats, as people write it.
 * @throws UserError with examples if the text cannot be read.
 */
export function readRepeatOrThrow(text: string): RepeatWords {
  const wording = readRepeat(text);
  if (wording) return wording;
  throw new UserError(rich`I can't read "${quoteShort(text)}" as how often. ${EXAMPLES}`, 'repeat');
}

/** @returns how often something repeats, or undefined if the text does not say so. */
export function readRepeat(text: string): RepeatWords | undefined {
  const words = normalizeWords(text, MAX_TEXT_LENGTH)?.replaceAll('-', ' to ');
  if (words === undefined) return undefined;
  const whole = daysIn(words);
  if (whole) return whole;
  const tokens = words.split(' ');
  for (let cutAt = 1; cutAt < tokens.length; cutAt++) {
    const head = tokens.slice(0, cutAt).join(' ');
    const tail = tokens.slice(cutAt).join(' ');
    const found =
      atTime(head, tail) ?? (/^(every|each) /.test(tail) ? atTime(tail, head) : undefined);
    if (found) return found;
  }
  return undefined;
}

function atTime(days: string, clock: string): RepeatWords | undefined {
  const minute = readSpokenTime(clock);
  const wording = minute === undefined ? undefined : daysIn(days);
  return wording && minute !== undefined ? { ...wording, minute } : undefined;
}

const SINGLE: ReadonlyMap<string, RepeatWords> = new Map([
  ['daily', { unit: 'day', count: 1 }],
  ['weekly', { unit: 'week', count: 1 }],
  ['fortnightly', { unit: 'week', count: 2 }],
  ['monthly', { unit: 'month', count: 1 }],
  ['quarterly', { unit: 'month', count: 3 }],
  ['yearly', { unit: 'month', count: 12 }],
  ['annually', { unit: 'month', count: 12 }],
]);
const REPEATS_BY_UNIT: ReadonlyMap<string, RepeatWords> = new Map([
  ['day', { unit: 'day', count: 1 }],
  ['week', { unit: 'week', count: 1 }],
  ['fortnight', { unit: 'week', count: 2 }],
  ['month', { unit: 'month', count: 1 }],
  ['quarter', { unit: 'month', count: 3 }],
  ['year', { unit: 'month', count: 12 }],
]);
/** The highest count, as in "every 99 days". */
const MAX_COUNT = 99;

/** Reads how often something repeats and on which days, without a clock time. */
function daysIn(words: string): RepeatWords | undefined {
  const [, first = '', on] = /^([a-z]+)(?: on (.+))?$/.exec(words) ?? [];
  const named = SINGLE.get(first);
  if (named) return withDays(named, on);
  const counted =
    /^(?:every|each|once a|once every) (?:(other|[a-z]+|\d+) )?(day|week|fortnight|month|quarter|year)s?(?: on (.+))?$/.exec(
      words,
    );
  if (counted) return countedUnit(counted[1], counted[2] ?? '', counted[3]);
  // "The last friday of the month", "1 april every year".
  const turned = /^(?:every |on )?(.+?) (?:of (?:the|every|each)|every|each) (month|year)$/.exec(
    words,
  );
  if (turned) return withDays(REPEATS_BY_UNIT.get(turned[2] ?? ''), turned[1]);
  const phrase = words.replace(/^(?:every|each|on) /, '');
  const otherWeek = /^other (.+)$/.exec(phrase);
  if (otherWeek) return withDays({ unit: 'week', count: 2 }, otherWeek[1]);
  return (
    withDays({ unit: 'week', count: 1 }, phrase) ??
    (/^(?:the )?last /.test(phrase) ? withDays({ unit: 'month', count: 1 }, phrase) : undefined) ??
    withDays({ unit: 'month', count: 12 }, phrase)
  );
}

function countedUnit(times: string | undefined, unit: string, on: string | undefined) {
  const one = REPEATS_BY_UNIT.get(unit);
  const count = times === undefined ? 1 : times === 'other' ? 2 : readCount(times);
  if (!one || count === undefined || count < 1 || count > MAX_COUNT) return undefined;
  return withDays({ ...one, count: one.count * count }, on);
}

/** Adds the days to a count of units. @returns undefined if the unit has no such days. */
function withDays(
  wording: RepeatWords | undefined,
  on: string | undefined,
): RepeatWords | undefined {
  if (!wording || on === undefined) return wording;
  const words = on.replace(/^(?:the|on) /, '');
  if (wording.unit === 'day') return undefined;
  if (wording.unit === 'week') return weekDays(wording, words);
  return wording.count % 12 === 0 ? yearDay(wording, words) : monthDay(wording, words);
}

function weekDays(wording: RepeatWords, words: string): RepeatWords | undefined {
  const days = readWeekdays(words.replace(/\bweek(day|end)\b/, 'week$1s'));
  if (!days) return undefined;
  return days.length === 7 && wording.count === 1
    ? { unit: 'day', count: 1 }
    : { ...wording, on: { days } };
}

function monthDay(wording: RepeatWords, words: string): RepeatWords | undefined {
  if (words === 'last day') return { ...wording, on: { date: 31 } };
  const date = Number(/^(\d{1,2})(?:st|nd|rd|th)?$/.exec(words)?.[1] ?? 0);
  if (date >= 1 && date <= 31) return { ...wording, on: { date } };
  const nth = nthWeekday(words);
  return nth && { ...wording, on: nth };
}

const NUMBERS = new Map([
  ['1st', 1],
  ['2nd', 2],
  ['3rd', 3],
  ['4th', 4],
]);

function nthWeekday(words: string): { nth: number; weekday: number } | undefined {
  const [which = '', day = '', ...more] = words.split(' ');
  const nth = ORDINALS.get(which) ?? NUMBERS.get(which);
  const [weekday, ...others] = /^(weekdays?|weekends?|daily|all)$/.test(day)
    ? []
    : (readWeekdays(day) ?? []);
  if (nth === undefined || weekday === undefined || others.length + more.length > 0)
    return undefined;
  return { nth, weekday };
}

/** The first day of a leap year, so that 29 February can be read. */
const LEAP_YEAR_START: Day = '2024-01-01';

function yearDay(wording: RepeatWords, words: string): RepeatWords | undefined {
  const [, weekday = '', name = ''] = /^(.+) (?:of|in) ([a-z]+)$/.exec(words) ?? [];
  const nth = nthWeekday(weekday);
  const month = monthNumber(name);
  if (nth && month !== undefined) return { ...wording, on: nth, month };
  // A date with a year comes only once.
  const day = /\d{3}|[-/.]/.test(words)
    ? undefined
    : readCalendarDate(words, LEAP_YEAR_START, 'future');
  if (day === undefined) return undefined;
  return { ...wording, on: { date: Number(day.slice(8)) }, month: Number(day.slice(5, 7)) };
}
