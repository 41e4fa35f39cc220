import { dayFromParts, endOfMonth, fitsTense, monthNumber, yearNamed } from './calendar-date.ts';
import { addToDay, type Day, weekdayOf } from './day.ts';
import { nthWeekday } from './named-days.ts';
import { chooseDay, type DayContext, type DayReading, readAs, refused } from './reading.ts';
import { weekdayInWeek } from './weekday-phrase.ts';
import { WEEKDAY_NUMBERS } from './weekdays.ts';
import { isWorkingDay } from './working-days.ts';

/** Days in a row that have a name, such as next month. */
interface Period {
  unit: 'week' | 'month' | 'quarter' | 'year';
  first: Day;
  last: Day;
  /** The same period a month or year later, in the direction of the tense: for "the month" and months without a year. */
  following?: () => Period;
}

const EDGE =
  /^(?:the )?(?<edge>very end|end|close|start|beginning|middle|first day|last day|first working day|last working day|last weekday|first weekday) (?:of|in) (?:the )?(?<period>.+)$/;
const EDGE_BEFORE = /^(?<edge>end|start|mid|middle|beginning)[ -](?<period>.+)$/;
const EDGE_AFTER = /^(?<period>month|year|week|[a-z]+) (?<edge>end)$/;
const SHORT: ReadonlyMap<string, string> = new Map([
  ['eom', 'end of the month'],
  ['eow', 'end of the week'],
  ['eoy', 'end of the year'],
  ['midweek', 'mid week'],
  ['last working day', 'last working day of the month'],
  ['first working day', 'first working day of the month'],
  ['last day', 'last day of the month'],
]);

/**
 * Reads a day of a named period: `end of the month`, `mid jan`, `last working day of december`, `second monday of july`,
 * `first of the month`, `next month 12th`. A whole period is a choice of its days: `january`, `this week`, `early next week`.
 */
export function periodPhrase(words: string, context: DayContext): DayReading | undefined {
  const phrase = SHORT.get(words.replace(/^the /, '')) ?? words;
  const match = EDGE.exec(phrase) ?? EDGE_BEFORE.exec(phrase) ?? EDGE_AFTER.exec(phrase);
  if (match) {
    const { edge = '', period = '' } = match.groups ?? {};
    const taxYear = /^(?:the |this )?(tax|financial) year$/.exec(period);
    if (taxYear && edge === 'end') return endOfTaxYear(taxYear[1] === 'tax', context);
    const found = readPeriod(period, context);
    if (found) return edgeDay(edge, found, context);
  }
  return (
    nthOfPeriod(phrase, context) ?? dayOfMonth(phrase, context) ?? wholePeriod(phrase, context)
  );
}

/** Reads a week, a month, a quarter or a year: `the week`, `next month`, `february 2028`, `the year`. */
function readPeriod(words: string, context: DayContext): Period | undefined {
  const { today } = context;
  const match = /^(?:the )?(?:(this|next|last) )?(week|month|quarter|year)$/.exec(words);
  if (match) {
    const away = { this: 0, next: 1, last: -1 }[match[1] ?? 'this'] ?? 0;
    const step = context.tense === 'future' ? 1 : -1;
    const following = () => unitPeriod(match[2] ?? '', today, step);
    return {
      ...unitPeriod(match[2] ?? '', today, away),
      ...(match[1] === undefined && { following }),
    };
  }
  const month =
    /^(?:the )?(?:(next|last|this) )?([a-z]+)(?: (\d{4}|(?:next|last|this) year))?$/.exec(words);
  const number = monthNumber(month?.[2] ?? '');
  return number === undefined ? undefined : monthPeriod(number, month?.[3], context);
}

function unitPeriod(unit: string, today: Day, away: number): Period {
  const year = Number(today.slice(0, 4));
  if (unit === 'week') {
    return {
      unit,
      first: weekdayInWeek(1, today, away),
      last: weekdayInWeek(away === 0 && weekdayOf(today) > 5 ? 7 : 5, today, away),
    };
  }
  if (unit === 'year') return yearPeriod(year + away);
  if (unit === 'quarter') {
    const month = Math.floor((Number(today.slice(5, 7)) - 1) / 3) * 3;
    const first = addToDay(`${today.slice(0, 4)}-01-01`, { months: month + away * 3 });
    return { unit, first, last: endOfMonth(first, 2) };
  }
  const first = addToDay(`${today.slice(0, 7)}-01`, { months: away });
  return { unit: 'month', first, last: endOfMonth(first, 0) };
}

