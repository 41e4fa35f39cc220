import { normalizeWords } from './date-words.ts';
import type { Minute } from './day.ts';
import { readCount } from './time-span.ts';

/** A clock time as it was written. The caller decides whether a bare `3` is in the afternoon. */
export interface ClockTime {
  hour: number;
  minute: number;
  half?: 'am' | 'pm';
  /** Nothing but a number, such as `9` or `three`, which may also be a count. */
  bare: boolean;
  /** Certainly on the 24-hour clock: `09:00`, `17:30`. */
  exact: boolean;
}

const NOON: ClockTime = { hour: 12, minute: 0, bare: false, exact: true };
const MIDNIGHT: ClockTime = { hour: 0, minute: 0, bare: false, exact: true };
const NAMED_TIMES = new Map([
  ...['noon', 'midday', '12 noon', '12 midday', 'lunchtime', 'lunch time'].map(
    (name) => [name, NOON] as const,
  ),
  ['midnight', MIDNIGHT],
  ['12 midnight', MIDNIGHT],
]);

/**
 * Reads a clock time: `9`, `9am`, `6p`, `17:30`, `15h30`, `half past nine`, `half 7`, `ten to three`, `8 in the evening`.
 * @param words as `normalizeWords` gives them.
 * @returns undefined if the words are not a clock time, or are more than one. The time may be impossible (`25:00`).
 */
export function readClockTime(words: string): ClockTime | undefined {
  const named = NAMED_TIMES.get(words);
  if (named) return named;
  const match =
    /^(.+?)(?: in the (morning|afternoon|evening)| at (night)| (morning|evening))?$/.exec(words);
  const [, time = words, inPart, atNight, part] = match ?? [];
  const clock = timeInWords(time) ?? timeInDigits(time);
  const partOfDay = inPart ?? atNight ?? part;
  if (!clock || !partOfDay) return clock;
  const half = halfOfDay(partOfDay, clock.hour);
  if (clock.half || clock.exact || clock.hour > 12 || !half) return undefined;
  return { ...clock, bare: false, half };
}

/**
 * Whether an hour of the 12-hour clock is am or pm in a part of the day: `8` in the evening.
 * @returns undefined for the small hours of a night, which may belong to either of two days.
 */
function halfOfDay(part: string, hour: number): 'am' | 'pm' | undefined {
  if (part === 'morning') return 'am';
  return part === 'night' && (hour < 5 || hour === 12) ? undefined : 'pm';
}

/** @returns the minute of the day, or undefined for a time that does not exist (`25:00`, `13pm`). */
export function minuteOfClockTime({ hour, minute, half }: ClockTime): Minute | undefined {
  if (minute < 0 || minute > 59 || hour < 0) return undefined;
  if (!half) return hour > 23 ? undefined : hour * 60 + minute;
  if (hour < 1 || hour > 12) return undefined;
  return ((hour % 12) + (half === 'pm' ? 12 : 0)) * 60 + minute;
}

/** Reads an exact time of day on the 24-hour clock: `9`, `9am`, `09:00`, `0900`, `9.30`, `17:30`, `noon`, `half past nine`. */
export function readTime(text: string): Minute | undefined {
  const words = normalizeWords(text)?.replace(/^([01]\d|2[0-3])([0-5]\d)$/, '$1:$2');
  if (words === undefined || /ish\b/i.test(text)) return undefined;
  const clock = readClockTime(words.replace(/^at /, ''));
  return clock && minuteOfClockTime(clock);
}

