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
  const ahead = /^(?:in|within|inside) (.+)$/.exec(words)?.[1];
  if (ahead !== undefined) return readLength(ahead.replace(/'?s? time$/, ''));
  if (words.endsWith(' from now')) return readLength(words.slice(0, -9));
  if (words.endsWith(' ago')) {
    const length = readLength(words.slice(0, -4));
    return length === undefined ? undefined : -length;
  }
  return undefined;
}

/** Halves and quarters in words, as a decimal of the unit: `an hour and a half` is `1.5 hours`. */
const FRACTIONS: readonly [RegExp, string][] = [
  [/^half (?:an? )?(hour|minute)$/, '0.5 $1'],
  [/^(?:a )?quarter (?:of )?an hour$/, '0.25 hour'],
  [/^(?:three|3) quarters of an hour$/, '0.75 hour'],
  [/^an? (hour|minute) and a half$/, '1.5 $1'],
  [/^an hour and a quarter$/, '1.25 hour'],
  [/^(\d{1,4}|[a-z]+) (hour|minute)s and a half$/, '$1 and a half $2'],
];

/** `an hour`, `90 mins`, `1 hour and 30 minutes`, `1h 30m`, `half an hour`, `1.5 hours`, `2 and a half hours`, as ms. */
export function readLength(words: string): number | undefined {
  const fraction = FRACTIONS.find(([pattern]) => pattern.test(words));
  const tokens = (fraction ? words.replace(...fraction) : words)
    .replace(/^(?:the next|another) /, '')
    .replace(/^(?:a )?couple (?:of )?/, '2 ')
    .replace(/(\d|[a-z]+) and a half (?=hour|minute)/, (_, count) => `${readCount(count)}.5 `)
    .replace(/(\d)([a-z])/g, '$1 $2')
    .replace(/([a-z])(\d)/g, '$1 $2')
    .split(' ');
  let total = 0;
  let parts = 0;
  for (let index = 0; index < tokens.length; parts++) {
    if (parts > 0 && tokens[index] === 'and') index++;
    const count = readDecimal(tokens[index]);
    const unit = UNIT_MS.get(tokens[index + 1] ?? '');
    if (count === undefined || unit === undefined) return undefined;
    total += count * unit;
    index += 2;
  }
  return total > MAX_SPAN_MS ? undefined : total;
}

/** Reads a count that may have decimals: `1.5`, `.25`. */
function readDecimal(word: string | undefined): number | undefined {
  return word !== undefined && /^\d{0,4}\.\d{1,2}$/.test(word) ? Number(word) : readCount(word);
}

/** Reads a count in digits or as a word (`a`, `three`). @returns undefined for anything else. */
export function readCount(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  return /^\d{1,5}$/.test(word) ? Number(word) : NUMBER_WORDS.get(word);
}
