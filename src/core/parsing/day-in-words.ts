import { type FoundDay, findDayIn } from '../dates/find-day.ts';
import type { WhenContext } from '../dates/read-date.ts';
import { interpretRepeat, type RepeatWords } from '../dates/read-repeat.ts';
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

/** A repeat may have as many words. */
const MAX_REPEAT_WORDS = 12;
const EVERY = /(?<=^|\s)(?:every|each)\s/i;
/** At the end only: "the monthly report" is a thing. */
const ADVERB_AT_END =
  /(?<=\s)(?:daily|weekly|fortnightly|monthly|quarterly|yearly|annually)[.!]?$/i;

/** Finds how often something is to be done: "water the plants every tuesday at 9", "ring them monthly". */
export function repeatInWords(text: string): RepeatInWords | undefined {
  const start = EVERY.exec(text)?.index ?? ADVERB_AT_END.exec(text)?.index;
  if (start === undefined) return undefined;
  const words = [...text.slice(start).matchAll(/\S+/g)].slice(0, MAX_REPEAT_WORDS);
  for (const word of words.toReversed()) {
    const end = start + word.index + word[0].length;
    const typed = text.slice(start, end).replace(/[.,;:!?]+$/, '');
    const reading = interpretRepeat(typed);
    if (reading) return { reading, typed, others: withoutPart(text, start, end) };
  }
  return undefined;
}

/** A text without a part of it, and without the commas and "to" that only led to that part. */
function withoutPart(text: string, start: number, end: number): string {
  const before = text.slice(0, start).replace(/[\s,;:–—(-]+$/, '');
  const after = text.slice(end).replace(/^[\s,;:–—)-]+/, '');
  if (before === '') return after.replace(/^(?:to|i need to|please)\s+/i, '');
  return /^[.!?]*$/.test(after) ? before : `${before} ${after}`;
}
