import { dayFromParts, endOfMonth } from '../../dates/calendar-date.ts';
import {
  addToDay,
  type Day,
  daysBetween,
  type Minute,
  mondayOf,
  weekdayOf,
} from '../../dates/day.ts';

/** On which days something repeats. A year is twelve months. */
export type RepeatRhythm =
  | { every: 'day'; count: number }
  /** `on`: 1 (Monday) to 7, in order, at least one. */
  | { every: 'week'; count: number; on: number[] }
  /** `date`: 1 to 31; where a month is shorter, its last day. */
  | { every: 'month'; count: number; date: number }
  /** The first to fourth (1 to 4) or the last (-1) such weekday. */
  | { every: 'month'; count: number; nth: number; weekday: number };

/** A rule by which something repeats: plain data on the row. It has no zone: its days are those of its owner. */
export interface Repeat {
  rhythm: RepeatRhythm;
  /** The first day. Every second week, third month and so on are counted from it. */
  from: Day;
  /** The clock time in the owner's zone; null: it has none, and the brief mentions it. */
  minute: Minute | null;
  /** The last day it can come on; null: it has no end. */
  until: Day | null;
  /** Days of the rule that are still to come but were skipped. */
  skipped: Day[];
}

/** @returns the first day of a rule after a day, or undefined if the rule has ended. */
export function nextDay(repeat: Repeat, after: Day): Day | undefined {
  let found = nextByRhythm(repeat, after);
  while (repeat.skipped.includes(found)) found = nextByRhythm(repeat, found);
  return repeat.until !== null && found > repeat.until ? undefined : found;
}

/** @returns the day of the `times`th occurrence of a rule, counting its first day and skipped ones. */
export function dayOfOccurrence(
  { rhythm, from }: Pick<Repeat, 'rhythm' | 'from'>,
  times: number,
): Day {
  const endless = { rhythm, from, minute: null, until: null, skipped: [] };
  let found = from;
  for (let count = 1; count < times; count++) found = nextByRhythm(endless, found);
  return found;
}

function nextByRhythm({ rhythm, from }: Repeat, after: Day): Day {
  const start = after < from ? from : addToDay(after, { days: 1 });
  switch (rhythm.every) {
    case 'day':
      return addToDay(start, { days: stepsToMultiple(daysBetween(from, start), rhythm.count) });
    case 'week':
      return inWeeks(rhythm, from, start);
    case 'month':
      return inMonths(rhythm, from, start);
  }
}

/** How many steps it is from `done` to the next multiple of `each`. */
const stepsToMultiple = (done: number, each: number): number => (each - (done % each)) % each;

function inWeeks(rhythm: RepeatRhythm & { every: 'week' }, from: Day, start: Day): Day {
  const weeks = daysBetween(mondayOf(from), mondayOf(start)) / 7;
  const wait = stepsToMultiple(weeks, rhythm.count);
  const later = rhythm.on.find((day) => wait > 0 || day >= weekdayOf(start));
  const monday = addToDay(mondayOf(start), { weeks: later === undefined ? rhythm.count : wait });
  return addToDay(monday, { days: (later ?? rhythm.on[0] ?? 1) - 1 });
}

function inMonths(rhythm: RepeatRhythm & { every: 'month' }, from: Day, start: Day): Day {
  const wait = stepsToMultiple(monthNumber(start) - monthNumber(from), rhythm.count);
  const found = dayInMonth(rhythm, addToDay(firstOf(start), { months: wait }));
  if (found >= start) return found;
  return dayInMonth(rhythm, addToDay(firstOf(start), { months: wait + rhythm.count }));
}

const firstOf = (day: Day): Day => `${day.slice(0, 7)}-01`;
const monthNumber = (day: Day): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));

/** The day of a monthly rhythm in the month that begins on `first`. */
function dayInMonth(rhythm: RepeatRhythm & { every: 'month' }, first: Day): Day {
  const last = endOfMonth(first, 0);
  if ('date' in rhythm) {
    const [year, month] = [Number(first.slice(0, 4)), Number(first.slice(5, 7))];
    return dayFromParts(year, month, rhythm.date) ?? last;
  }
  if (rhythm.nth < 0) {
    return addToDay(last, { days: -((weekdayOf(last) - rhythm.weekday + 7) % 7) });
  }
  const days = ((rhythm.weekday - weekdayOf(first) + 7) % 7) + 7 * (rhythm.nth - 1);
  return addToDay(first, { days });
}
