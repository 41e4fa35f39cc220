import type { DurationLikeObject } from 'luxon';
import { readCount } from './time-span.ts';

/** A calendar unit, and how many of it a word stands for. */
type Unit = readonly ['days' | 'weeks' | 'months' | 'years', number];

const UNITS = new Map<string, Unit>([
  ...['d', 'day', 'days'].map((word) => [word, ['days', 1]] as const),
  ...['w', 'wk', 'wks', 'week', 'weeks'].map((word) => [word, ['weeks', 1]] as const),
  ...['fortnight', 'fortnights'].map((word) => [word, ['weeks', 2]] as const),
  ...['mo', 'mth', 'mths', 'month', 'months'].map((word) => [word, ['months', 1]] as const),
  ...['quarter', 'quarters'].map((word) => [word, ['months', 3]] as const),
  ...['y', 'yr', 'yrs', 'year', 'years'].map((word) => [word, ['years', 1]] as const),
]);

/** A greater number of days, weeks, months or years is a typing mistake. */
const MAX_COUNT = 5000;

/**
 * Reads a number of days, weeks, months and years: `2 weeks`, `a fortnight`, `1 month and 1 day`, `a few days` (3),
 * `a year and a half`. @returns undefined for anything else.
 */
export function readDays(words: string): DurationLikeObject | undefined {
  if (/^(?:half a|a half) year$/.test(words)) return { months: 6 };
  const withHalf = /^(.+? years?) and a half$/.exec(words)?.[1];
  if (withHalf !== undefined) {
    const years = readDays(withHalf);
    return years && { ...years, months: (years.months ?? 0) + 6 };
  }
  const tokens = words
    .replace(/^(?:(?:the )?next|another) (?=\S+ )/, '')
    .replace(/(\d)([a-z])/g, '$1 $2')
    .replace(/\b(?:a )?couple (?:of )?/g, '2 ')
    .replace(/\b(?:a )?few /g, '3 ')
    .replace(/ and (?=\S+ \S+$)/, ' ')
    .split(' ');
  if (tokens.length % 2 > 0 || tokens.length > 8) return undefined;
  const total: Record<string, number> = {};
  for (let at = 0; at < tokens.length; at += 2) {
    const count = readCount(tokens[at]);
    const unit = UNITS.get(tokens[at + 1] ?? '');
    if (count === undefined || unit === undefined || count > MAX_COUNT) return undefined;
    total[unit[0]] = (total[unit[0]] ?? 0) + count * unit[1];
  }
  return total;
}

/** The same length, backwards. */
export function negated(length: DurationLikeObject): DurationLikeObject {
  return Object.fromEntries(Object.entries(length).map(([unit, count]) => [unit, -(count ?? 0)]));
}
