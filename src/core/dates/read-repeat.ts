import { monthNumber, readCalendarDate, readDayOfMonth } from './calendar-date.ts';
import { normalizeWords } from './date-words.ts';
import type { Day, Minute } from './day.ts';
import { partOfDay } from './day-phrase.ts';
import { onlyValue, type Reading, readAs, refused } from './reading.ts';
import { readSpokenTime } from './time-of-day.ts';
import { readCount } from './time-span.ts';
import { readWeekdays } from './weekdays.ts';

/** How often something repeats, as far as the words say. */
export interface RepeatWords {
  unit: 'day' | 'week' | 'month';
  /** How many units; a year is twelve months. */
  count: number;
  /** On which days of the unit; undefined if the words leave it to the first day ("monthly"). */
  on?: { days: number[] } | { date: number } | { nth: number; weekday: number };
  /** 1 to 12, if a month of the year is named. */
  month?: number;
  minute?: Minute;
}

/** Ordinal words and their numbers; -1 is the last. */
export const ORDINALS = new Map([
  ['first', 1],
  ['second', 2],
  ['third', 3],
  ['fourth', 4],
  ['last', -1],
]);

/** The longest text that is read, in characters: six weekdays by name and a clock time fit in. */
const MAX_TEXT_LENGTH = 100;

/** @returns how often something repeats, or undefined if the text does not say so in one way. */
export function readRepeat(text: string): RepeatWords | undefined {
  return onlyValue(interpretRepeat(text));
}

/**
 * Reads how often something repeats, as people write it: `every monday`, `fortnightly on friday`, `monthly first monday`,
 * `every evening at 7`. What could mean two things, or cannot be kept, is refused with a sentence.
 * @returns undefined if the text does not say how often something repeats.
 */
export function interpretRepeat(text: string): Reading<RepeatWords> | undefined {
  const words = normalizeWords(text, MAX_TEXT_LENGTH)
    ?.replace(/ ?(?<=[a-z]) ?- ?(?=[a-z])/g, (hyphen) => (hyphen === '-' ? '-' : ' to '))
    .replace(/^from now on /, '');
  if (words === undefined) return undefined;
  const read = withTime(words) ?? withTime(words.replaceAll('-', ' to '));
  if (read) return readAs(read);
  const problem = PROBLEMS.find(([pattern]) => pattern.test(words))?.[1];
  return problem === undefined ? undefined : refused(problem);
}

/** What is said plainly, but cannot be kept or could mean two things. */
const PROBLEMS: readonly [RegExp, string][] = [
  [
    /^(?:bi-?|twice )(?:weekly|monthly)|^bi-?annual/,
    'That can mean twice, or every second time. Say "every 2 weeks" or name the days, such as "every tuesday and friday".',
  ],
  [
    /^(?:every|each) (?:second|2nd|third|3rd|fourth|4th) [a-z]+day/,
    'That can be every few weeks, or one day of each month. Say it like "every 2 weeks on tuesday", or "the second tuesday of the month".',
  ],
  [
    /\bevery other weekday\b/,
    'I can\'t skip every second weekday. Name the days, such as "every monday, wednesday and friday".',
  ],
  [
    /\b(?:working|business) days?\b|\b(?:first|last) weekday\b/,
    'I can\'t repeat by working days. Say "monthly on the 1st", "the last friday of the month" or "the last day of the month".',
  ],
  [
    /\b(?:once|twice|(?:\d+|two|three|four|five) times) (?:a|per|each|every) (?:day|week|month|year)\b/,
    'On which days? Name them, such as "every tuesday and friday" or "monthly on the 15th".',
  ],
  [
    /\b(?:\d+(?:st|nd|rd|th)?|first|second|third|fourth) (?:and|&) (?:the )?(?:\d|second|third|fourth|last)/,
    'I can keep one day of each month. Note it twice, once for each day.',
  ],
];

