import {
  dayFromParts,
  endOfMonth,
  fitsTense,
  monthNumber,
  readCalendarDate,
  readIsoDay,
  type Tense,
} from './calendar-date.ts';
import { addToDay, type Day, weekdayOf } from './day.ts';
import { readCount } from './time-span.ts';
import { WEEKDAY_NUMBERS } from './weekdays.ts';

/** Days with a name of their own, counted from today. */
const NAMED_DAYS = new Map([
  ['today', 0],
  ['tomorrow', 1],
  ['tmrw', 1],
  ['tmr', 1],
  ['yesterday', -1],
  ['day after tomorrow', 2],
  ['day before yesterday', -2],
  ['tonight', 0],
  ['last night', -1],
]);

/**
 * Reads a day: by name, by weekday, by distance from today or by the calendar.
 * @param words as `normalizeWords` gives them.
 * @returns undefined if the words are not a day, or are more than one.
 */
export function readDayPhrase(words: string, today: Day, tense: Tense): Day | undefined {
  const phrase = words.replace(/^(?:on|by) /, '');
  if (/^this (?:morning|afternoon|evening)$/.test(phrase)) return today;
  const named = namedDay(phrase.replace(/^the /, ''), today);
  if (named !== undefined) return named;
  // Part of a day is not a clock time: "friday morning" is Friday.
  const withoutPart = /^(.+) (?:morning|afternoon|evening|night)$/.exec(phrase)?.[1];
  if (withoutPart !== undefined) return readDayPhrase(withoutPart, today, tense);
  const found =
    weekdayPhrase(phrase, today, tense) ??
    distance(phrase, today, tense) ??
    periodEdge(phrase, today, tense) ??
    ordinalDay(phrase, today, tense) ??
    readCalendarDate(phrase, today, tense);
  return found === undefined ? undefined : readIsoDay(found);
}

/** The part of the day at the end of the words, if they name one: `friday evening`. */
export function partOfDay(words: string): string | undefined {
  return /(morning|afternoon|evening|night)$/.exec(words)?.[1];
}

function namedDay(words: string, today: Day): Day | undefined {
  const days = NAMED_DAYS.get(words);
  return days === undefined ? undefined : addToDay(today, { days });
}

/** `friday`, `next friday`, `last tuesday`, `friday week`, `friday next week`, `the weekend`. */
function weekdayPhrase(phrase: string, today: Day, tense: Tense): Day | undefined {
  const tokens = phrase.split(' ');
  if (/^(?:at )?(?:the |this )?weekend$/.test(phrase)) return weekdayOrToday(6, today, tense);
  if (/^(?:last|next) weekend$/.test(phrase))
    return weekdayInWeek(6, today, tokens[0] === 'next' ? 1 : -1);
  const [first = '', second = ''] = tokens;
  const weekday = WEEKDAY_NUMBERS.get(tokens.length === 2 && isDeterminer(first) ? second : first);
  if (weekday === undefined) return undefined;
  if (tokens.length === 1) return nearestWeekday(weekday, today, tense);
  if (tokens.length === 2 && isDeterminer(first)) {
    if (first === 'this') return weekdayOrToday(weekday, today, tense);
    if (first === 'next') return weekdayInWeek(weekday, today, 1);
    return nearestWeekday(weekday, today, 'past');
  }
  if (phrase.endsWith(' week') && tokens.length === 3 && isDeterminer(second)) {
    return weekdayInWeek(weekday, today, second === 'next' ? 1 : second === 'this' ? 0 : -1);
  }
  if (tokens.length === 2 && second === 'week') {
    return addToDay(nearestWeekday(weekday, today, 'future'), { weeks: 1 });
  }
  return undefined;
}

const isDeterminer = (word: string): boolean =>
  ['this', 'next', 'last', 'past', 'coming'].includes(word);

/** The nearest such weekday in the direction of the tense, never today. */
function nearestWeekday(weekday: number, today: Day, tense: Tense): Day {
  const ahead = (weekday - weekdayOf(today) + 7) % 7;
  return addToDay(today, { days: tense === 'future' ? ahead || 7 : ahead - 7 });
}

function weekdayOrToday(weekday: number, today: Day, tense: Tense): Day {
  return weekday === weekdayOf(today) ? today : nearestWeekday(weekday, today, tense);
}

/** That weekday of this week, or of the week `weeks` later. Weeks start on Monday. */
function weekdayInWeek(weekday: number, today: Day, weeks: number): Day {
  return addToDay(today, { days: weekday - weekdayOf(today), weeks });
}

type Unit = 'days' | 'weeks' | 'months' | 'years';
const DAY_UNITS = new Map<string, readonly [Unit, number]>([
  ...['d', 'day', 'days'].map((word) => [word, ['days', 1]] as const),
  ...['w', 'wk', 'wks', 'week', 'weeks'].map((word) => [word, ['weeks', 1]] as const),
  ...['fortnight', 'fortnights'].map((word) => [word, ['weeks', 2]] as const),
  ...['mo', 'mth', 'mths', 'month', 'months'].map((word) => [word, ['months', 1]] as const),
  ...['quarter', 'quarters'].map((word) => [word, ['months', 3]] as const),
  ...['y', 'yr', 'yrs', 'year', 'years'].map((word) => [word, ['years', 1]] as const),
]);

