/** The text, cut to `most` characters with "…" at its end. No character is torn in two. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, wholeEnd(text, most - 1)).trimEnd()}…`;
}

/** The text in parts of at most `most` characters, between words where there are words. */
export function partsOf(text: string, most: number): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const space = Math.max(rest.lastIndexOf(' ', most), rest.lastIndexOf('\n', most));
    const end = space > most / 2 ? space : wholeEnd(rest, most);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...parts, rest];
}

/** Where to cut so that the halves of a pair stay together. */
function wholeEnd(text: string, end: number): number {
  return /^[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end;
}
