/** Shortens a text to `maxLength` characters (UTF-16 units), with "…" at its end. Surrogate pairs stay whole. */
export function truncate(text: string, maxLength: number): string {
  return text.length <= maxLength
    ? text
    : `${text.slice(0, safeCut(text, maxLength - 1)).trimEnd()}…`;
}

/** Splits a text into parts of at most `maxLength` characters, between words if it can. */
export function splitText(text: string, maxLength: number): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > maxLength) {
    const space = Math.max(rest.lastIndexOf(' ', maxLength), rest.lastIndexOf('\n', maxLength));
    const end = space > maxLength / 2 ? space : safeCut(rest, maxLength);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...parts, rest];
}

/** Moves a place to cut out of a surrogate pair. */
function safeCut(text: string, end: number): number {
  return /^[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end;
}

/** The text with a capital letter at its start. */
export function capitalize(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** A number with its noun: `1 partner`, `3 partners`. @param many the noun for any other number than 1 */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A list in words: `call, email or visit`. */
export function listText(words: readonly string[], last: 'and' | 'or'): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** How many characters a message quotes of what somebody typed. */
const MAX_QUOTE_LENGTH = 60;

/** Shortens a text for quoting: one line, of at most `maxLength` characters (code points). */
export function quoteShort(text: string, maxLength = MAX_QUOTE_LENGTH): string {
  // Split into code points, so that no emoji is cut in two. The first cut only saves time.
  const line = [
    ...text
      .slice(0, maxLength * 4)
      .trim()
      .replace(/\s+/g, ' '),
  ];
  return line.length > maxLength ? `${line.slice(0, maxLength - 1).join('')}…` : line.join('');
}

/** Removes characters that nobody can see and that some databases refuse: control characters and lone surrogates. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .toWellFormed()
    .trim();
}

/** Removes these characters from the end. It is a loop, since a regular expression takes quadratic time on long texts. */
export function trimEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1] ?? '')) end--;
  return text.slice(0, end);
}

/** Characters that nobody sees, or that only change how others are shown: Unicode's format characters and the like. */
const INVISIBLE =
  '\\p{Cf}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2800\\u3164\\uFE00-\\uFE0F\\uFFA0\\u{E0100}-\\u{E01EF}';
/** Format characters that can be seen: signs before Arabic and Syriac numbers. */
const VISIBLE_FORMAT = '\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2';
/** Scripts whose letters join, so that joiners and non-joiners belong to their spelling. */
const JOINING_SCRIPTS =
  'Arab Syrc Nkoo Mong Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr Tibt'
    .split(' ')
    .map((script) => `\\p{scx=${script}}`)
    .join('');
/** Where invisible characters belong to what is seen: joined emoji, styles of emoji, flags, and joining scripts. */
const NEEDED = [
  '(?<=[\\p{Extended_Pictographic}\\u{1F3FB}-\\u{1F3FF}\\uFE0F])\\u200D(?=\\p{Extended_Pictographic})',
  '(?<=[\\p{Extended_Pictographic}\\d#*])[\\uFE0E\\uFE0F]',
  '(?<=\\u{1F3F4}[\\u{E0020}-\\u{E007F}]{0,6})[\\u{E0020}-\\u{E007F}]',
  '(?<=\\p{scx=Han})[\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}]',
  '(?<=\\p{scx=Mong})[\\u180B-\\u180F]',
  `(?<=[${JOINING_SCRIPTS}])[\\u200C\\u200D]`,
].join('|');
const HIDDEN = new RegExp(`(?!${NEEDED}|[${VISIBLE_FORMAT}])[${INVISIBLE}]`, 'gu');
/** They turn the direction of what follows: a name could be shown in another order than it is written. */
const DIRECTION = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/;

/** Removes characters that nobody can see. They stay where emoji or a script need them. */
export function withoutHidden(text: string): string {
  return text.replace(HIDDEN, '');
}

/**
 * Looks for a character that nobody can see, where no emoji and no script needs it.
 * @returns what it is, in words that go after "has"; undefined if there is none.
 */
export function hiddenCharacterIn(text: string): string | undefined {
  const at = text.search(HIDDEN);
  if (at < 0) return undefined;
  const before = quoteShort(withoutHidden(text.slice(0, at)), MAX_QUOTE_LENGTH / 2);
  const where = before === '' ? 'at its start' : `after "${before}"`;
  return DIRECTION.test(text.charAt(at))
    ? `a hidden character ${where} that turns the direction of the text`
    : `a character ${where} that nobody can see`;
}