/** A greater number of days, weeks, months or years is a typing mistake. */
const MAX_COUNT = 5000;

/** `in 2 weeks`, `3 days ago`, `a week from friday`, `a week today`, `next month`, `2 weeks`. */
function distance(phrase: string, today: Day, tense: Tense): Day | undefined {
  const whole = /^(next|last|past) ([a-z]+)$/.exec(phrase);
  if (whole) return addLength(today, `a ${whole[2]}`, whole[1] === 'next' ? 1 : -1);
  if (phrase.startsWith('in '))
    return addLength(today, phrase.slice(3).replace(/(?:'s?)? time$/, ''), 1);
  if (phrase.endsWith(' ago')) return addLength(today, phrase.slice(0, -4), -1);
  const fromOtherDay = distanceFromDay(phrase, today);
  if (fromOtherDay !== undefined) return fromOtherDay;
  return tense === 'future' ? addLength(today, phrase, 1) : undefined;
}

/** `a week on friday`, `2 days from now`, `week on tuesday`. */
function distanceFromDay(phrase: string, today: Day): Day | undefined {
  const [count, unit, ...others] = phrase.replace(/^week /, 'a week ').split(' ');
  const start = others
    .join(' ')
    .replace(/^(?:from|on|after) /, '')
    .replace(/^the /, '');
  const weekday = WEEKDAY_NUMBERS.get(start);
  const day =
    start === 'now'
      ? today
      : weekday === undefined
        ? namedDay(start, today)
        : nearestWeekday(weekday, today, 'future');
  return day === undefined ? undefined : addLength(day, `${count} ${unit}`, 1);
}

/** The day that is a length such as `2 weeks` away. A month after 31 January is the last day of February. */
function addLength(from: Day, length: string, sign: 1 | -1): Day | undefined {
  const tokens = length
    .replace(/^(\d+)([a-z])/, '$1 $2')
    .replace(/^a couple of /, '2 ')
    .split(' ');
  const count = tokens.length === 2 ? readCount(tokens[0]) : undefined;
  const unit = DAY_UNITS.get(tokens.at(-1) ?? '');
  if (count === undefined || unit === undefined || count > MAX_COUNT) return undefined;
  return addToDay(from, { [unit[0]]: count * unit[1] * sign });
}

/** `end of the month`, `end of next week`, `start of December`. The working week ends on Friday. */
function periodEdge(phrase: string, today: Day, tense: Tense): Day | undefined {
  const match = /^(?:the )?(end|start|beginning) of (?:the )?(?:(this|next|last) )?([a-z]+)$/.exec(
    phrase,
  );
  if (!match) return undefined;
  const [, edge, which, period = ''] = match;
  const away = which === 'next' ? 1 : which === 'last' ? -1 : 0;
  const atEnd = edge === 'end';
  if (period === 'week') {
    if (!atEnd) return weekdayInWeek(1, today, away);
    return weekdayInWeek(away === 0 && weekdayOf(today) > 5 ? 7 : 5, today, away);
  }
  if (period === 'month')
    return atEnd ? endOfMonth(today, away) : addToDay(endOfMonth(today, away - 1), { days: 1 });
  const year = Number(today.slice(0, 4)) + away;
  if (period === 'year') return atEnd ? dayFromParts(year, 12, 31) : dayFromParts(year, 1, 1);
  const month = which === undefined ? monthNumber(period) : undefined;
  return month === undefined ? undefined : monthEdge(month, atEnd, today, tense);
}

function monthEdge(month: number, atEnd: boolean, today: Day, tense: Tense): Day | undefined {
  const step = tense === 'future' ? 1 : -1;
  for (const years of [0, step]) {
    const first = dayFromParts(Number(today.slice(0, 4)) + years, month, 1);
    const day = first && atEnd ? endOfMonth(first, 0) : first;
    if (day !== undefined && fitsTense(day, today, tense)) return day;
  }
  return undefined;
}

/** `the 14th`, `31st of next month`. Without a month it is the nearest that has such a day. */
function ordinalDay(phrase: string, today: Day, tense: Tense): Day | undefined {
  const match = /^(?:the )?(\d{1,2})(?:st|nd|rd|th)(?: of (this|next|last) month)?$/.exec(phrase);
  if (!match) return undefined;
  const [, day = '', which] = match;
  const inMonth = (months: number): Day | undefined => {
    const first = addToDay(`${today.slice(0, 7)}-01`, { months });
    return readIsoDay(`${first.slice(0, 7)}-${day.padStart(2, '0')}`);
  };
  if (which) return inMonth(which === 'next' ? 1 : which === 'last' ? -1 : 0);
  const step = tense === 'future' ? 1 : -1;
  for (let months = 0; months <= 3; months++) {
    const found = inMonth(months * step);
    if (found !== undefined && fitsTense(found, today, tense)) return found;
  }
  return undefined;
}