function withTime(words: string): RepeatWords | undefined {
  const whole = daysIn(words);
  if (whole) return whole;
  const tokens = words.split(' ');
  for (let cutAt = 1; cutAt < tokens.length; cutAt++) {
    const head = tokens.slice(0, cutAt).join(' ');
    const tail = tokens.slice(cutAt).join(' ');
    const found =
      atTime(head, tail) ?? (/^(every|each) /.test(tail) ? atTime(tail, head) : undefined);
    if (found) return found;
  }
  return undefined;
}

function atTime(days: string, clock: string): RepeatWords | undefined {
  const minute = readSpokenTime(clock, partOfDay(days));
  const wording = minute === undefined ? undefined : daysIn(days);
  return wording && minute !== undefined ? { ...wording, minute } : undefined;
}

const UNITS: ReadonlyMap<string, RepeatWords> = new Map<string, RepeatWords>([
  ...['day', 'daily', 'nightly'].map((word) => [word, { unit: 'day', count: 1 }] as const),
  ...['week', 'weekly'].map((word) => [word, { unit: 'week', count: 1 }] as const),
  ...['fortnight', 'fortnightly'].map((word) => [word, { unit: 'week', count: 2 }] as const),
  ...['month', 'monthly'].map((word) => [word, { unit: 'month', count: 1 }] as const),
  ...['quarter', 'quarterly'].map((word) => [word, { unit: 'month', count: 3 }] as const),
  ...['half-yearly', 'half yearly', 'half year'].map(
    (word) => [word, { unit: 'month', count: 6 }] as const,
  ),
  ...['year', 'yearly', 'annually'].map((word) => [word, { unit: 'month', count: 12 }] as const),
]);
/** The highest count, as in "every 99 days". */
const MAX_COUNT = 99;

const ADVERB =
  'daily|nightly|weekly|fortnightly|monthly|quarterly|half-yearly|half yearly|yearly|annually';
const UNIT = 'day|week|fortnight|month|quarter|half year|year';
const WITH_ADVERB = new RegExp(`^(?:(\\S+)[ -])?(${ADVERB})(?:,? (?:on )?(.+))?$`);
const ADVERB_LAST = new RegExp(`^(?:on )?(.+) (?:(\\S+)[ -])?(${ADVERB})$`);
const WITH_UNIT = new RegExp(
  `^(?:every|each|once a|once every|once per) (?:(\\S+) )?(${UNIT})s?(?: (?:on |in )?(.+))?$`,
);
const UNIT_LAST = new RegExp(
  `^(?:every |each |on )?(.+?) (?:(?:of|in) (?:the|every|each|a)|every|each|a|per) (?:(\\S+) )?(${UNIT})s?$`,
);

/** Reads how often something repeats and on which days, without a clock time. */
function daysIn(words: string): RepeatWords | undefined {
  const plain = words
    .replace(/^(every|each) (?:morning|afternoon|evening|night)$/, '$1 day')
    .replace(/(?<=day|days) (?:morning|afternoon|evening|night)s?$/, '');
  const first = WITH_ADVERB.exec(plain);
  if (first) return countedUnit(first[1], first[2] ?? '', first[3]);
  const last = ADVERB_LAST.exec(plain);
  if (last) return countedUnit(last[2], last[3] ?? '', last[1]);
  const counted = WITH_UNIT.exec(plain);
  if (counted) return countedUnit(counted[1], counted[2] ?? '', counted[3]);
  // "The last friday of the month", "1 april every year".
  const turned = UNIT_LAST.exec(plain);
  if (turned) return countedUnit(turned[2], turned[3] ?? '', turned[1]);
  return withoutUnit(plain);
}

