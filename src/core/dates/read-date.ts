import { listText } from '../base/text.ts';
import { readIsoDay } from './calendar-date.ts';
import { normalizeWords } from './date-words.ts';
import { addToDay, type Day, dayOf, instantOf, type Minute, minuteOf } from './day.ts';
import { aroundDay, interpretDay, partOfDay, USUAL_WEEK } from './day-phrase.ts';
import {
  type DayContext,
  mapReading,
  onlyValue,
  possibleValues,
  readAs,
  refused,
  type Tense,
} from './reading.ts';
import { readSeveral } from './several-dates.ts';
import {
  type ClockTime,
  canBeTime,
  hoursAndMinutes,
  likelyMinute,
  minuteOfClockTime,
  readClockTime,
  withoutAt,
} from './time-of-day.ts';
import { readLength, readTimeSpan } from './time-span.ts';
import { WEEKDAY_NUMBERS } from './weekdays.ts';
import { type DateReading, type When, whenAt, whenText } from './when.ts';
import type { WorkingWeek } from './working-days.ts';

/** What a date is read against. */
export interface WhenContext {
  now: Date;
  /** The zone of the person who typed it: an IANA name. */
  zone: string;
  /** Whether a bare "friday" is the next or the last one. */
  tense: Tense;
  /** Says what a working day and a bank holiday are. Monday to Friday in England and Wales, if it is not given. */
  week?: WorkingWeek | undefined;
}

/** Words that are days only together with others: "on sun" and "sun 3pm" are days, "sun" is not. */
const NEVER_ALONE = new Set(['sat', 'sun']);

/**
 * Reads a date as people write it: `friday`, `14 Dec 3pm`, `in 2 weeks`, `2026-12-14`, `in 20 seconds`. The whole text must be
 * the date. The caller decides whether a date in the past is allowed. Where the words can mean several days or times, the
 * reading is a choice of them; where they name what does not exist (31 Feb, 25:00), it is refused with a sentence.
 *
 * A clock time without am or pm from 1 to 7:59 is in the afternoon or evening (`thursday at 7` is 19:00), and from 8 to
 * 12:59 it is as written, unless a part of the day is named (`tomorrow morning at 7`) or it is written as on the 24-hour
 * clock (`07:00`).
 * @returns undefined for what is not a date.
 */
export function readDate(text: string, context: WhenContext): DateReading | undefined {
  const words = normalizeWords(text);
  if (words === undefined || NEVER_ALONE.has(words)) return undefined;
  return readWords(words, context);
}

/** Words around a date that do not change it. */
const BEFORE_DATE =
  /^(?:due(?: by| on)?|by|until|till|no later than|not later than|on or before) (?=.)/;
const AFTER_DATE =
  / (?:at the (?:very )?latest|latest|or (?:so|before|sooner|earlier)|please|sharp|prompt|if possible|if poss)$/;
const ROUGHLY = /\b(?:about|around|roughly|approximately|approx|circa) /g;

function readWords(words: string, context: WhenContext): DateReading | undefined {
  return (
    readOne(words, context) ?? readSeveral(words, context.zone, (each) => readOne(each, context))
  );
}

/** Reads words that are one date, or a day that has to be chosen. */
function readOne(words: string, context: WhenContext): DateReading | undefined {
  const found =
    readTimestamp(words, context) ??
    readDistance(words, context) ??
    readDayAndTime(words, context) ??
    readAround(words, context);
  if (found) return found;
  const plain = words.replace(BEFORE_DATE, '').replace(AFTER_DATE, '').replace(ROUGHLY, '').trim();
  if (plain !== words && plain !== '' && !NEVER_ALONE.has(plain)) return readOne(plain, context);
  return inZone(words, context);
}

/** A sentence about words that are no date, or can be several. */
export function problemOfDate(
  reading: DateReading | undefined,
  tense: Tense,
  today: Day,
  zone: string,
): string {
  if (reading?.kind === 'refused') return reading.reason;
  const values = possibleValues(reading).map((when) => `"${whenText(when, today, zone)}"`);
  return values.length === 0
    ? dateExamples(tense)
    : `Which do you mean: ${listText(values, 'or')}?`;
}

