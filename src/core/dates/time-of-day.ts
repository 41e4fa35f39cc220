import type { Minute } from './day.ts';

/** A clock time as written; what the writer left open is filled in by whoever knows more. */
export interface Clock {
  hour: number;
  minute: number;
  half?: 'am' | 'pm';
  /** Nothing but a number, such as `9`: too little to be told from any other number. */
  bare: boolean;
  /** `09:00` or `17:30`: as the 24-hour clock has it, whatever the time of day. */
  exact: boolean;
}

const NOON: Clock = { hour: 12, minute: 0, bare: false, exact: true };
const MIDNIGHT: Clock = { hour: 0, minute: 0, bare: false, exact: true };
const NAMED = new Map([
  ['noon', NOON],
  ['midday', NOON],
  ['12 noon', NOON],
  ['midnight', MIDNIGHT],
  ['12 midnight', MIDNIGHT],
]);

const HOURS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const PAST = new Map([
  ['half past', 30],
  ['half', 30],
  ['quarter past', 15],
  ['a quarter past', 15],
  ['quarter to', -15],
  ['a quarter to', -15],
]);

/** Reads a clock time out of plain words (see `plainWords`). @returns undefined if that is not all they are. */
export function clockIn(words: string): Clock | undefined {
  const named = NAMED.get(words);
  if (named) return named;
  const [, core = '', part] = /^(.+?)(?: in the (morning|afternoon|evening)| at night)?$/.exec(
    words,
  ) ?? ['', words];
  const suffix = words.endsWith(' at night') ? 'night' : part;
  const clock = spoken(core) ?? digits(core);
  if (!clock || !suffix) return clock;
  const half = halfOf(suffix, clock.hour);
  if (clock.half || clock.exact || clock.hour > 12 || !half) return undefined;
  return { ...clock, bare: false, half };
}

/**
 * Which half of the day an hour belongs to in a part of it: `8` in the evening.
 * @returns undefined for the small hours of a night, which may belong to either of two days.
 */
export function halfOf(part: string, hour: number): 'am' | 'pm' | undefined {
  if (part === 'morning') return 'am';
  return part === 'night' && (hour < 5 || hour === 12) ? undefined : 'pm';
}

/** @returns the minute of the day, or undefined where there is no such time (`25:00`, `13pm`). */
export function minuteFor({ hour, minute, half }: Clock): Minute | undefined {
  if (minute < 0 || minute > 59 || hour < 0) return undefined;
  if (!half) return hour > 23 ? undefined : hour * 60 + minute;
  if (hour < 1 || hour > 12) return undefined;
  return ((hour % 12) + (half === 'pm' ? 12 : 0)) * 60 + minute;
}

/** Reads a time of day by the 24-hour clock: `9`, `9am`, `09:00`, `9.30`, `17:30`, `noon`, `half past nine`. */
export function readTime(text: string): Minute | undefined {
  const words = plainWords(text);
  if (words === undefined) return undefined;
  const clock = clockIn(words.replace(/^(at|@) ?/, ''));
  return clock && minuteFor(clock);
}

/** Longer than any date or time that people write. */
const LONGEST = 60;

/**
 * Lower case, single spaces, no commas and no full stop at the end; `a.m.` is `am`.
 * @returns undefined for what is empty or too long to be a date or time.
 */
export function plainWords(text: string): string | undefined {
  const short = text.trim();
  if (short === '' || short.length > LONGEST) return undefined;
  const words = short
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/\b([ap])\.m\b\.?/g, '$1m')
    .replace(/[\s,]+/g, ' ')
    .replace(/[ .!;]+$/, '')
    .trim();
  return words === '' ? undefined : words;
}

function digits(words: string): Clock | undefined {
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

function spoken(words: string): Clock | undefined {
  const tokens = words.replace(/ ?o'?clock$/, '').split(' ');
  const last = tokens.at(-1) ?? '';
  const hour = HOURS.includes(last)
    ? HOURS.indexOf(last) + 1
    : /^\d{1,2}$/.test(last)
      ? Number(last)
      : 0;
  if (hour < 1 || hour > 12) return undefined;
  const lead = tokens.slice(0, -1).join(' ');
  const shift = PAST.get(lead);
  if (shift !== undefined) {
    const total = hour * 60 + shift;
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

/** A time of day as people write it: `09:00`. */
export function timeText(minute: Minute): string {
  const two = (number: number) => `${number}`.padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
