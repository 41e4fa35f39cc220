import { GB } from 'chrono-node/en';
import { addToDay, type Day, weekdayOf } from './day.ts';

/** Which way a date looks that could lie on either side of today. */
export type Tense = 'past' | 'future';

/** Monday to Sunday, 1 to 7, by every name people use. */
export const WEEKDAYS: ReadonlyMap<string, number> = new Map(
  [
    ['monday', 'mon'],
    ['tuesday', 'tue', 'tues'],
    ['wednesday', 'wed', 'weds'],
    ['thursday', 'thu', 'thur', 'thurs'],
    ['friday', 'fri'],
    ['saturday', 'sat'],
    ['sunday', 'sun'],
  ].flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
);

const MONTHS =
  'january february march april may june july august september october november december'.split(
    ' ',
  );

/** @returns 1 to 12 for a month's name or its first three letters (or `sept`). */
export function monthOf(word: string): number | undefined {
  if (word.length < 3) return undefined;
  const index = MONTHS.findIndex((month) => month === word || month.slice(0, 3) === word);
  return index < 0 ? (word === 'sept' ? 9 : undefined) : index + 1;
}

/** Dates outside these years are slips of the finger. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

/** @returns the day, if it is one that exists: `2026-02-31` is not. */
export function isoDay(text: string): Day | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (!year || !month || !day || year < FIRST_YEAR || year > LAST_YEAR) return undefined;
  // What is more than a month has comes out as a day of the next.
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? text : undefined;
}

/** Reads a date of the calendar: `14/12`, `14.12.2026`, `2026-12-14`, `14 Dec`, `Fri 27 November 2026`. */
export function calendarDate(words: string, today: Day, tense: Tense): Day | undefined {
  if (!/[a-z]/.test(words)) return numericDate(words, today, tense);
  const tokens = words.split(' ');
  const first = WEEKDAYS.get(tokens[0] ?? '');
  const last = tokens.length > 1 ? WEEKDAYS.get(tokens.at(-1) ?? '') : undefined;
  if (first === undefined && last === undefined) return namedDate(words, today, tense);
  const rest = tokens
    .slice(first === undefined ? 0 : 1, last === undefined ? undefined : -1)
    .join(' ');
  const day = calendarDate(rest, today, tense);
  // "Monday 15 Dec", where that is a Tuesday, is a slip in one or the other: nothing is guessed.
  return day !== undefined && weekdayOf(day) === (first ?? last) ? day : undefined;
}

/** Day before month, as here; a year of two digits is of this century. */
function numericDate(words: string, today: Day, tense: Tense): Day | undefined {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(words);
  if (iso) return dayAt(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const match = /^(\d{1,2})([-/.])(\d{1,2})(?:[-/.](\d{4}|\d{2}))?$/.exec(words);
  if (!match) return undefined;
  const [, day, mark, month, year] = match;
  if (year !== undefined) return dayAt(fullYear(year), Number(month), Number(day));
  // "9.30" is a time to some and a date to others, "3-4" a range.
  return mark === '/' ? nearestYear(Number(month), Number(day), today, tense) : undefined;
}

const fullYear = (year: string): number => Number(year.length === 2 ? `20${year}` : year);

/**
 * A date with its month in words is chrono's to read. Only its numbers are used: which year is meant is decided
 * here, and the reference, a leap year's June by the machine's clock, keeps the real now and every zone out of it.
 */
function namedDate(words: string, today: Day, tense: Tense): Day | undefined {
  const tokens = words.split(/[ -]/).filter((token) => token !== 'the');
  if (!tokens.every(isDateWord)) return undefined;
  const [month, day] = tokens;
  // British chrono takes the 14 of "december 14" for a year.
  const turned =
    monthOf(month ?? '') && /^\d/.test(day ?? '') ? [day, month, ...tokens.slice(2)] : tokens;
  const text = turned.join(' ');
  const results = GB.parse(text, new Date(2024, 5, 15, 12));
  const [result] = results;
  if (!result || results.length > 1 || result.text !== text || result.end) return undefined;
  const { start } = result;
  if (!start.isCertain('day') || !start.isCertain('month') || start.isCertain('hour'))
    return undefined;
  const [date, inMonth] = [start.get('day') ?? 0, start.get('month') ?? 0];
  if (!start.isCertain('year')) return nearestYear(inMonth, date, today, tense);
  // Chrono takes 60 for 1960.
  const short = / (\d\d)$/.exec(text)?.[1];
  return dayAt(short ? fullYear(short) : (start.get('year') ?? 0), inMonth, date);
}

const ORDINALS = new Set(
  `first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
  fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth twenty thirty of`.split(
    /\s+/,
  ),
);

function isDateWord(token: string): boolean {
  return (
    monthOf(token) !== undefined ||
    ORDINALS.has(token) ||
    /^\d{1,4}(st|nd|rd|th)?$/.test(token) ||
    /^\d{1,2}(st|nd|rd|th)?[a-z]{3,9}$/.test(token)
  );
}

/** Whether a day lies where the tense looks; today does either way. */
export function isAhead(day: Day, today: Day, tense: Tense): boolean {
  return tense === 'future' ? day >= today : day <= today;
}

/** The coming day of that date, today included, or the latest one: 29 Feb may be years away. */
function nearestYear(month: number, day: number, today: Day, tense: Tense): Day | undefined {
  const step = tense === 'future' ? 1 : -1;
  const thisYear = Number(today.slice(0, 4));
  for (let ahead = 0; ahead <= 8; ahead++) {
    const found = dayAt(thisYear + ahead * step, month, day);
    if (found !== undefined && isAhead(found, today, tense)) return found;
  }
  return undefined;
}

/** @returns the day, if there is one. */
export function dayAt(year: number, month: number, day: number): Day | undefined {
  const two = (number: number) => String(number).padStart(2, '0');
  return isoDay(`${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`);
}

/** The last day of a month, counted from the month that `today` is in. */
export function endOfMonth(today: Day, months: number): Day {
  const first = `${today.slice(0, 7)}-01`;
  return addToDay(addToDay(first, { months: months + 1 }), { days: -1 });
}
