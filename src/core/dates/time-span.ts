/** Milliseconds of each unit that people count in hours or less. */
const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };
const UNIT_OF = new Map([
  ...['s', 'sec', 'secs', 'second', 'seconds'].map((word) => [word, 's'] as const),
  ...['m', 'min', 'mins', 'minute', 'minutes'].map((word) => [word, 'm'] as const),
  ...['h', 'hr', 'hrs', 'hour', 'hours'].map((word) => [word, 'h'] as const),
]);

/** Ten years: more hours than anybody means. */
const LONGEST = 10 * 365 * 86_400_000;

/** Numbers that people write out. */
const NUMBER_WORDS: ReadonlyMap<string, number> = new Map([
  ['a', 1],
  ['an', 1],
  ...'one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, index) => [word, index + 1] as const),
]);

/**
 * Reads a distance from now in hours, minutes and seconds: `in 20 seconds`, `2 hours ago`, `now`.
 * @returns milliseconds from now, negative for the past.
 */
export function spanIn(words: string): number | undefined {
  if (['now', 'right now', 'just now'].includes(words)) return 0;
  if (words.startsWith('in ')) return lengthOf(words.slice(3).replace(/'?s? time$/, ''));
  if (words.endsWith(' from now')) return lengthOf(words.slice(0, -9));
  if (words.endsWith(' ago')) {
    const length = lengthOf(words.slice(0, -4));
    return length === undefined ? undefined : -length;
  }
  return undefined;
}

/** `an hour`, `90 mins`, `1 hour and 30 minutes`, `1h 30m`, `half an hour`, `an hour and a half`. */
function lengthOf(words: string): number | undefined {
  if (words === 'half an hour' || words === 'half hour') return 1_800_000;
  if (words === 'an hour and a half') return 5_400_000;
  const tokens = words
    .replace(/(\d)([a-z])/g, '$1 $2')
    .replace(/([a-z])(\d)/g, '$1 $2')
    .split(' ');
  let total = 0;
  let units = 0;
  for (let at = 0; at < tokens.length; units++) {
    if (units > 0 && tokens[at] === 'and') at++;
    const count = countIn(tokens[at]);
    const unit = UNIT_OF.get(tokens[at + 1] ?? '');
    if (count === undefined || unit === undefined) return undefined;
    total += count * (UNITS[unit] ?? 0);
    at += 2;
  }
  return total > LONGEST ? undefined : total;
}

/** A count as digits or a word. @returns undefined for anything else. */
export function countIn(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  return /^\d{1,5}$/.test(word) ? Number(word) : NUMBER_WORDS.get(word);
}
