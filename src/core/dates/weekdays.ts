import { listText } from '../base/text.ts';

/** Monday to Sunday. */
export const WEEKDAY_NAMES = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

/** Monday to Sunday. */
export const SHORT_WEEKDAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** Monday to Sunday, 1 to 7, by every name people use. */
export const WEEKDAY_NUMBERS: ReadonlyMap<string, number> = new Map(
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

const DAYS_BY_WORD: { readonly [word: string]: readonly number[] } = {
  weekdays: [1, 2, 3, 4, 5],
  weekends: [6, 7],
  weekend: [6, 7],
  daily: [1, 2, 3, 4, 5, 6, 7],
  'every day': [1, 2, 3, 4, 5, 6, 7],
  all: [1, 2, 3, 4, 5, 6, 7],
};

/**
 * Reads a list of weekdays: `mon-fri`, `mon, wed`, `Tuesday and Thursday`, `weekdays`.
 * @returns 1 (Monday) to 7 (Sunday), in order; undefined for anything else.
 */
export function readWeekdays(text: string): number[] | undefined {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/\s*(?:[-–—]|\bto\b)\s*/g, '-')
    .replace(/\band\b|[,;&+/.]/g, ' ')
    .replace(/\bevery ?day\b/g, 'daily')
    .replace(/\bevery\b/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = words.map(readRange);
  if (found.length === 0 || found.includes(undefined)) return undefined;
  return [...new Set(found.flatMap((days) => days ?? []))].toSorted((a, b) => a - b);
}

function readRange(word: string): readonly number[] | undefined {
  if (DAYS_BY_WORD[word]) return DAYS_BY_WORD[word];
  const [first, last, ...more] = word.split('-').map(readWeekday);
  if (first === undefined || more.length > 0) return undefined;
  if (!word.includes('-')) return [first];
  if (last === undefined) return undefined;
  // "fri-mon" goes past the end of the week.
  const length = (last - first + 7) % 7;
  return Array.from({ length: length + 1 }, (_, ahead) => ((first - 1 + ahead) % 7) + 1);
}

function readWeekday(word: string): number | undefined {
  const short = word.replace(/s$/, '');
  if (short.length < 2) return undefined;
  const at = WEEKDAY_NAMES.findIndex((name) => name.toLowerCase().startsWith(short));
  return at < 0 ? undefined : at + 1;
}

/** A list of weekdays (1 to 7, in order) as people write it: `Monday to Friday`, `Monday and Wednesday`. */
export function weekdaysText(days: readonly number[]): string {
  if (days.length === 7) return 'every day';
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return 'no day';
  if (days.length > 2 && last - first === days.length - 1)
    return `${WEEKDAY_NAMES[first - 1]} to ${WEEKDAY_NAMES[last - 1]}`;
  return listText(
    days.map((day) => WEEKDAY_NAMES[day - 1] ?? ''),
    'and',
  );
}
