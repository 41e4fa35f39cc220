import { MAX_DATE_LENGTH } from './date-words.ts';
import { readCount } from './time-span.ts';

/** A length of time in calendar units. */
interface Length {
  years: number;
  months: number;
  weeks: number;
  days: number;
}

const ZERO: Length = { years: 0, months: 0, weeks: 0, days: 0 };

const NAMED_LENGTHS = new Map<string, Partial<Length>>([
  ['daily', { days: 1 }],
  ['weekly', { weeks: 1 }],
  ['fortnightly', { weeks: 2 }],
  ['other week', { weeks: 2 }],
  ['monthly', { months: 1 }],
  ['other month', { months: 2 }],
  ['quarterly', { months: 3 }],
  ['half yearly', { months: 6 }],
  ['half a year', { months: 6 }],
  ['half year', { months: 6 }],
  ['twice a year', { months: 6 }],
  ['2 times a year', { months: 6 }],
  ['three times a year', { months: 4 }],
  ['3 times a year', { months: 4 }],
  ['four times a year', { months: 3 }],
  ['4 times a year', { months: 3 }],
  ['yearly', { years: 1 }],
  ['annually', { years: 1 }],
]);

const LENGTHS_BY_UNIT = new Map<string, Partial<Length>>([
  ...['d', 'day', 'days'].map((word) => [word, { days: 1 }] as const),
  ...['w', 'wk', 'wks', 'week', 'weeks'].map((word) => [word, { weeks: 1 }] as const),
  ...['fortnight', 'fortnights'].map((word) => [word, { weeks: 2 }] as const),
  ...['m', 'mo', 'mth', 'mths', 'month', 'months'].map((word) => [word, { months: 1 }] as const),
  ...['quarter', 'quarters'].map((word) => [word, { months: 3 }] as const),
  ...['y', 'yr', 'yrs', 'year', 'years'].map((word) => [word, { years: 1 }] as const),
]);

const DEFAULT_MAX_YEARS = 5;
const DAYS_PER_YEAR = 365.25;

/**
 * Reads a length of time or an interval: `6 weeks`, `every 6 weeks`, `fortnight`, `monthly`, `a year`, `P6W`.
 * @param maxYears the longest length.
 * @returns an ISO 8601 duration in years, months, weeks and days (https://www.rfc-editor.org/rfc/rfc3339#appendix-A);
 *   undefined for anything else, for zero, and for more than `maxYears`.
 */
export function readDuration(text: string, maxYears = DEFAULT_MAX_YEARS): string | undefined {
  if (text.length > MAX_DATE_LENGTH) return undefined;
  const words = text
    .trim()
    .toLowerCase()
    .replace(/[\s,]+/g, ' ')
    .replace(/\.$/, '');
  const phrase = words
    .replace(/^(?:once )?(?:every|each|once a|once per) /, '')
    .replace(/-/g, ' ')
    .replace(/^(?:about|around|roughly) /, '')
    .replace(/^(?:a )?couple (?:of )?/, '2 ')
    .replace(/^(?:second|2nd) (?=week|month|year)/, '2 ')
    .replace(/^(?:third|3rd) (?=week|month|year)/, '3 ');
  const length = parseIso(words) ?? NAMED_LENGTHS.get(phrase) ?? parseCounts(phrase);
  return length && formatIso({ ...ZERO, ...length }, maxYears);
}

/** An ISO 8601 duration as people say it: `6 weeks`, `1 month`, `1 year and 6 months`. */
export function durationText(iso: string): string {
  const length = parseIso(iso.toLowerCase());
  if (!length) return iso;
  const parts = (['years', 'months', 'weeks', 'days'] as const)
    .filter((unit) => length[unit] > 0)
    .map((unit) => `${length[unit]} ${length[unit] === 1 ? unit.slice(0, -1) : unit}`);
  const last = parts.pop() ?? '0 days';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}

/** A duration as an interval: `every 6 weeks`, `every week`. @param iso ISO 8601 */
export function everyText(iso: string): string {
  return `every ${durationText(iso).replace(/^1 (?=[a-z]+$)/, '')}`;
}

function parseIso(words: string): Length | undefined {
  const match = /^p(?:(\d{1,5})y)?(?:(\d{1,5})m)?(?:(\d{1,5})w)?(?:(\d{1,5})d)?$/.exec(words);
  if (!match || words === 'p') return undefined;
  const [years, months, weeks, days] = match.slice(1).map((digits) => Number(digits ?? 0));
  return { years: years ?? 0, months: months ?? 0, weeks: weeks ?? 0, days: days ?? 0 };
}

/** `6 weeks`, `6w`, `a month`, `week`, `1 year and 6 months`. */
function parseCounts(phrase: string): Length | undefined {
  const tokens = phrase.replace(/(\d)([a-z])/g, '$1 $2').split(' ');
  if (tokens.length === 1) tokens.unshift('a');
  const length = { ...ZERO };
  for (let at = 0; at < tokens.length; at += 2) {
    if (at > 0 && tokens[at] === 'and') at++;
    const count = readCount(tokens[at]);
    const unit = LENGTHS_BY_UNIT.get(tokens[at + 1] ?? '');
    if (count === undefined || unit === undefined) return undefined;
    for (const name of ['years', 'months', 'weeks', 'days'] as const) {
      length[name] += count * (unit[name] ?? 0);
    }
  }
  return length;
}

function formatIso({ years, months, weeks, days }: Length, maxYears: number): string | undefined {
  const totalDays = (years + months / 12) * DAYS_PER_YEAR + weeks * 7 + days;
  if (totalDays <= 0 || totalDays > maxYears * DAYS_PER_YEAR) return undefined;
  const part = (count: number, letter: string) => (count > 0 ? `${count}${letter}` : '');
  return `P${part(years, 'Y')}${part(months, 'M')}${part(weeks, 'W')}${part(days, 'D')}`;
}
