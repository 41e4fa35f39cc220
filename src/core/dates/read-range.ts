import { dayFromParts, readCalendarDate } from './calendar-date.ts';
import { normalizeWords } from './date-words.ts';
import type { Day } from './day.ts';
import { readDayPhrase } from './day-phrase.ts';
import type { DayRange } from './working-days.ts';

/**
 * Reads days in a row as people write them: `24 Dec - 2 Jan`, `24 to 31 December`, `tomorrow until friday`, or one day.
 * Dates without a year are those whose last day comes next, today included.
 * @returns undefined if it cannot be read, or the last day is before the first.
 */
export function readDayRange(text: string, today: Day): DayRange | undefined {
  const words = normalizeWords(text)
    ?.replace(/[–—]/g, '-')
    .replace(/^from /, '');
  if (words === undefined) return undefined;
  const alone = readDayPhrase(words, today, 'future');
  if (alone !== undefined) return { from: alone, to: alone };
  for (const match of words.matchAll(/ (?:to|until|till|through) | ?- ?/g)) {
    const found = readEnds(
      words.slice(0, match.index),
      words.slice(match.index + match[0].length),
      today,
    );
    if (found) return found;
  }
  return undefined;
}

function readEnds(first: string, last: string, today: Day): DayRange | undefined {
  const to = readDayPhrase(last, today, 'future');
  if (to === undefined) return undefined;
  // The first day of a calendar date is the latest one before the last day: it can be over, or in the year before.
  const from =
    dayInMonthOf(first, to) ??
    readCalendarDate(first, to, 'past') ??
    readDayPhrase(first, today, 'future');
  if (from === undefined) return undefined;
  if (from <= to) return { from, to };
  const later = readDayPhrase(last, from, 'future');
  return later !== undefined && later >= from ? { from, to: later } : undefined;
}

/** Reads a first day without a month, as in `24 - 31 Dec`. */
function dayInMonthOf(words: string, to: Day): Day | undefined {
  const [, number] = /^(?:the )?(\d{1,2})(?:st|nd|rd|th)?$/.exec(words) ?? [];
  return number === undefined
    ? undefined
    : dayFromParts(Number(to.slice(0, 4)), Number(to.slice(5, 7)), Number(number));
}
