import { DateTime, type DurationLike } from 'luxon';

/** A plain local day, `YYYY-MM-DD`. Compares and sorts as a string; has no time and no zone. */
export type Day = string;

/** Minutes since local midnight, 0 to 1439. */
export type Minute = number;

/** @returns the day it is at an instant, for somebody in `zone` (IANA name). */
export function dayOf(instant: Date, zone: string): Day {
  return DateTime.fromJSDate(instant, { zone }).toISODate() as Day;
}

/** @returns the minute of the local day at an instant, for somebody in `zone`. */
export function minuteOf(instant: Date, zone: string): Minute {
  const local = DateTime.fromJSDate(instant, { zone });
  return local.hour * 60 + local.minute;
}

/**
 * The instant at which clocks in `zone` show `minute` on `day`. Where that minute is skipped (spring),
 * the next one that exists; where it comes twice (autumn), the first.
 */
export function instantOf(day: Day, minute: Minute, zone: string): Date {
  // Walk the real minutes around the naive reading: correct for gaps of any length, whole skipped days included.
  const naive = DateTime.fromISO(day, { zone: 'utc' }).plus({ minutes: minute });
  const wanted = naive.toMillis();
  const offsetAt = (ms: number) => DateTime.fromMillis(ms, { zone }).offset * 60_000;
  const candidates = [
    wanted - offsetAt(wanted - 86_400_000),
    wanted - offsetAt(wanted + 86_400_000),
  ];
  const exact = candidates.filter((ms) => ms + offsetAt(ms) === wanted);
  if (exact.length > 0) return new Date(Math.min(...exact));
  return gapEnd(Math.min(...candidates), Math.max(...candidates), offsetAt);
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
  // A plain day is parsed as midnight UTC, where every day is as long: no calendar is needed.
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** @returns 1 (Monday) to 7 (Sunday). */
export function weekdayOf(day: Day): number {
  return DateTime.fromISO(day, { zone: 'utc' }).weekday;
}

/** September has three letters like the others, whatever the locale's data says. */
const short = (text: string): string => text.replace('Sept', 'Sep');

/** A day as people here write it: `Fri 27 Nov`, with the year when it is not `today`'s. */
export function dayText(day: Day, today?: Day): string {
  const sameYear = today !== undefined && today.slice(0, 4) === day.slice(0, 4);
  const format = sameYear ? 'ccc d LLL' : 'ccc d LLL yyyy';
  return short(DateTime.fromISO(day, { zone: 'utc' }).setLocale('en-GB').toFormat(format));
}

/** An instant as plain text for a reader in `zone`, naming the zone: `Fri 27 Nov 2026, 15:00 (Europe/London)`. */
export function momentText(instant: Date, zone: string): string {
  const local = DateTime.fromJSDate(instant, { zone }).setLocale('en-GB');
  return `${short(local.toFormat('ccc d LLL yyyy, HH:mm'))} (${zone})`;
}

/** Whether `zone` is an IANA time zone that this machine knows. */
export function isZone(zone: string): boolean {
  return DateTime.local({ zone }).isValid;
}
