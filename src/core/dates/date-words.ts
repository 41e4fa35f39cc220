import { trimEnd } from '../base/trim-end.ts';
import { monthOf, WEEKDAYS } from './calendar-date.ts';
import { countIn } from './time-span.ts';

const UNITS = /^(second|sec|minute|min|hour|hr|day|week|wk|fortnight|month|quarter|year|yr)s?$/;
const RELATIVE = new Set(
  `today tomorrow tonight yesterday now next last this coming ago from after before in end start of the on at by
  noon midday midnight morning afternoon evening night am pm o'clock half past quarter to and`.split(
    /\s+/,
  ),
);
const CONNECTIVES = new Set(['at', 'on', 'of', '@', 'by']);

/** How many of the words, from the first, sound like a date: what to quote when it cannot be read. */
export function dateRun(words: readonly string[]): number {
  const end = words.findIndex((word) => !isDateWord(plain(word)));
  return end < 0 ? words.length : end;
}

function isDateWord(word: string): boolean {
  return (
    /\d/.test(word) ||
    RELATIVE.has(word) ||
    WEEKDAYS.has(word) ||
    UNITS.test(word) ||
    monthOf(word) !== undefined ||
    countIn(word) !== undefined
  );
}

/** Whether words after a date go on with it: "friday" before "25:00", "14 dec" or "at 31", but not before "3 boxes". */
export function continuesDate(rest: string): boolean {
  const [first = '', second = '', third = ''] = rest.slice(0, 80).split(/\s+/).map(plain);
  if (CONNECTIVES.has(first)) return goesOn(second, third);
  return goesOn(first, second);
}

function goesOn(word: string, next: string): boolean {
  if (['noon', 'midday', 'midnight', 'ago', 'am', 'pm'].includes(word)) return true;
  if (/^\d+$/.test(word)) {
    return (
      next === '' ||
      monthOf(next) !== undefined ||
      UNITS.test(next) ||
      /^(am|pm|o'clock)$/.test(next)
    );
  }
  return /^\d+([:./-]\d|am|pm|st|nd|rd|th|h$)/.test(word);
}

const plain = (word: string): string => trimEnd(word.toLowerCase(), ',.;!?');
