import { isoDay } from './calendar-date.ts';
import { addToDay, type Day, dayOf, instantOf, type Minute, minuteOf } from './day.ts';
import { dayIn, partOfDay, type Tense } from './day-phrase.ts';
import { type Clock, clockIn, halfOf, minuteFor, plainWords } from './time-of-day.ts';
import { spanIn } from './time-span.ts';

export { readTime } from './time-of-day.ts';

/** What a date is read against: the speaker's now and zone, and which way a bare "friday" looks. */
export interface WhenContext {
  now: Date;
  /** IANA name. */
  zone: string;
  tense: Tense;
}

/**
 * Reads a date as people write it: `friday`, `14 Dec 3pm`, `in 2 weeks`, `2026-12-14`, `in 20 seconds`.
 * The whole text must be the date. Whether it lies in the past is for the caller to judge.
 * @returns undefined for what is not a date, or is an impossible one (31 Feb, 25:00).
 */
export function readWhen(text: string, context: WhenContext): When | undefined {
  const words = plainWords(text);
  // "sat" and "sun" are words in their own right; "on sun" and "sun 3pm" are days.
  if (words === undefined || words === 'sat' || words === 'sun') return undefined;
  return readStamp(words, context) ?? readSpan(words, context) ?? readDayAndClock(words, context);
}

/** Examples of dates that work, for a sentence: `Try "friday", "14 Dec 3pm" or "in 2 weeks".` */
export function dateExamples(tense: Tense): string {
  return tense === 'future'
    ? 'Try "friday", "14 Dec 3pm" or "in 2 weeks".'
    : 'Try "yesterday", "last tuesday", "14 Dec" or "3 days ago".';
}

/** An instant with its offset, as programs write it: `2026-12-14T15:00:00Z`. */
function readStamp(words: string, { zone }: WhenContext): When | undefined {
  const match =
    /^(\d{4}-\d{2}-\d{2})[t ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?(?:z|[+-]\d{2}:\d{2})$/.exec(
      words,
    );
  if (!match || !isoDay(match[1] ?? '') || Number(match[2]) > 23) return undefined;
  const at = new Date(words.replace(' ', 'T').toUpperCase());
  return Number.isNaN(at.getTime()) ? undefined : { day: dayOf(at, zone), at };
}

/** `in 20 seconds`, `2 hours ago`, `now`: an exact distance from now. */
function readSpan(words: string, { now, zone }: WhenContext): When | undefined {
  const ms = spanIn(words);
  if (ms === undefined) return undefined;
  const at = new Date(now.getTime() + ms);
  return { day: dayOf(at, zone), at, fromNow: true };
}

/** A day, a clock time, or both in either order: every way to split the words is tried, the day alone first. */
function readDayAndClock(words: string, context: WhenContext): When | undefined {
  const { now, zone, tense } = context;
  const today = dayOf(now, zone);
  const whole = dayIn(words, today, tense);
  if (whole) return { day: whole };
  const bare = clockIn(withoutAt(words));
  if (bare) return !bare.bare || words.startsWith('at ') ? comingClock(bare, context) : undefined;

  const tokens = words.replace(/(\d)t(\d\d:\d\d)(:00)?$/, '$1 $2').split(' ');
  for (let cut = 1; cut < tokens.length; cut++) {
    const head = tokens.slice(0, cut).join(' ');
    const tail = tokens.slice(cut).join(' ');
    const found = joined(head, tail, context, today) ?? joined(tail, head, context, today);
    if (found) return found;
  }
  return undefined;
}

function joined(
  dayWords: string,
  clockWords: string,
  { zone, tense }: WhenContext,
  today: Day,
): When | undefined {
  const clock = clockIn(withoutAt(clockWords));
  if (!clock || (clock.bare && !clockWords.startsWith('at '))) return undefined;
  // "Friday midnight" may be either end of Friday, and nothing is guessed.
  if (clockWords.includes('midnight')) return undefined;
  const day = dayIn(dayWords.replace(/ at$/, ''), today, tense);
  const sure = meant(clock, partOfDay(dayWords));
  const minute = sure && minuteFor(sure);
  if (day === undefined || minute === undefined) return undefined;
  return whenAt(day, minute, zone);
}

/** A clock time alone is the next one (or the last one), counted from now. */
function comingClock(clock: Clock, { now, zone, tense }: WhenContext): When | undefined {
  const sure = meant(clock, undefined);
  const minute = sure && minuteFor(sure);
  if (minute === undefined) return undefined;
  const today = dayOf(now, zone);
  const passed = minute <= minuteOf(now, zone);
  if (tense === 'future')
    return whenAt(passed ? addToDay(today, { days: 1 }) : today, minute, zone);
  return whenAt(passed ? today : addToDay(today, { days: -1 }), minute, zone);
}

/**
 * Reads a clock time by the speaker's habit: `at 3` is the afternoon, `9am`, `17:30`; a bare number needs its "at".
 * @returns undefined for what is none, and for midnight, which may be either end of a day.
 */
export function minuteMeant(words: string): Minute | undefined {
  const clock = words.includes('midnight') ? undefined : clockIn(withoutAt(words));
  if (!clock || (clock.bare && !words.startsWith('at '))) return undefined;
  const sure = meant(clock, undefined);
  return sure && minuteFor(sure);
}

/** Without am or pm, "at 3" is the afternoon and "at 9" the morning, unless the part of the day was named. */
function meant(clock: Clock, part: string | undefined): Clock | undefined {
  if (clock.half || clock.exact || clock.hour === 0) return clock;
  if (part) {
    const half = halfOf(part, clock.hour);
    return half && { ...clock, half };
  }
  return clock.hour <= 6 ? { ...clock, half: 'pm' } : clock;
}

function whenAt(day: Day, minute: Minute, zone: string): When {
  const at = instantOf(day, minute, zone);
  return { day: dayOf(at, zone), at };
}

const withoutAt = (words: string): string => words.replace(/^(at |@ ?)/, '');

/** A day, and an instant where a clock time was given. `fromNow`: it was said as a distance (`in 20 minutes`). */
export interface When {
  day: Day;
  at?: Date;
  fromNow?: true;
}
