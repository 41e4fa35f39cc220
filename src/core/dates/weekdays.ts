/** Weekdays, Monday first. */
const names = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

const groups: { readonly [word: string]: readonly number[] } = {
  weekdays: [1, 2, 3, 4, 5],
  weekends: [6, 7],
  weekend: [6, 7],
  daily: [1, 2, 3, 4, 5, 6, 7],
  'every day': [1, 2, 3, 4, 5, 6, 7],
  all: [1, 2, 3, 4, 5, 6, 7],
};

/**
 * Reads weekdays as people list them: `mon-fri`, `mon, wed`, `Tuesday and Thursday`, `weekdays`.
 * @returns 1 (Monday) to 7, in order, or undefined for anything else.
 */
export function readDays(text: string): number[] | undefined {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/\s*(?:[-–—]|\bto\b)\s*/g, '-')
    .replace(/\band\b|[,;&+/.]/g, ' ')
    .replace(/\bevery day\b/g, 'daily')
    .replace(/\bevery\b/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = words.map(daysIn);
  if (found.length === 0 || found.includes(undefined)) return undefined;
  return [...new Set(found.flatMap((days) => days ?? []))].toSorted((a, b) => a - b);
}

function daysIn(word: string): readonly number[] | undefined {
  if (groups[word]) return groups[word];
  const [first, last, ...more] = word.split('-').map(dayIn);
  if (first === undefined || more.length > 0) return undefined;
  if (!word.includes('-')) return [first];
  if (last === undefined) return undefined;
  // "Fri-Mon" goes over the weekend.
  const length = (last - first + 7) % 7;
  return Array.from({ length: length + 1 }, (_, ahead) => ((first - 1 + ahead) % 7) + 1);
}

function dayIn(word: string): number | undefined {
  const short = word.replace(/s$/, '');
  if (short.length < 2) return undefined;
  const at = names.findIndex((name) => name.toLowerCase().startsWith(short));
  return at < 0 ? undefined : at + 1;
}

/** Weekdays as people read them: `Monday to Friday`, `Monday and Wednesday`. */
export function daysText(days: readonly number[]): string {
  if (days.length === 7) return 'every day';
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return 'no day';
  if (days.length > 2 && last - first === days.length - 1)
    return `${names[first - 1]} to ${names[last - 1]}`;
  const words = days.map((day) => names[day - 1] ?? '');
  return words.length === 1
    ? (words[0] ?? '')
    : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