/** A time of day as people write it: `09:00`. */
export function timeText(minute: Minute): string {
  const two = (number: number) => `${number}`.padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** `9`, `9am`, `6p`, `9.30`, `17:30`, `13:00:00`, `15h30`, `1830 hrs`, `9 o'clock`. */
function timeInDigits(words: string): ClockTime | undefined {
  const match =
    /^(\d{1,2})(?:[:.h](\d{2})(?::00)?|h)?(?: ?(am?|pm?)| o'?clock| ?hrs)?$/.exec(words) ??
    /^(\d{2})(\d{2}) ?(?:hrs|hours|h)$/.exec(words);
  // "9 hrs" is a length.
  if (!match || (/hrs$/.test(words) && match[2] === undefined)) return undefined;
  const [, hour = '', minute, letters] = match;
  const half = letters === undefined ? undefined : letters.startsWith('a') ? 'am' : 'pm';
  return {
    hour: Number(hour),
    minute: Number(minute ?? 0),
    bare: /^\d+$/.test(words),
    exact: half === undefined && (hour.startsWith('0') || Number(hour) > 12 || /h/.test(words)),
    ...(half && { half }),
  };
}

const MINUTE_WORDS = new Map([
  ...['five', 'ten', 'twenty'].map((word, index) => [word, [5, 10, 20][index] ?? 0] as const),
  ['quarter', 15],
  ['a quarter', 15],
  ['twenty five', 25],
  ['twenty-five', 25],
  ['half', 30],
]);

/** `half past nine`, `half 7`, `quarter to 3`, `5 to 3`, `ten past four`, `nine o'clock`, `three pm`, `three`. */
function timeInWords(words: string): ClockTime | undefined {
  const match = /^(?:(.+?) (past|to) |(half) )?([a-z]+|\d{1,2})(?: ?(am|pm))?(?: ?o'?clock)?$/.exec(
    words,
  );
  if (!match) return undefined;
  const [, lead, direction, halfPast, hourWord = '', half] = match;
  const hour = /^an?$/.test(hourWord) ? undefined : readCount(hourWord);
  if (hour === undefined || hour < 1 || hour > 12) return undefined;
  const time = { hour, minute: 0, bare: false, exact: false, ...(half && { half }) } as ClockTime;
  if (lead === undefined && halfPast === undefined) {
    // Digits alone are read with their minutes.
    if (/\d/.test(hourWord)) return undefined;
    return { ...time, bare: !half && !words.includes('clock') };
  }
  // "Quarter to 12 pm" may be near noon or near midnight.
  if (half && direction === 'to' && hour === 12) return undefined;
  const minutes = halfPast ? 30 : minutesInWords(lead ?? '');
  if (minutes === undefined || (direction === 'to' && minutes === 30)) return undefined;
  const total = hour * 60 + (direction === 'to' ? -minutes : minutes);
  return { ...time, hour: Math.floor(total / 60) || 12, minute: total % 60 };
}

function minutesInWords(words: string): number | undefined {
  const known = MINUTE_WORDS.get(words.replace(/ minutes?$/, ''));
  const digits = /^(\d{1,2})(?: minutes?)?$/.exec(words)?.[1];
  return known ?? (digits !== undefined && Number(digits) < 30 ? Number(digits) : undefined);
}

/** `1530` after a day. */
export function hoursAndMinutes(words: string): ClockTime | undefined {
  const [, hour, minute] = /^(?:at )?(\d{2})(\d{2})$/.exec(words) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  return { hour: Number(hour), minute: Number(minute), bare: false, exact: true };
}

/**
 * Reads a clock time as it is spoken: `at 3` is in the afternoon, `9am`, `17:30`. A bare number needs its "at".
 * @returns undefined for anything else, and for midnight, which may be either end of a day.
 */
export function readSpokenTime(words: string, part?: string): Minute | undefined {
  const time = words.includes('midnight') ? undefined : readClockTime(withoutAt(words));
  return time && canBeTime(time, words) ? likelyMinute(time, part) : undefined;
}

const TIME_LEAD = /^(?:at|before|after|by|around|about|from|until|till|for) /;

/** A bare number is a time only after "at" or the like. */
export const canBeTime = (time: ClockTime, words: string): boolean =>
  !time.bare || TIME_LEAD.test(words);

/**
 * The minute of a time as people mean it. Without am or pm, from 1:00 to 7:59 is in the afternoon or evening, and from 8:00
 * to 12:59 is as written, unless a part of the day was named or it is as on the 24-hour clock (`07:00`).
 */
export function likelyMinute(time: ClockTime, part?: string): Minute | undefined {
  if (time.half || time.exact || time.hour === 0) return minuteOfClockTime(time);
  const half = part ? halfOfDay(part, time.hour) : time.hour <= 7 ? 'pm' : 'as written';
  if (!half) return undefined;
  return minuteOfClockTime(half === 'as written' ? time : { ...time, half });
}

/** A time without "at" and the like. */
export const withoutAt = (words: string): string => words.replace(TIME_LEAD, '');
