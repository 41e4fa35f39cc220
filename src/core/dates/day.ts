import { LRUCache } from 'lru-cache';
import { DateTime, type DurationLikeObject, type Zone } from 'luxon';
import { SHORT_WEEKDAY_NAMES } from './weekdays.ts';

/** A plain local day, `YYYY-MM-DD`. Compares and sorts as a string; has no time and no zone. */
export type Day = string;

/** Minutes since local midnight, 0 to 1439. */
export type Minute = number;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** @returns the day it is at an instant, for somebody in `zone` (IANA name). */
export function dayOf(instant: Date, zone: string): Day {
  const ms = instant.getTime();
  return utcDay(ms + offsetAt(ms, zone));
}

/** @returns the minute of the local day at an instant, for somebody in `zone` (IANA name). */
export function minuteOf(instant: Date, zone: string): Minute {
  const ms = instant.getTime();
  const local = ms + offsetAt(ms, zone);
  return Math.floor((local - Math.floor(local / DAY_MS) * DAY_MS) / MINUTE_MS);
}

/**
 * The instant at which clocks in `zone` (IANA name) show `minute` on `day`. If that minute is skipped (spring), the
 * next one that exists; if it comes twice (autumn), the first.
 */
export function instantOf(day: Day, minute: Minute, zone: string): Date {
  // The offset at a local time is the one of a day before or of a day after the same reading in UTC.
  const reading = utcMs(day) + minute * MINUTE_MS;
  const candidates = [
    reading - offsetAt(reading - DAY_MS, zone),
    reading - offsetAt(reading + DAY_MS, zone),
  ];
  const exact = candidates.filter((ms) => ms + offsetAt(ms, zone) === reading);
  if (exact.length > 0) return new Date(Math.min(...exact));
  const [from, to] = [Math.min(...candidates), Math.max(...candidates)];
  return new Date(firstChange(from, to, (ms) => offsetAt(ms, zone)));
}

/** @returns the day a calendar duration later (or earlier, if negative): 31 Jan + 1 month is 28 or 29 Feb. */
export function addToDay(day: Day, by: DurationLikeObject): Day {
  const { weeks = 0, days = 0, ...others } = by;
  const total = weeks * 7 + days;
  // Weeks and days are plain arithmetic, which is much faster than luxon.
  if (Object.keys(others).length === 0 && Number.isInteger(total)) {
    return utcDay(utcMs(day) + total * DAY_MS);
  }
  return DateTime.fromISO(day, { zone: 'utc' }).plus(by).toISODate() as Day;
}

/** The start of the day in UTC, as ms. */
const utcMs = (day: Day): number => Date.parse(`${day}T00:00:00Z`);

/** The day in UTC at an instant (ms). */
function utcDay(ms: number): Day {
  const iso = new Date(ms).toISOString();
  return iso.slice(0, iso.indexOf('T'));
}

/** @returns whole days from one day to another; negative if `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((utcMs(to) - utcMs(from)) / DAY_MS);
}

/** @returns 1 (Monday) to 7 (Sunday). */
export function weekdayOf(day: Day): number {
  return new Date(utcMs(day)).getUTCDay() || 7;
}

const SHORT_MONTH_NAMES = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** A day as people write it: `Fri 27 Nov`, with the year if it is not the year of `today`. */
export function dayText(day: Day, today?: Day): string {
  const date = new Date(utcMs(day));
  const text = `${SHORT_WEEKDAY_NAMES[weekdayOf(day) - 1]} ${date.getUTCDate()} ${SHORT_MONTH_NAMES[date.getUTCMonth()]}`;
  const year = day.slice(0, 4);
  return today?.startsWith(year) ? text : `${text} ${year}`;
}

/** An instant as plain text for a reader in `zone` (IANA name): `Fri 27 Nov 2026, 15:00`. */
export function momentText(instant: Date, zone: string): string {
  const ms = instant.getTime();
  const local = new Date(ms + offsetAt(ms, zone)).toISOString();
  return `${dayText(local.slice(0, 10))}, ${local.slice(11, 16)}`;
}

/** Whether `zone` is an IANA time zone that this machine knows. */
export function isZone(zone: string): boolean {
  return DateTime.local({ zone }).isValid;
}

/** How far apart offsets are sampled (ms): since 1940 no zone has changed its clocks twice within a week. */
const SAMPLE_MS = 4 * DAY_MS;
/** Offsets are kept by periods of 32 days, a whole number of samples. */
const PERIOD_MS = 32 * DAY_MS;
const MAX_PERIODS = 10_000;
/** More than the zones that exist. */
const MAX_ZONES = 1_000;

/** From an instant on (ms), clocks are `offset` ms ahead of UTC. */
interface OffsetChange {
  from: number;
  offset: number;
}

const zones = new LRUCache<string, Zone>({ max: MAX_ZONES });
const changesByPeriod = new LRUCache<string, readonly OffsetChange[]>({ max: MAX_PERIODS });

/**
 * How many ms clocks in `zone` are ahead of UTC at an instant (ms). Asking the platform for an offset is slow, so the
 * changes within a period are looked up once.
 */
function offsetAt(instant: number, zone: string): number {
  const period = Math.floor(instant / PERIOD_MS);
  const key = `${zone}/${period}`;
  let changes = changesByPeriod.get(key);
  if (!changes) {
    changes = changesInPeriod(period * PERIOD_MS, zone);
    changesByPeriod.set(key, changes);
  }
  const latest = changes.findLast(({ from }) => from <= instant) ?? changes[0];
  return latest?.offset ?? 0;
}

/** The offset at the start of a period, and each change within it. */
function changesInPeriod(start: number, zone: string): readonly OffsetChange[] {
  const offsetIn = offsetLookup(zone);
  let before = offsetIn(start);
  const changes: OffsetChange[] = [{ from: start, offset: before }];
  for (let from = start; from < start + PERIOD_MS; from += SAMPLE_MS) {
    const offset = offsetIn(from + SAMPLE_MS);
    if (offset === before) continue;
    const change = firstChange(from, from + SAMPLE_MS, offsetIn);
    if (change < start + PERIOD_MS) changes.push({ from: change, offset });
    before = offset;
  }
  return changes;
}

/** The first instant (ms) after `from`, and at most `to`, whose offset is not that of `from`. The ends have different offsets. */
function firstChange(from: number, to: number, offsetIn: (instant: number) => number): number {
  const before = offsetIn(from);
  let low = from;
  let high = to;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetIn(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

function offsetLookup(name: string): (instant: number) => number {
  const zone = zones.get(name) ?? DateTime.fromMillis(0, { zone: name }).zone;
  zones.set(name, zone);
  return (instant) => Math.round(zone.offset(instant) * MINUTE_MS);
}

/** The Monday of a day's week. */
export function mondayOf(day: Day): Day {
  return addToDay(day, { days: 1 - weekdayOf(day) });
}
