/** Phones turn straight quotes into curly ones, and not always the right ones. */
const DOUBLE = '"“”„';
const SINGLE = "'‘’";
const CURLY = '“”';

/** What stands between quotes at a place in a text, and where it goes on after them. */
export interface Quoted {
  inner: string;
  end: number;
}

export const isDoubleQuote = (character: string | undefined): boolean =>
  character !== undefined && character !== '' && DOUBLE.includes(character);

/**
 * Reads a quoted text that starts at `from`. A backslash keeps a quote from closing it.
 * @returns undefined where no quote opens, or none closes.
 */
export function quotedAt(text: string, from: number): Quoted | undefined {
  const open = text[from] ?? '';
  if (open === '') return undefined;
  if (SINGLE.includes(open)) return upTo(text, from, SINGLE, true);
  if (!DOUBLE.includes(open)) return undefined;
  const own = open === '"' ? '"' : open === '„' ? DOUBLE : CURLY;
  return upTo(text, from, own, false) ?? upTo(text, from, DOUBLE, false);
}

/** A text in quotes, as `quotedAt` reads it back. */
export function inQuotes(text: string): string {
  return `"${text.replace(/["“”„\\]/g, '\\$&')}"`;
}

/** An apostrophe closes only at the end of a word, as in 'don't forget'. */
function upTo(text: string, from: number, closers: string, atWordEnd: boolean): Quoted | undefined {
  let inner = '';
  for (let at = from + 1; at < text.length; at++) {
    const character = text[at] ?? '';
    const next = text[at + 1] ?? '';
    if (
      character === '\\' &&
      (next === '\\' || DOUBLE.includes(next) || SINGLE.includes(next)) &&
      next !== ''
    ) {
      inner += next;
      at++;
    } else if (closers.includes(character) && (!atWordEnd || /^$|[\s,.;:!?)]/.test(next))) {
      return { inner, end: at + 1 };
    } else inner += character;
  }
  return undefined;
}