function yearPeriod(year: number): Period {
  return { unit: 'year', first: `${year}-01-01`, last: `${year}-12-31` };
}

/** A month of a year, or the nearest one in the direction of the tense that is not over, or has begun. */
function monthPeriod(
  month: number,
  year: string | undefined,
  { today, tense }: DayContext,
): Period | undefined {
  const inYear = (number: number): Period | undefined => {
    const first = dayFromParts(number, month, 1);
    return first === undefined ? undefined : { unit: 'month', first, last: endOfMonth(first, 0) };
  };
  if (year !== undefined) return inYear(yearNamed(year, today));
  const thisYear = Number(today.slice(0, 4));
  const step = tense === 'future' ? 1 : -1;
  const here = inYear(thisYear);
  const there = inYear(thisYear + step);
  if (!here || !there) return undefined;
  const fits = tense === 'future' ? here.last >= today : here.first <= today;
  return fits ? { ...here, following: () => there } : there;
}

/** The day at an edge of a period. Without a year or "this", it is the next one that is not over. */
function edgeDay(edge: string, period: Period, context: DayContext): DayReading | undefined {
  const dayIn = (of: Period): Day | undefined => {
    if (/^(?:mid|middle)$/.test(edge)) return middleOf(of);
    if (/working day|weekday/.test(edge)) return workingDayAt(edge.startsWith('last'), of, context);
    return /^(?:start|beginning|first day)$/.test(edge) ? of.first : of.last;
  };
  return readAs(inDirection(dayIn, period, context));
}

/** A day of a period, or of the following one if that fits the tense better. */
function inDirection(
  dayIn: (period: Period) => Day | undefined,
  period: Period,
  { today, tense }: DayContext,
): Day | undefined {
  const day = dayIn(period);
  if (!period.following || (day !== undefined && fitsTense(day, today, tense))) return day;
  return dayIn(period.following());
}

function middleOf({ unit, first }: Period): Day {
  if (unit === 'week') return addToDay(first, { days: 2 });
  if (unit === 'month') return `${first.slice(0, 7)}-15`;
  return addToDay(first, unit === 'year' ? { months: 6 } : { months: 1, days: 14 });
}

function workingDayAt(last: boolean, period: Period, { week }: DayContext): Day | undefined {
  const step = last ? -1 : 1;
  let day = last ? period.last : period.first;
  while (!isWorkingDay(day, week)) {
    day = addToDay(day, { days: step });
    if (day < period.first || day > period.last) return undefined;
  }
  return day;
}

function endOfTaxYear(isTax: boolean, { today, tense }: DayContext): DayReading {
  const ends = [-1, 0, 1].flatMap((years) => {
    const year = Number(today.slice(0, 4)) + years;
    return [`${year}-03-31`, `${year}-04-05`];
  });
  const fitting = ends.filter((day) => fitsTense(day, today, tense));
  const two = tense === 'future' ? fitting.slice(0, 2) : fitting.slice(-2);
  const taxDay = two.find((day) => day.endsWith('04-05'));
  return isTax && taxDay ? readAs(taxDay) : chooseDay(two);
}

const NTH: ReadonlyMap<string, number> = new Map([
  ...['first', 'second', 'third', 'fourth', 'fifth'].map((word, at) => [word, at + 1] as const),
  ...['1st', '2nd', '3rd', '4th', '5th'].map((word, at) => [word, at + 1] as const),
  ['last', -1],
  ['final', -1],
]);

