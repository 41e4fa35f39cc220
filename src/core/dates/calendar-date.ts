import { addToDay, type Day, daysBetween, weekdayOf } from './day.ts';
import {
  chooseDay,
  type DayContext,
  type DayReading,
  onlyValue,
  possibleValues,
  readAs,
  refused,
  type Tense,
} from './reading.ts';
import { WEEKDAY_NAMES, WEEKDAY_NUMBERS } from './weekdays.ts';
/** January to December. */
export const MONTH_NAMES =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

const MONTH_NUMBERS: ReadonlyMap<string, number> = new Map([
  ['sept', 9],
  ...MONTH_NAMES.flatMap((name, index) => {
    const month = name.toLowerCase();
    return [month, month.slice(0, 3)].map((word) => [word, index + 1] as const);
  }),
]);

/** The year that words say: `2028`, `next year`, `last year`, `this year`. */
export function yearNamed(words: string, today: Day): number {
  const away = { next: 1, last: -1, this: 0 }[words.split(' ')[0] ?? ''];
  return away === undefined ? Number(words) : Number(today.slice(0, 4)) + away;
}

/** @returns 1 to 12 for a month's name or its first three letters (or `sept`). */
export const monthNumber = (word: string): number | undefined => MONTH_NUMBERS.get(word);

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

/** A day in a sentence, without its weekday: `5 December`, with the year if it is not the year of `today`. */
function dateText(day: Day, today: Day): string {
  const year = day.slice(0, 4);
  const text = `${Number(day.slice(8))} ${MONTH_NAMES[Number(day.slice(5, 7)) - 1]}`;
  return today.startsWith(year) ? text : `${text} ${year}`;
}

/** @returns the only day that {@link interpretCalendarDate} reads. */
export function readCalendarDate(words: string, today: Day, tense: Tense): Day | undefined {
  return onlyValue(interpretCalendarDate(words, { today, tense }));
}

/**
 * Reads a date of the calendar: `14/12`, `14.12.2026`, `2026-12-14`, `14 Dec`, `14 Dec next year`,
 * `Fri 27 November 2026`. A day that a month does not have is refused. It is a choice if a weekday and its date do not fit.
 */
export function interpretCalendarDate(
  words: string,
  context: Pick<DayContext, 'today' | 'tense'>,
): DayReading | undefined {
  if (!/[a-z]/.test(words)) return numericDate(words, context);
  const relative = /^(.+?),? (?:of )?(next|last|this) year$/.exec(words);
  if (relative) {
    const away = { next: 1, last: -1, this: 0 }[relative[2] ?? ''] ?? 0;
    return interpretCalendarDate(
      `${relative[1]} ${Number(context.today.slice(0, 4)) + away}`,
      context,
    );
  }
  const nextMonth = /^next ([a-z]+ (?:the )?\d{1,2}(?:st|nd|rd|th)?)$/.exec(words)?.[1];
  if (nextMonth !== undefined) return nextOfMonth(nextMonth, context);
  const tokens = words.split(' ');
  const first = WEEKDAY_NUMBERS.get(tokens[0] ?? '');
  const last = tokens.length > 1 ? WEEKDAY_NUMBERS.get(tokens.at(-1) ?? '') : undefined;
  if (first === undefined && last === undefined) return namedDate(words, context);
  const rest = tokens
    .slice(first === undefined ? 0 : 1, last === undefined ? undefined : -1)
    .join(' ');
  const reading = interpretCalendarDate(rest.replace(/^the /, ''), context);
  const weekdays = [first, last].filter((weekday) => weekday !== undefined);
  return reading && checkWeekdays(reading, weekdays, context.today);
}

/** How near a date is (in days) for "next" to leave it open whether it is this one. */
const MAX_DAYS_AHEAD = 60;

/** `next july 1`: the next one; a choice if that is near. */
function nextOfMonth(words: string, context: CalendarContext): DayReading | undefined {
  const reading = interpretCalendarDate(words, { ...context, tense: 'future' });
  const day = onlyValue(reading);
  if (day === undefined || daysBetween(context.today, day) > MAX_DAYS_AHEAD) return reading;
  return chooseDay([day, addToDay(day, { years: 1 })]);
}

/** "Monday 15 Dec", where that is a Tuesday: one of the two is wrong, so the user has to say which. */
function checkWeekdays(
  reading: DayReading,
  weekdays: readonly number[],
  today: Day,
): DayReading | undefined {
  if (reading.kind === 'refused') return reading;
  if (new Set(weekdays).size > 1) return undefined;
  const [weekday = 1] = weekdays;
  const days = possibleValues(reading);
  const fitting = days.filter((day) => weekdayOf(day) === weekday);
  if (fitting.length === 1) return readAs(fitting[0] ?? '');
  const [day = ''] = days;
  return weekdayMismatch(day, weekday, today);
}

/** Asks whether the date or the weekday is right. The weekday is the nearest one to the date. */
export function weekdayMismatch(day: Day, weekday: number, today: Day): DayReading {
  const ahead = (weekday - weekdayOf(day) + 7) % 7;
  const near = addToDay(day, { days: ahead > 3 ? ahead - 7 : ahead });
  const name = WEEKDAY_NAMES[weekdayOf(day) - 1];
  return chooseDay(
    [near, day].toSorted(),
    `${dateText(day, today)} is a ${name}. Which did you mean?`,
  );
}

type CalendarContext = Pick<DayContext, 'today' | 'tense'>;

