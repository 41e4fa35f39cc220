import { addToDay, type Day, weekdayOf } from './day.ts';
import { WEEKDAY_NUMBERS } from './weekdays.ts';

/** Which way a date without a year looks: to the next such day, or to the latest. */
export type Tense = 'past' | 'future';
/** January to December. */
export const MONTH_NAMES =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

/** @returns 1 to 12 for a month's name or its first three letters (or `sept`). */
export function monthNumber(word: string): number | undefined {
  if (word === 'sept') return 9;
  if (word.length < 3) return undefined;
  const index = MONTH_NAMES.map((name) => name.toLowerCase()).findIndex(
    (month) => month === word || month.slice(0, 3) === word,
  );
  return index < 0 ? undefined : index + 1;
}

/** Years outside these are typing mistakes. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

/** @returns the text, if it is a day that exists (`YYYY-MM-DD`): `2026-02-31` is not. */
export function readIsoDay(text: string): Day | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (!year || !month || !day || year < FIRST_YEAR || year > LAST_YEAR) return undefined;
  // Date turns 31 February into 3 March.
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? text : undefined;
}

/** @returns the day, if it exists. */
export function dayFromParts(year: number, month: number, day: number): Day | undefined {
  const two = (number: number) => String(number).padStart(2, '0');
  return readIsoDay(`${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`);
}

/** Reads a date of the calendar: `14/12`, `14.12.2026`, `2026-12-14`, `14 Dec`, `Fri 27 November 2026`. */
export function readCalendarDate(words: string, today: Day, tense: Tense): Day | undefined {
  if (!/[a-z]/.test(words)) return numericDate(words, today, tense);
  const tokens = words.split(' ');
  const first = WEEKDAY_NUMBERS.get(tokens[0] ?? '');
  const last = tokens.length > 1 ? WEEKDAY_NUMBERS.get(tokens.at(-1) ?? '') : undefined;
  if (first === undefined && last === undefined) return namedDate(words, today, tense);
  const rest = tokens
    .slice(first === undefined ? 0 : 1, last === undefined ? undefined : -1)
    .join(' ');
  const day = readCalendarDate(rest, today, tense);
  // "Monday 15 Dec", where that is a Tuesday: one of the two is wrong, and we do not guess which.
  const weekdays = [first, last].filter((weekday) => weekday !== undefined);
  return day && weekdays.every((weekday) => weekday === weekdayOf(day)) ? day : undefined;
}

/** Day before month, as in Britain. */
function numericDate(words: string, today: Day, tense: Tense): Day | undefined {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(words);
  if (iso) return dayFromParts(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const match = /^(\d{1,2})([-/.])(\d{1,2})(?:[-/.](\d{4}|\d{2}))?$/.exec(words);
  if (!match) return undefined;
  const [, day, separator, month, year] = match;
  if (year !== undefined) return dayFromParts(fullYear(year), Number(month), Number(day));
  // "9.30" may be a time, and "3-4" a range.
  return separator === '/' ? nearestYear(Number(month), Number(day), today, tense) : undefined;
}

/** A year of two digits is of this century. */
const fullYear = (year: string): number => Number(year.length === 2 ? `20${year}` : year);

const NINE_ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth'.split(' ');
/** Days of the month in words, in order: `first` to `thirty first`. */
const ORDINALS = [
  ...NINE_ORDINALS,
  ...'tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth'.split(' '),
  ...['eighteenth', 'nineteenth', 'twentieth'],
  ...NINE_ORDINALS.map((ordinal) => `twenty ${ordinal}`),
  ...['thirtieth', 'thirty first'],
];

/** Reads a date whose month is a word, with or without a year: `14th of December`, `Dec 14 2026`, `2026 Dec 14`. */
function namedDate(words: string, today: Day, tense: Tense): Day | undefined {
  const text = words
    .replaceAll('-', ' ')
    .replace(/\bthe /g, '')
    .replace(/^(\d{1,2}(?:st|nd|rd|th)?)(?=[a-z]{3})/, '$1 ')
    .replace(/^(\d{4}) ([a-z].*)$/, '$2 $1');
  const dayFirst = /^(?<day>.+?)(?: of)? (?<month>[a-z]+)(?: (?<year>\d{4}|\d{2}))?$/.exec(text);
  const monthFirst = /^(?<month>[a-z]+) (?<day>.+?)(?: (?<year>\d{4}|\d{2}))?$/.exec(text);
  for (const match of [dayFirst, monthFirst]) {
    const { day = '', month = '', year } = match?.groups ?? {};
    const monthOfYear = monthNumber(month);
    const digits = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(day)?.[1];
    const dayOfMonth = digits === undefined ? ORDINALS.indexOf(day) + 1 : Number(digits);
    if (monthOfYear === undefined || dayOfMonth === 0) continue;
    if (year !== undefined) return dayFromParts(fullYear(year), monthOfYear, dayOfMonth);
    return nearestYear(monthOfYear, dayOfMonth, today, tense);
  }
  return undefined;
}

/** Whether a day is today or later (`future`), or today or earlier (`past`). */
export function fitsTense(day: Day, today: Day, tense: Tense): boolean {
  return tense === 'future' ? day >= today : day <= today;
}

/** The next day of that date, today included, or the latest one. 29 February may be eight years away. */
function nearestYear(month: number, day: number, today: Day, tense: Tense): Day | undefined {
  const step = tense === 'future' ? 1 : -1;
  const thisYear = Number(today.slice(0, 4));
  for (let years = 0; years <= 8; years++) {
    const found = dayFromParts(thisYear + years * step, month, day);
    if (found !== undefined && fitsTense(found, today, tense)) return found;
  }
  return undefined;
}

/** The last day of a month. @param months how many months after the month of `today`; may be negative. */
export function endOfMonth(today: Day, months: number): Day {
  const first = `${today.slice(0, 7)}-01`;
  return addToDay(addToDay(first, { months: months + 1 }), { days: -1 });
}
