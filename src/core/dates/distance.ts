import { type Tense, WEEKDAYS } from './calendar-date.ts';
import { addToDay, type Day } from './day.ts';
import { namedDay } from './named-day.ts';
import { countIn } from './time-span.ts';
import { weekdayPhrase } from './weekday-phrase.ts';

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

/** `in 2 weeks`, `3 days ago`, `a week from friday`, `a week today`, `next month`, `2 weeks`. */
export function distance(phrase: string, today: Day, tense: Tense): Day | undefined {
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
  const weekday = WEEKDAYS.has(words) ? weekdayPhrase(words, today, 'future') : undefined;
  return namedDay(words, today) ?? weekday;
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
