import type { Minute } from './day.ts';
import { readCount } from './time-span.ts';

/** A clock time as it was written. The caller decides whether a bare `3` is in the afternoon. */
export interface ClockTime {
  hour: number;
  minute: number;
  half?: 'am' | 'pm';
  /** Nothing but a number, such as `9`, which may also be a count. */
  bare: boolean;
  /** Certainly on the 24-hour clock: `09:00`, `17:30`. */
  exact: boolean;
}

const NOON: ClockTime = { hour: 12, minute: 0, bare: false, exact: true };
const MIDNIGHT: ClockTime = { hour: 0, minute: 0, bare: false, exact: true };
const NAMED_TIMES = new Map([
  ['noon', NOON],
  ['midday', NOON],
  ['12 noon', NOON],
  ['midnight', MIDNIGHT],
  ['12 midnight', MIDNIGHT],
]);

/** Minutes that are added to the hour. */
const MINUTES_PAST = new Map([
  ['half past', 30],
  ['half', 30],
  ['quarter past', 15],
  ['a quarter past', 15],
  ['quarter to', -15],
  ['a quarter to', -15],
]);

/**
 * Reads a clock time: `9`, `9am`, `17:30`, `half past nine`, `8 in the evening`.
 * @param words as {@link normalizeWords} gives them.
 * @returns undefined if the words are not a clock time, or are more than one. The time may be impossible (`25:00`).
 */
export function readClockTime(words: string): ClockTime | undefined {
  const named = NAMED_TIMES.get(words);
  if (named) return named;
  const match = /^(.+?)(?: in the (morning|afternoon|evening)| at (night))?$/.exec(words);
  const [, time = words, part, night] = match ?? [];
  const clock = timeInWords(time) ?? timeInDigits(time);
  const partOfDay = part ?? night;
  if (!clock || !partOfDay) return clock;
  const half = halfOfDay(partOfDay, clock.hour);
  if (clock.half || clock.exact || clock.hour > 12 || !half) return undefined;
  return { ...clock, bare: false, half };
}

/**
 * Whether an hour of the 12-hour clock is am or pm in a part of the day: `8` in the evening.
 * @returns undefined for the small hours of a night, which may belong to either of two days.
 */
export function halfOfDay(part: string, hour: number): 'am' | 'pm' | undefined {
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

/** Reads a time of day on the 24-hour clock: `9`, `9am`, `09:00`, `9.30`, `17:30`, `noon`, `half past nine`. */
export function readTime(text: string): Minute | undefined {
  const words = normalizeWords(text);
  if (words === undefined) return undefined;
  const clock = readClockTime(words.replace(/^(at|@) ?/, ''));
  return clock && minuteOfClockTime(clock);
}

/** A time of day as people write it: `09:00`. */
export function timeText(minute: Minute): string {
  const two = (number: number) => `${number}`.padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** Longer texts are not dates or times. */
const MAX_LENGTH = 60;

/**
 * Prepares text for reading dates and times: lower case, single spaces, no commas, no full stop at the end, and `am`
 * for `a.m.`.
 * @returns undefined for empty text, and for text that is too long to be a date or time.
 */
export function normalizeWords(text: string, maxLength = MAX_LENGTH): string | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > maxLength) return undefined;
  const words = trimmed
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/\b([ap])\.m\b\.?/g, '$1m')
    .replace(/[\s,]+/g, ' ')
    .replace(/[ .!;]+$/, '')
    .trim();
  return words === '' ? undefined : words;
}

/** `9`, `9am`, `9.30`, `17:30`, `9 o'clock`. */
function timeInDigits(words: string): ClockTime | undefined {
  const match = /^(\d{1,2})(?:[:.](\d{2}))?(?: ?(am|pm)| o'?clock)?$/.exec(words);
  if (!match) return undefined;
  const [, hour = '', minute, half] = match;
  return {
    hour: Number(hour),
    minute: Number(minute ?? 0),
    bare: /^\d+$/.test(words),
    exact: half === undefined && (hour.startsWith('0') || Number(hour) > 12),
    ...(half === undefined ? {} : { half: half as 'am' | 'pm' }),
  };
}

/** `half past nine`, `quarter to 3`, `nine o'clock`. */
function timeInWords(words: string): ClockTime | undefined {
  const tokens = words.replace(/ ?o'?clock$/, '').split(' ');
  const hour = /^an?$/.test(tokens.at(-1) ?? '') ? undefined : readCount(tokens.at(-1));
  if (hour === undefined || hour < 1 || hour > 12) return undefined;
  const lead = tokens.slice(0, -1).join(' ');
  const minutesPast = MINUTES_PAST.get(lead);
  if (minutesPast !== undefined) {
    const total = hour * 60 + minutesPast;
    return {
      hour: Math.floor(total / 60) || 12,
      minute: (total + 60) % 60,
      bare: false,
      exact: false,
    };
  }
  return lead === '' && words.includes('clock')
    ? { hour, minute: 0, bare: false, exact: false }
    : undefined;
}