/** Reads days that say themselves how often they come: `every tuesday`, `the 15th`, `month end`, `every 1 april`. */
function withoutUnit(words: string): RepeatWords | undefined {
  const phrase = words.replace(/^(?:every|each|on) /, '');
  const month = UNITS.get('month');
  if (/^(?:the )?(?:month end|end of (?:the|every|each) month)$/.test(phrase))
    return withDays(month, 'last day');
  const otherWeek = /^(?:other|alternate) (.+)$/.exec(phrase);
  if (otherWeek)
    return /^week(?:day|end)/.test(otherWeek[1] ?? '')
      ? undefined
      : withDays({ unit: 'week', count: 2 }, otherWeek[1]);
  const isOfMonth = /^(?:the )?(?:last [a-z]+|\d{1,2}(?:st|nd|rd|th))$/.test(phrase);
  return (
    withDays({ unit: 'week', count: 1 }, phrase) ??
    (isOfMonth ? withDays(month, phrase) : undefined) ??
    withDays({ unit: 'month', count: 12 }, phrase)
  );
}

/** Adds how many units, in words or digits, and on which days. */
function countedUnit(times: string | undefined, unit: string, on: string | undefined) {
  const one = UNITS.get(unit);
  const count = times === undefined ? 1 : countOf(times);
  if (!one || count === undefined || count < 1 || count > MAX_COUNT) return undefined;
  return withDays({ ...one, count: one.count * count }, on);
}

function countOf(word: string): number | undefined {
  if (word === 'other' || word === 'alternate') return 2;
  const ordinal = ORDINALS.get(word) ?? NUMBERS.get(word);
  return ordinal !== undefined && ordinal > 1 ? ordinal : readCount(word);
}

/** Adds the days to a count of units. @returns undefined if the unit has no such days. */
function withDays(
  wording: RepeatWords | undefined,
  on: string | undefined,
): RepeatWords | undefined {
  if (!wording || on === undefined) return wording;
  const words = on.replace(/^(?:on )?(?:the )?/, '');
  if (wording.unit === 'day') return undefined;
  if (wording.unit === 'week') return weekDays(wording, words);
  return wording.count % 12 === 0 ? yearDay(wording, words) : monthDay(wording, words);
}

function weekDays(wording: RepeatWords, words: string): RepeatWords | undefined {
  const days = readWeekdays(words.replace(/\bweek(day|end)\b/, 'week$1s'));
  if (!days) return undefined;
  return days.length === 7 && wording.count === 1
    ? { unit: 'day', count: 1 }
    : { ...wording, on: { days } };
}

function monthDay(wording: RepeatWords, words: string): RepeatWords | undefined {
  if (/^(?:last day|last|end|final day)$/.test(words)) return { ...wording, on: { date: 31 } };
  const date = readDayOfMonth(words.replace(/ day$/, ''));
  if (date !== undefined && date <= 31) return { ...wording, on: { date } };
  const nth = nthWeekday(words);
  return nth && { ...wording, on: nth };
}

const NUMBERS = new Map([
  ['1st', 1],
  ['2nd', 2],
  ['3rd', 3],
  ['4th', 4],
]);

function nthWeekday(words: string): { nth: number; weekday: number } | undefined {
  const [which = '', day = '', ...more] = words.split(' ');
  const nth = ORDINALS.get(which) ?? NUMBERS.get(which);
  const [weekday, ...others] = /^(weekdays?|weekends?|daily|all)$/.test(day)
    ? []
    : (readWeekdays(day) ?? []);
  if (nth === undefined || weekday === undefined || others.length + more.length > 0)
    return undefined;
  return { nth, weekday };
}

/** The first day of a leap year, so that 29 February can be read. */
const LEAP_YEAR_START: Day = '2024-01-01';

function yearDay(wording: RepeatWords, words: string): RepeatWords | undefined {
  const [, weekday = '', name = ''] = /^(.+) (?:of|in) ([a-z]+)$/.exec(words) ?? [];
  const nth = nthWeekday(weekday);
  const month = monthNumber(name);
  if (nth && month !== undefined) return { ...wording, on: nth, month };
  // A date with a year comes only once.
  const day = /\d{3}|[-/.]/.test(words)
    ? undefined
    : readCalendarDate(words, LEAP_YEAR_START, 'future');
  if (day === undefined) return undefined;
  return { ...wording, on: { date: Number(day.slice(8)) }, month: Number(day.slice(5, 7)) };
}
