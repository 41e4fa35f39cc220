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