/** Examples of dates that work, as a sentence: `Try "friday", "14 Dec 3pm" or "in 2 weeks".` */
export function dateExamples(tense: Tense): string {
  return tense === 'future'
    ? 'Try "friday", "14 Dec 3pm" or "in 2 weeks".'
    : 'Try "yesterday", "tuesday" or "3 days ago".';
}

/** An instant with its offset, as programs write it: `2026-12-14T15:00:00Z`. */
function readTimestamp(words: string, { zone }: WhenContext): DateReading | undefined {
  const match =
    /^(\d{4}-\d{2}-\d{2})[t ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?(?:z|[+-]\d{2}:\d{2})$/.exec(
      words,
    );
  if (!match || !readIsoDay(match[1] ?? '') || Number(match[2]) > 23) return undefined;
  const at = new Date(words.replace(' ', 'T').toUpperCase());
  return Number.isNaN(at.getTime()) ? undefined : readAs({ day: dayOf(at, zone), at });
}

/** `in 20 seconds`, `2 hours ago`, `now`, `20 minutes`. */
function readDistance(words: string, { now, zone, tense }: WhenContext): DateReading | undefined {
  // "5m" may be months.
  const bare =
    tense === 'future' && !/^\d+ ?[a-z]$/.test(words)
      ? readLength(words.replace(/'?s? time$/, ''))
      : undefined;
  const ms = readTimeSpan(words) ?? bare;
  if (ms === undefined) return undefined;
  const at = new Date(now.getTime() + ms);
  return readAs({ day: dayOf(at, zone), at, fromNow: true });
}

function dayContext({ now, zone, tense, week = USUAL_WEEK }: WhenContext): DayContext {
  return { today: dayOf(now, zone), tense, week };
}

/** A day, a clock time, or both in either order. Tries every way to split the words, the day alone first. */
function readDayAndTime(words: string, context: WhenContext): DateReading | undefined {
  const numbered = weekdayAndNumber(words, context);
  if (numbered) return numbered;
  const dayAlone = interpretDay(words, dayContext(context));
  if (dayAlone) return mapReading(dayAlone, (day): When => ({ day }));
  const timeAlone = readClockTime(withoutAt(words));
  // "2h30" is how long something takes.
  if (timeAlone && /^\d+h/.test(words)) return undefined;
  if (timeAlone && /^\d+\.\d+$/.test(words)) return timeOrDate(timeAlone, words, context);
  if (timeAlone)
    return canBeTime(timeAlone, words) ? timeToday(timeAlone, words, context) : undefined;

  const tokens = words.replace(/(\d)t(\d\d:\d\d)(:00)?$/, '$1 $2').split(' ');
  for (let split = 1; split < tokens.length; split++) {
    const head = tokens.slice(0, split).join(' ').replace(/ -$/, '');
    const tail = tokens.slice(split).join(' ').replace(/^- /, '');
    const found = dayWithTime(head, tail, context) ?? dayWithTime(tail, head, context);
    if (found) return found;
  }
  return undefined;
}

/** "Friday 4" may be the 4th or four o'clock. */
function weekdayAndNumber(words: string, context: WhenContext): DateReading | undefined {
  const match = /^(?:(?:on|by) )?([a-z]+) (\d{1,2})$/.exec(words);
  const isDay =
    WEEKDAY_NUMBERS.has(match?.[1] ?? '') || /^to(?:day|morrow)$/.test(match?.[1] ?? '');
  const hour = Number(match?.[2] ?? 0);
  if (!match || !isDay || hour < 1 || hour > 12) return undefined;
  const dates = possibleValues(interpretDay(words, dayContext(context))).map(
    (day): When => ({ day }),
  );
  const timed = onlyValue(dayWithTime(match[1] ?? '', `at ${hour}`, context));
  const values = [...dates, ...(timed ? [timed] : [])];
  return { kind: 'choice', question: 'Which do you mean?', values };
}

function dayWithTime(
  dayWords: string,
  timeWords: string,
  context: WhenContext,
): DateReading | undefined {
  const part = partOfDay(dayWords);
  const time = readClockTime(withoutAt(timeWords)) ?? hoursAndMinutes(timeWords);
  if (!time || !(canBeTime(time, timeWords) || (part !== undefined && time.hour <= 12)))
    return undefined;
  const day = interpretDay(dayWords.replace(/ (?:at|from|around|about)$/, ''), dayContext(context));
  if (!day) return undefined;
  if (day.kind === 'refused') return day;
  const at = (minute: Minute) => mapReading(day, (on) => whenAt(on, minute, context.zone));
  if (timeWords.includes('midnight')) {
    const either = possibleValues(day).flatMap((on) => [on, addToDay(on, { days: 1 })]);
    const values = either.map((on) => whenAt(on, 0, context.zone));
    // "Friday midnight" may be either end of Friday; "midnight tonight" is its later end.
    return part === 'evening' && values[1]
      ? readAs(values[1])
      : { kind: 'choice', question: 'Which midnight do you mean?', values };
  }
  const minute = likelyMinute(time, part);
  return minute === undefined ? impossibleTime(time, timeWords) : at(minute);
}

/** Says that there is no such time. @returns undefined for the small hours of a night. */
function impossibleTime(time: ClockTime, words: string): DateReading | undefined {
  return minuteOfClockTime(time) === undefined
    ? refused(`There is no time "${withoutAt(words)}". What time do you mean?`)
    : undefined;
}

/** The next such clock time from now on, or the latest in the past tense. */
function timeToday(
  time: ClockTime,
  words: string,
  { now, zone, tense }: WhenContext,
): DateReading | undefined {
  const minute = likelyMinute(time);
  if (minute === undefined) return impossibleTime(time, words);
  const today = dayOf(now, zone);
  const hasPassed = minute <= minuteOf(now, zone);
  const days = tense === 'future' ? (hasPassed ? 1 : 0) : hasPassed ? 0 : -1;
  return readAs(whenAt(addToDay(today, { days }), minute, zone));
}

/** "14.12" may be a time or 14 December; "9.30" is a time. */
function timeOrDate(time: ClockTime, words: string, context: WhenContext): DateReading | undefined {
  const timed = timeToday(time, words, context);
  const day = onlyValue(interpretDay(words.replace('.', '/'), dayContext(context)));
  if (day === undefined) return timed;
  const values = [...possibleValues(timed), { day }];
  return { kind: 'choice', question: 'Which do you mean?', values };
}

/** `before friday`, `after the weekend`, `before friday 3pm`. */
function readAround(words: string, context: WhenContext): DateReading | undefined {
  const match = /^(before|after) (.+)$/.exec(words);
  if (!match || context.tense === 'past') return undefined;
  const [, side, rest = ''] = match;
  const day = aroundDay(side === 'before' ? 'before' : 'after', rest, dayContext(context));
  // Before or after a clock time, it is due at that time.
  return day ? mapReading(day, (on): When => ({ day: on })) : readOne(rest, context);
}

/** A clock time with the name of its zone: `14 july 3pm BST`, `13:00:00 GMT`. British names are of British time. */
function inZone(words: string, context: WhenContext): DateReading | undefined {
  const match = /^(.*\d.*?) ?\b(gmt|bst|utc)(?= |$)(.*)$/.exec(words);
  const reading = match && readOne(`${match[1]}${match[3]}`, context);
  if (!match || reading?.kind !== 'read' || !reading.value.at) return undefined;
  const { day, at } = reading.value;
  const offsetHours = match[2] === 'bst' ? 1 : 0;
  const local = minuteOf(at, context.zone);
  const exact = new Date(instantOf(day, local, 'UTC').getTime() - offsetHours * 3_600_000);
  const inOffset = { day: dayOf(exact, context.zone), at: exact };
  if (exact.getTime() === at.getTime() || match[2] === 'utc' || context.zone !== 'Europe/London')
    return readAs(inOffset);
  // "3pm BST" in winter: people forget which of the two it is.
  return { kind: 'choice', question: 'Which time do you mean?', values: [reading.value, inOffset] };
}
