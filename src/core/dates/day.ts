import { DateTime, type DurationLikeObject } from 'luxon';
import { firstChange, offsetAt } from './offset.ts';

/** A plain local day, `YYYY-MM-DD`. Compares and sorts as a string; has no time and no zone. */
export type Day = string;

/** Minutes since local midnight, 0 to 1439. */
export type Minute = number;

const A_MINUTE = 60_000;
const A_DAY = 86_400_000;

/** @returns the day it is at an instant, for somebody in `zone` (IANA name). */
export function dayOf(instant: Date, zone: string): Day {
  const ms = instant.getTime();
  return dayIn(ms + offsetAt(ms, zone));
}

/** @returns the minute of the local day at an instant, for somebody in `zone`. */
export function minuteOf(instant: Date, zone: string): Minute {
  const ms = instant.getTime();
  const local = ms + offsetAt(ms, zone);
  return Math.floor((local - Math.floor(local / A_DAY) * A_DAY) / A_MINUTE);
}

/**
 * The instant at which clocks in `zone` show `minute` on `day`. Where that minute is skipped (spring),
 * the next one that exists; where it comes twice (autumn), the first.
 */
export function instantOf(day: Day, minute: Minute, zone: string): Date {
  // A local time is within a day of the same reading in UTC: its offset is that of the day before or of the day after.
  const wanted = msOf(day) + minute * A_MINUTE;
  const candidates = [
    wanted - offsetAt(wanted - A_DAY, zone),
    wanted - offsetAt(wanted + A_DAY, zone),
  ];
  const exact = candidates.filter((ms) => ms + offsetAt(ms, zone) === wanted);
  if (exact.length > 0) return new Date(Math.min(...exact));
  const [from, to] = [Math.min(...candidates), Math.max(...candidates)];
  return new Date(firstChange(from, to, (ms) => offsetAt(ms, zone)));
}

/** @returns the day a calendar duration later (or earlier, if negative): 31 Jan + 1 month is 28 or 29 Feb. */
export function addToDay(day: Day, by: DurationLikeObject): Day {
  const { weeks = 0, days = 0, ...others } = by;
  const whole = weeks * 7 + days;
  // Weeks and days, as a schedule counts them, need no calendar.
  if (Object.keys(others).length === 0 && Number.isInteger(whole)) {
    return dayIn(msOf(day) + whole * A_DAY);
  }
  return DateTime.fromISO(day, { zone: 'utc' }).plus(by).toISODate() as Day;
}

/** The day, read as one in UTC, as ms. */
const msOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`);

/** The day of an instant in UTC. */
function dayIn(ms: number): Day {
  const iso = new Date(ms).toISOString();
  return iso.slice(0, iso.indexOf('T'));
}

/** @returns whole days from one day to another; negative if `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((msOf(to) - msOf(from)) / A_DAY);
}

/** @returns 1 (Monday) to 7 (Sunday). */
export function weekdayOf(day: Day): number {
  return new Date(msOf(day)).getUTCDay() || 7;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** A day as people here write it: `Fri 27 Nov`, with the year when it is not `today`'s. */
export function dayText(day: Day, today?: Day): string {
  const date = new Date(msOf(day));
  const text = `${weekdays[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
  const year = day.slice(0, 4);
  return today?.startsWith(year) ? text : `${text} ${year}`;
}

/** An instant as plain text for a reader in `zone`, naming the zone: `Fri 27 Nov 2026, 15:00 (Europe/London)`. */
export function momentText(instant: Date, zone: string): string {
  const ms = instant.getTime();
  const local = new Date(ms + offsetAt(ms, zone)).toISOString();
  return `${dayText(local.slice(0, 10))}, ${local.slice(11, 16)} (${zone})`;
}

/** Whether `zone` is an IANA time zone that this machine knows. */
export function isZone(zone: string): boolean {
  return DateTime.local({ zone }).isValid;
}
