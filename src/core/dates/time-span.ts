const UNIT_MS = new Map<string, number>([
  ...['s', 'sec', 'secs', 'second', 'seconds'].map((word) => [word, 1000] as const),
  ...['m', 'min', 'mins', 'minute', 'minutes'].map((word) => [word, 60_000] as const),
  ...['h', 'hr', 'hrs', 'hour', 'hours'].map((word) => [word, 3_600_000] as const),
]);

/** Ten years: a greater number of hours is a typing mistake. */
const MAX_SPAN_MS = 10 * 365 * 86_400_000;

/** Counts that people write in words. */
const NUMBER_WORDS: ReadonlyMap<string, number> = new Map([
  ['a', 1],
  ['an', 1],
  ...'one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, index) => [word, index + 1] as const),
]);

/**
 * Reads a distance from now in hours, minutes and seconds: `in 20 seconds`, `2 hours ago`, `now`.
 * @returns milliseconds from now, negative for the past; undefined for anything else.
 */
export function readTimeSpan(words: string): number | undefined {
  if (['now', 'right now', 'just now'].includes(words)) return 0;
  if (words.startsWith('in ')) return readLength(words.slice(3).replace(/'?s? time$/, ''));
  if (words.endsWith(' from now')) return readLength(words.slice(0, -9));
  if (words.endsWith(' ago')) {
    const length = readLength(words.slice(0, -4));
    return length === undefined ? undefined : -length;
  }
  return undefined;
}

/** `an hour`, `90 mins`, `1 hour and 30 minutes`, `1h 30m`, `half an hour`, `an hour and a half`, as ms. */
function readLength(words: string): number | undefined {
  if (words === 'half an hour' || words === 'half hour') return 1_800_000;
  if (words === 'an hour and a half') return 5_400_000;
  const tokens = words
    .replace(/(\d)([a-z])/g, '$1 $2')
    .replace(/([a-z])(\d)/g, '$1 $2')
    .split(' ');
  let total = 0;
  let parts = 0;
  for (let index = 0; index < tokens.length; parts++) {
    if (parts > 0 && tokens[index] === 'and') index++;
    const count = readCount(tokens[index]);
    const unit = UNIT_MS.get(tokens[index + 1] ?? '');
    if (count === undefined || unit === undefined) return undefined;
    total += count * unit;
    index += 2;
  }
  return total > MAX_SPAN_MS ? undefined : total;
}

/** Reads a count in digits or as a word (`a`, `three`). @returns undefined for anything else. */
export function readCount(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  return /^\d{1,5}$/.test(word) ? Number(word) : NUMBER_WORDS.get(word);
}
