import { type FoundDay, findDayIn, findRepeatIn } from '../dates/find-day.ts';
import type { WhenContext } from '../dates/read-date.ts';
import type { RepeatWords } from '../dates/read-repeat.ts';
import type { Reading } from '../dates/reading.ts';
import { hasPastedMail } from './segments.ts';

/** A date found in what somebody wrote, and the same words without it. */
export interface DayInWords extends FoundDay {
  /** The words of the date, as they were typed. */
  typed: string;
  /** The text without them; empty if there is nothing else. */
  others: string;
}

/** Finds a date in what somebody wrote (see {@link findDayIn}), but for a pasted mail. */
export function dayInWords(text: string, context: WhenContext): DayInWords | undefined {
  const found = hasPastedMail(text) ? undefined : findDayIn(text, context);
  if (!found) return undefined;
  const { start, end } = found;
  return { ...found, typed: text.slice(start, end), others: withoutPart(text, start, end) };
}

/** A repeat found in what somebody wrote, and the same words without it. */
export interface RepeatInWords {
  reading: Reading<RepeatWords>;
  typed: string;
  others: string;
}

/**
 * Finds how often something is to be done: "water the plants every tuesday at 9", "ring them monthly", "unlock on mondays
 * and thursdays". A word such as "weekly" within a text may belong to it: "the weekly meeting".
 */
export function repeatInWords(text: string): RepeatInWords | undefined {
  const found = findRepeatIn(text);
  if (!found) return undefined;
  const { reading, end, isSure } = found;
  const lead = /(?<=\s)on\s+$/i.exec(text.slice(0, found.start))?.[0] ?? '';
  const start = found.start - lead.length;
  const typed = text.slice(start, end);
  if (!isSure && !/^(?:on\s+)?(?:every|each)\s/i.test(typed)) return undefined;
  return { reading, typed, others: withoutPart(text, start, end) };
}

/** A text without a part of it, and without the commas and "to" that only led to that part. */
function withoutPart(text: string, start: number, end: number): string {
  const before = text.slice(0, start).replace(/[\s,;:–—(-]+$/, '');
  const after = text.slice(end).replace(/^[\s,;:–—)-]+/, '');
  if (before === '') return after.replace(/^(?:to|i need to|please)\s+/i, '');
  return /^[.!?]*$/.test(after) ? before : `${before} ${after}`;
}