/** Day before month, as in Britain. */
function numericDate(words: string, context: CalendarContext): DayReading | undefined {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(words);
  if (iso) return inYear(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const match = /^(\d{1,2})([-/.])(\d{1,2})(?:[-/.](\d{4}|\d{2}))?$/.exec(words);
  if (!match) return undefined;
  const [, first = '', separator, second = '', year] = match;
  // "9.30" may be a time, and "3-4" a range.
  if (year === undefined && separator !== '/') return undefined;
  const read = (day: number, month: number) =>
    year === undefined ? nearestYear(month, day, context) : inYear(fullYear(year), month, day);
  const [day, month] = [Number(first), Number(second)];
  if (month <= 12) {
    const reading = read(day, month);
    // "5/12" that has not been yet may be 12 May, as Americans write it.
    const turned = year === undefined && day !== month && day <= 12 ? read(month, day) : undefined;
    if (reading?.kind !== 'choice' || turned?.kind !== 'read') return reading;
    return { ...reading, values: [...reading.values, turned.value] };
  }
  const turned = day <= 12 ? read(month, day) : undefined;
  if (turned?.kind !== 'read') return turned;
  return chooseDay([turned.value], `There is no month ${month}. Which day do you mean?`);
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

/** Reads a day of the month: `14`, `14th`, `fourteenth`. @returns undefined for anything else, and for 0. */
export function readDayOfMonth(words: string): number | undefined {
  const digits = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(words)?.[1];
  const day = digits === undefined ? ORDINALS.indexOf(words) + 1 : Number(digits);
  return day === 0 ? undefined : day;
}

/** Reads a date whose month is a word, with or without a year: `14th of December`, `Dec 14 2026`, `2026 Dec 14`. */
function namedDate(words: string, context: CalendarContext): DayReading | undefined {
  const text = words
    .replaceAll('-', ' ')
    .replace(/\bthe /g, '')
    .replace(/^(\d{1,2}(?:st|nd|rd|th)?)(?=[a-z]{3})/, '$1 ')
    .replace(/^(\d{4}) ([a-z].*)$/, '$2 $1');
  const dayFirst = /^(?<day>.+?)(?: of)? (?<month>[a-z]+)(?: (?<year>\d{4}|'?\d{2}))?$/.exec(text);
  const monthFirst = /^(?<month>[a-z]+) (?<day>.+?)(?: (?<year>\d{4}|\d{2}))?$/.exec(text);
  for (const match of [dayFirst, monthFirst]) {
    const { day = '', month = '', year } = match?.groups ?? {};
    const monthOfYear = monthNumber(month);
    const dayOfMonth = readDayOfMonth(day);
    if (monthOfYear === undefined || dayOfMonth === undefined) continue;
    if (year !== undefined) return inYear(fullYear(year.replace("'", '')), monthOfYear, dayOfMonth);
    return nearestYear(monthOfYear, dayOfMonth, context);
  }
  return undefined;
}

/** Whether a day is today or later (`future`), or today or earlier (`past`). */
export function fitsTense(day: Day, today: Day, tense: Tense): boolean {
  return tense === 'future' ? day >= today : day <= today;
}

/** The most days that each month can have. */
const MAX_DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A day of a year, refused if the month is shorter. @returns undefined if there is no such month or year. */
function inYear(year: number, month: number, day: number): DayReading | undefined {
  const found = dayFromParts(year, month, day);
  if (found !== undefined) return readAs(found);
  const first = dayFromParts(year, month, 1);
  if (first === undefined || day === 0) return undefined;
  const days = Number(endOfMonth(first, 0).slice(8));
  const which = month === 2 && day > 28 ? ` in ${year}` : '';
  return refused(`${MONTH_NAMES[month - 1]} has ${days} days${which}. Which day do you mean?`);
}

/** A date of long ago, without its year, was probably meant for another year. */
const MAX_DAYS_BACK = 183;

/**
 * The next day of that date, today included, or the latest one. 29 February may be eight years away. In the past tense it
 * is a choice if that is last year's and long ago: "5/12" on 30 November.
 */
function nearestYear(
  month: number,
  day: number,
  { today, tense }: CalendarContext,
): DayReading | undefined {
  const step = tense === 'future' ? 1 : -1;
  const thisYear = Number(today.slice(0, 4));
  if (day > (MAX_DAYS_OF_MONTH[month - 1] ?? 0)) {
    const passed = month < Number(today.slice(5, 7)) && tense === 'future';
    return inYear(thisYear + (passed ? 1 : 0), month, day);
  }
  for (let years = 0; years <= 8; years++) {
    const found = dayFromParts(thisYear + years * step, month, day);
    if (found === undefined || !fitsTense(found, today, tense)) continue;
    const thisYears = dayFromParts(thisYear, month, day);
    const isToCome = thisYears !== undefined && thisYears > today;
    if (tense === 'future' || !isToCome || daysBetween(found, today) <= MAX_DAYS_BACK)
      return readAs(found);
    const question = `${dateText(found, found)} is still to come this year. Which day do you mean?`;
    return chooseDay([found], question);
  }
  return undefined;
}

/** The last day of a month. @param months how many months after the month of `today`; may be negative. */
export function endOfMonth(today: Day, months: number): Day {
  const first = `${today.slice(0, 7)}-01`;
  return addToDay(addToDay(first, { months: months + 1 }), { days: -1 });
}
