import {
  calendarDate,
  dayAt,
  endOfMonth,
  isAhead,
  isoDay,
  monthOf,
  type Tense,
  WEEKDAYS,
} from './calendar-date.ts';
import { addToDay, type Day, weekdayOf } from './day.ts';
import { countIn } from './time-span.ts';

export type { Tense } from './calendar-date.ts';

const NAMED = new Map([
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

type Unit = 'days' | 'weeks' | 'months' | 'years';
const UNITS = new Map<string, readonly [Unit, number]>([
  ...['d', 'day', 'days'].map((word) => [word, ['days', 1]] as const),
  ...['w', 'wk', 'wks', 'week', 'weeks'].map((word) => [word, ['weeks', 1]] as const),
  ...['fortnight', 'fortnights'].map((word) => [word, ['weeks', 2]] as const),
  ...['mo', 'mth', 'mths', 'month', 'months'].map((word) => [word, ['months', 1]] as const),
  ...['quarter', 'quarters'].map((word) => [word, ['months', 3]] as const),
  ...['y', 'yr', 'yrs', 'year', 'years'].map((word) => [word, ['years', 1]] as const),
]);

/** More days, weeks, months or years than anybody counts in. */
const MOST = 5000;

const PART = /^(.+) (morning|afternoon|evening|night)$/;

/**
 * Reads a day out of plain words (see `plainWords`): by name, by weekday, by distance or by the calendar.
 * @returns undefined if that is not all they are.
 */
export function dayIn(words: string, today: Day, tense: Tense): Day | undefined {
  const phrase = words.replace(/^(?:on|by) /, '');
  if (/^this (?:morning|afternoon|evening)$/.test(phrase)) return today;
  const named = NAMED.get(phrase.replace(/^the /, ''));
  if (named !== undefined) return addToDay(today, { days: named });
  const [, of, part] = PART.exec(phrase) ?? [];
  // Part of a day is not a clock time: "friday morning" is Friday.
  if (of !== undefined && part !== undefined) return dayIn(of, today, tense);
  const found =
    weekdayPhrase(phrase, today, tense) ??
    distance(phrase, today, tense) ??
    periodEdge(phrase, today, tense) ??
    ordinalDay(phrase, today, tense) ??
    calendarDate(phrase, today, tense);
  return found === undefined ? undefined : isoDay(found);
}

/** The part of the day that words name besides the day, if they do. */
export function partOfDay(words: string): string | undefined {
  return /(morning|afternoon|evening|night)$/.exec(words)?.[1];
}

/** `friday`, `next friday`, `last tuesday`, `friday week`, `a week on friday`, `friday next week`, `the weekend`. */
function weekdayPhrase(phrase: string, today: Day, tense: Tense): Day | undefined {
  const tokens = phrase.split(' ');
  if (/^(?:at )?(?:the |this )?weekend$/.test(phrase)) return near(6, today, tense, true);
  if (/^(?:last|next) weekend$/.test(phrase))
    return inWeek(6, today, tokens[0] === 'next' ? 1 : -1);
  const [first = '', second = ''] = tokens;
  const weekday = WEEKDAYS.get(tokens.length === 2 && isWhich(first) ? second : first);
  if (weekday === undefined) return undefined;
  if (tokens.length === 1) return near(weekday, today, tense, false);
  if (tokens.length === 2 && isWhich(first)) {
    if (first === 'this') return near(weekday, today, tense, true);
    return first === 'next' ? inWeek(weekday, today, 1) : near(weekday, today, 'past', false);
  }
  if (phrase.endsWith(' week') && tokens.length === 3 && isWhich(second)) {
    return inWeek(weekday, today, second === 'next' ? 1 : second === 'this' ? 0 : -1);
  }
  if (tokens.length === 2 && second === 'week') {
    return addToDay(near(weekday, today, 'future', false), { weeks: 1 });
  }
  return undefined;
}

const isWhich = (word: string): boolean =>
  ['this', 'next', 'last', 'past', 'coming'].includes(word);

/** The nearest such weekday, looking one way; today only if `orToday`. */
function near(weekday: number, today: Day, tense: Tense, orToday: boolean): Day {
  const ahead = (weekday - weekdayOf(today) + 7) % 7;
  if (ahead === 0) return orToday ? today : addToDay(today, { weeks: tense === 'future' ? 1 : -1 });
  return addToDay(today, { days: tense === 'future' ? ahead : ahead - 7 });
}

/** That weekday of this week, or of one some weeks away; weeks start on Monday. */
function inWeek(weekday: number, today: Day, weeks: number): Day {
  return addToDay(today, { days: weekday - weekdayOf(today), weeks });
}

/** `in 2 weeks`, `3 days ago`, `a week from friday`, `a week today`, `next month`, `2 weeks`. */
function distance(phrase: string, today: Day, tense: Tense): Day | undefined {
  const whole = /^(next|last|past) ([a-z]+)$/.exec(phrase);
  if (whole) return moved(today, `a ${whole[2]}`, whole[1] === 'next' ? 1 : -1);
  if (phrase.startsWith('in '))
    return moved(today, phrase.slice(3).replace(/(?:'s?)? time$/, ''), 1);
  if (phrase.endsWith(' ago')) return moved(today, phrase.slice(0, -4), -1);
  const counted = countedFrom(phrase, today);
  if (counted !== undefined) return counted;
  return tense === 'future' ? moved(today, phrase, 1) : undefined;
}

/** `a week on friday`, `2 days from now`, `week on tuesday`: from the coming day of that name. */
function countedFrom(phrase: string, today: Day): Day | undefined {
  const tokens = phrase.replace(/^week /, 'a week ').split(' ');
  const [start, ...rest] = tokens.slice(2);
  const words = ['from', 'on', 'after'].includes(start ?? '') ? rest : tokens.slice(2);
  const day =
    words.join(' ') === 'now' ? today : startDay(words.join(' ').replace(/^the /, ''), today);
  return day === undefined ? undefined : moved(day, tokens.slice(0, 2).join(' '), 1);
}

/** What a distance may be counted from. */
function startDay(words: string, today: Day): Day | undefined {
  const named = NAMED.get(words);
  if (named !== undefined) return addToDay(today, { days: named });
  return WEEKDAYS.has(words) ? weekdayPhrase(words, today, 'future') : undefined;
}

/** The day some units away: a month after 31 Jan is the last of February. */
function moved(from: Day, length: string, sign: 1 | -1): Day | undefined {
  const tokens = length
    .replace(/^(\d+)([a-z])/, '$1 $2')
    .replace(/^a couple of /, '2 ')
    .split(' ');
  const counted = tokens.length === 2 ? countIn(tokens[0]) : undefined;
  const unit = UNITS.get(tokens.at(-1) ?? '');
  if (counted === undefined || unit === undefined || counted > MOST) return undefined;
  return addToDay(from, { [unit[0]]: counted * unit[1] * sign });
}

/** `end of the month`, `end of next week`, `start of December`. A working week ends on Friday. */
function periodEdge(phrase: string, today: Day, tense: Tense): Day | undefined {
  const match = /^(?:the )?(end|start|beginning) of (?:the )?(?:(this|next|last) )?([a-z]+)$/.exec(
    phrase,
  );
  if (!match) return undefined;
  const [, edge, which, period = ''] = match;
  const away = which === 'next' ? 1 : which === 'last' ? -1 : 0;
  const atEnd = edge === 'end';
  if (period === 'week') {
    if (!atEnd) return inWeek(1, today, away);
    return inWeek(away === 0 && weekdayOf(today) > 5 ? 7 : 5, today, away);
  }
  if (period === 'month')
    return atEnd ? endOfMonth(today, away) : addToDay(endOfMonth(today, away - 1), { days: 1 });
  const year = Number(today.slice(0, 4)) + away;
  if (period === 'year') return atEnd ? dayAt(year, 12, 31) : dayAt(year, 1, 1);
  const month = which === undefined ? monthOf(period) : undefined;
  return month === undefined ? undefined : edgeOfMonth(month, atEnd, today, tense);
}

function edgeOfMonth(month: number, atEnd: boolean, today: Day, tense: Tense): Day | undefined {
  const step = tense === 'future' ? 1 : -1;
  for (const years of [0, step]) {
    const first = dayAt(Number(today.slice(0, 4)) + years, month, 1);
    const day = first && atEnd ? endOfMonth(first, 0) : first;
    if (day !== undefined && isAhead(day, today, tense)) return day;
  }
  return undefined;
}

/** `the 14th`: the coming one, or the latest. Months without that day are passed over. */
function ordinalDay(phrase: string, today: Day, tense: Tense): Day | undefined {
  const match = /^(?:the )?(\d{1,2})(?:st|nd|rd|th)(?: of (this|next|last) month)?$/.exec(phrase);
  if (!match) return undefined;
  const which = match[2];
  const monthAt = (away: number): Day | undefined => {
    const first = addToDay(`${today.slice(0, 7)}-01`, { months: away });
    return isoDay(`${first.slice(0, 7)}-${(match[1] ?? '').padStart(2, '0')}`);
  };
  if (which) return monthAt(which === 'next' ? 1 : which === 'last' ? -1 : 0);
  const step = tense === 'future' ? 1 : -1;
  for (let away = 0; away <= 3; away++) {
    const day = monthAt(away * step);
    if (day !== undefined && isAhead(day, today, tense)) return day;
  }
  return undefined;
}