/** `second monday of july`, `last friday of the month`, `first tuesday next month`, `1st week of december`. */
function nthOfPeriod(phrase: string, context: DayContext): DayReading | undefined {
  const match =
    /^(?:the )?([a-z]+|\dst|\dnd|\drd|\dth) ([a-z]+) (?:(?:of|in) (?:the )?)?((?:(?:this|next|last) )?month|[a-z]+(?: \d{4}| (?:next|this|last) year)?)$/.exec(
      phrase,
    );
  const nth = NTH.get(match?.[1] ?? '');
  const weekday = WEEKDAY_NUMBERS.get(match?.[2] ?? '');
  if (!match || nth === undefined) return undefined;
  const period = readPeriod(match[3] ?? '', context);
  if (period?.unit !== 'month') return undefined;
  if (match[2] === 'week') {
    const start =
      nth < 0 ? addToDay(period.last, { days: -6 }) : addToDay(period.first, { weeks: nth - 1 });
    return chooseDay([start, addToDay(start, { days: 6 })], 'Which day of that week?');
  }
  if (weekday === undefined) return undefined;
  const dayIn = ({ first }: Period) =>
    nthWeekday(Number(first.slice(0, 4)), Number(first.slice(5, 7)), nth, weekday);
  const day = inDirection(dayIn, period, context);
  return day
    ? readAs(day)
    : refused('There are only four of that weekday in the month. Which day do you mean?');
}

const ORDINAL = '(?<day>\\d{1,2}(?:st|nd|rd|th)|first|second|third|twelfth)';
const WHICH = '(?<which>this |next |last |the |)';
const DAY_OF_MONTH = new RegExp(`^(?:the )?${ORDINAL}(?: day)?(?: (?:of |in |)${WHICH}month)?$`);
const MONTH_AND_DAY = new RegExp(`^${WHICH}month (?:on )?(?:the )?${ORDINAL}$`);

/** `the 14th`, `31st of next month`, `next month on the 12th`, `first of the month`, `the 1st day of last month`. */
function dayOfMonth(phrase: string, context: DayContext): DayReading | undefined {
  const match = DAY_OF_MONTH.exec(phrase) ?? MONTH_AND_DAY.exec(phrase);
  const { day = '', which } = match?.groups ?? {};
  if (!match || (which === undefined && !/^(?:the )?\d/.test(phrase))) return undefined;
  const number = NTH.get(day) ?? (day === 'twelfth' ? 12 : Number.parseInt(day, 10));
  const inMonth = (months: number): Day | undefined => {
    const first = addToDay(`${context.today.slice(0, 7)}-01`, { months });
    return dayFromParts(Number(first.slice(0, 4)), Number(first.slice(5, 7)), number);
  };
  const away = { 'this ': 0, 'next ': 1, 'last ': -1 }[which ?? ''];
  if (away !== undefined) return readAs(inMonth(away));
  const step = context.tense === 'future' ? 1 : -1;
  for (let months = 0; months <= 3; months++) {
    const found = inMonth(months * step);
    if (found !== undefined && fitsTense(found, context.today, context.tense)) return readAs(found);
  }
  return undefined;
}

/** Words that leave the day of a period open: `january`, `sometime next week`, `early next month`. */
function wholePeriod(phrase: string, context: DayContext): DayReading | undefined {
  const match =
    /^(?:(?<part>early|late|later|earlier|sometime|some time|any ?time|during) )?(?:in )?(?:the )?(?<period>(?:this |next )?[a-z]+(?: \d{4})?)(?: sometime)?$/.exec(
      phrase,
    );
  const { part, period: words = '' } = match?.groups ?? {};
  const isOpen = part !== undefined || /^in |sometime$|^this /.test(phrase);
  const period = readPeriod(
    words.replace(/^(?:next|this) (?=[a-z]{3,}$)(?!week|month|quarter|year)/, ''),
    context,
  );
  if (!period || period.unit === 'year' || period.unit === 'quarter') return undefined;
  if (!isOpen && (period.unit !== 'month' || /month$/.test(words))) return undefined;
  return chooseDay(
    openDays(period, part ?? '').filter((day) => fitsTense(day, context.today, context.tense)),
  );
}

function openDays({ unit, first, last }: Period, part: string): readonly Day[] {
  const at = (...days: number[]) => days.map((ahead) => addToDay(first, { days: ahead }));
  if (unit === 'week') {
    if (part === 'early') return at(0, 1);
    return part.startsWith('late') ? at(3, 4) : at(0, 2, 4);
  }
  if (part === 'early') return at(0, 4, 9);
  return part === 'late' ? [...at(20, 24), last] : [...at(0, 14), last];
}
