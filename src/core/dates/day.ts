import { DateTime, type DurationLike } from 'luxon';
import { offsetAt } from './offset.ts';

/** A plain local day, `YYYY-MM-DD`. Compares and sorts as a string; has no time and no zone. */
export type Day = string;

/** Minutes since local midnight, 0 to 1439. */
export type Minute = number;

/** @returns the day it is at an instant, for somebody in `zone` (IANA name). */
export function dayOf(instant: Date, zone: string): Day {
  return clockIn(zone, instant).toISOString().slice(0, 10);
}

/** @returns the minute of the local day at an instant, for somebody in `zone`. */
export function minuteOf(instant: Date, zone: string): Minute {
  const local = clockIn(zone, instant);
  return local.getUTCHours() * 60 + local.getUTCMinutes();
}

/** An instant whose UTC fields are what local clocks show. */
function clockIn(zone: string, instant: Date): Date {
  return new Date(instant.getTime() + offsetAt(instant.getTime(), zone));
}

/**
 * The instant at which clocks in `zone` show `minute` on `day`. Where that minute is skipped (spring),
 * the next one that exists; where it comes twice (autumn), the first.
 */
export function instantOf(day: Day, minute: Minute, zone: string): Date {
  const wanted = Date.parse(day) + minute * 60_000;
  const offset = (ms: number) => offsetAt(ms, zone);
  // One of the offsets a day before and a day after is right, unless the minute is skipped.
  const candidates = [wanted - offset(wanted - 86_400_000), wanted - offset(wanted + 86_400_000)];
  const exact = candidates.filter((ms) => ms + offset(ms) === wanted);
  if (exact.length > 0) return new Date(Math.min(...exact));
  return gapEnd(Math.min(...candidates), Math.max(...candidates), offset);
}

/** The first instant after a jump of the clock that lies between two instants (ms). */
function gapEnd(from: number, to: number, offsetAt: (ms: number) => number): Date {
  let low = from;
  let high = to;
  const before = offsetAt(low);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === before) low = middle;
    else high = middle;
  }
  return new Date(high);
}

/** @returns the day a calendar duration later (or earlier, if negative): 31 Jan + 1 month is 28 or 29 Feb. */
export function addToDay(day: Day, by: DurationLike): Day {
  return DateTime.fromISO(day, { zone: 'utc' }).plus(by).toISODate() as Day;
}

/** @returns whole days from one day to another; negative if `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** @returns 1 (Monday) to 7 (Sunday). */
export function weekdayOf(day: Day): number {
  return new Date(day).getUTCDay() || 7;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** A day as people here write it: `Fri 27 Nov`, with the year when it is not `today`'s. */
export function dayText(day: Day, today?: Day): string {
  const date = new Date(day);
  const text = `${weekdays[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
  const year = day.slice(0, 4);
  return today?.startsWith(year) ? text : `${text} ${year}`;
}

/** An instant as plain text for a reader in `zone`, naming the zone: `Fri 27 Nov 2026, 15:00 (Europe/London)`. */
export function momentText(instant: Date, zone: string): string {
  const local = clockIn(zone, instant).toISOString();
  return `${dayText(local.slice(0, 10))}, ${local.slice(11, 16)} (${zone})`;
}

/** Whether `zone` is an IANA time zone that this machine knows. */
export function isZone(zone: string): boolean {
  return DateTime.local({ zone }).isValid;
}
