import { quoteShort } from '../../base/text.ts';
import { addToDay, dayOf, instantOf, type Minute, minuteOf } from '../../dates/day.ts';
import { readTime, timeText } from '../../dates/time-of-day.ts';
import { UserError } from '../../message/user-error.ts';
import type { Member } from '../members/member.ts';
import type { Partnership } from '../partnerships/partnership.ts';

/** Quiet hours if nothing else is set. */
const DEFAULT_QUIET_HOURS = '20:00-08:00';
/** The stored value for "no quiet hours". */
const NO_QUIET_HOURS = 'none';

/** From one minute of the local day to another. They go over midnight if `to` is smaller. */
export interface QuietHours {
  from: Minute;
  to: Minute;
}

/**
 * Reads quiet hours as people write them: `20:00-08:00`, `8pm to 8am`.
 * @returns undefined for anything else, and if both times are the same.
 */
export function readQuietHours(text: string): QuietHours | undefined {
  const [from, to, ...more] = text
    .trim()
    .toLowerCase()
    .replace(/^from\b/, '')
    .split(/\s*(?:[-–—]|\bto\b|\buntil\b)\s*/)
    .map((part) => readTime(part.trim()));
  if (from === undefined || to === undefined || more.length > 0 || from === to) return undefined;
  return { from, to };
}

/**
 * Quiet hours in the form they are stored in: `20:00-08:00`, or `none` for null.
 * @throws UserError if the text cannot be read as hours.
 */
export function checkedQuietHours(text: string | null): string {
  if (text === null) return NO_QUIET_HOURS;
  const hours = readQuietHours(text);
  if (hours) return quietHoursText(hours);
  const sentence = `I can't read "${quoteShort(text)}" as hours. Try "20:00-08:00", or none.`;
  throw new UserError(sentence, 'quiet-hours');
}

/** A member's quiet hours: their own, else the partnership's, else 20:00 to 08:00; undefined if they have none. */
export function quietHoursOf(
  member: Pick<Member, 'quietHours'>,
  partnership: Pick<Partnership, 'quietHours'>,
): QuietHours | undefined {
  return readQuietHours(member.quietHours ?? partnership.quietHours ?? DEFAULT_QUIET_HOURS);
}

/** Whether a minute of the day is in quiet hours. The minute they end at is not. */
export function isWithinQuietHours(minute: Minute, { from, to }: QuietHours): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** When the quiet hours around an instant end, in a zone (IANA name); the instant itself if it is in none. */
export function endOfQuietHours(at: Date, hours: QuietHours | undefined, zone: string): Date {
  const minute = minuteOf(at, zone);
  if (!hours || !isWithinQuietHours(minute, hours)) return at;
  const today = dayOf(at, zone);
  const end = instantOf(minute < hours.to ? today : addToDay(today, { days: 1 }), hours.to, zone);
  // When the clocks go back, the hour comes twice and quiet hours have ended already.
  return end > at ? end : at;
}

/** Quiet hours in words: `20:00-08:00`. */
export function quietHoursText({ from, to }: QuietHours): string {
  return `${timeText(from)}-${timeText(to)}`;
}
