import { cut } from '../../base/cut.ts';
import { addToDay, dayOf, instantOf, type Minute, minuteOf } from '../../dates/day.ts';
import { readTime, timeText } from '../../dates/time-of-day.ts';
import { UserError } from '../../message/user-error.ts';
import type { Member } from '../members/member.ts';
import type { Partnership } from '../partnerships/partnership.ts';

/** Quiet hours where nothing is set. */
const USUAL = '20:00-08:00';
/** What is stored where there are none. */
const NO_QUIET = 'none';

/** From a minute of the local day to another, over midnight where `to` is the smaller. */
export interface QuietHours {
  from: Minute;
  to: Minute;
}

/**
 * Reads quiet hours as people write them: `20:00-08:00`, `8pm to 8am`.
 * @returns undefined for anything else, and for hours that begin as they end.
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
 * Quiet hours as they are stored: `20:00-08:00`, or `none` (given as null).
 * @throws UserError when the text is none.
 */
export function checkedQuietHours(text: string | null): string {
  if (text === null) return NO_QUIET;
  const hours = readQuietHours(text);
  if (hours) return hoursText(hours);
  const sentence = `I can't read "${cut(text)}" as hours. Try "20:00-08:00", or none.`;
  throw new UserError(sentence, 'quiet-hours');
}

/** A member's quiet hours: their own, else the partnership's, else from eight to eight; undefined: none. */
export function quietHoursOf(
  member: Pick<Member, 'quietHours'>,
  partnership: Pick<Partnership, 'quietHours'>,
): QuietHours | undefined {
  return readQuietHours(member.quietHours ?? partnership.quietHours ?? USUAL);
}

/** Whether a minute of the day is in quiet hours; the one they end at is not. */
export function withinQuiet(minute: Minute, { from, to }: QuietHours): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** The instant at which the quiet hours around an instant end in a zone; the instant itself when it is in none. */
export function endOfQuiet(at: Date, hours: QuietHours | undefined, zone: string): Date {
  const minute = minuteOf(at, zone);
  if (!hours || !withinQuiet(minute, hours)) return at;
  const today = dayOf(at, zone);
  const end = instantOf(minute < hours.to ? today : addToDay(today, { days: 1 }), hours.to, zone);
  // In the hour that comes twice they have ended once already.
  return end > at ? end : at;
}

/** Quiet hours as people read them: `20:00-08:00`. */
export function hoursText({ from, to }: QuietHours): string {
  return `${timeText(from)}-${timeText(to)}`;
}
