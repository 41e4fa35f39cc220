/** What a message quotes of somebody's words. */
const QUOTED = 60;

/** A text short enough to be quoted, on one line. */
export function cut(text: string, most = QUOTED): string {
  // Halves of pairs are cut off with what follows, so that no emoji is torn in two.
  const line = [
    ...text
      .slice(0, most * 4)
      .trim()
      .replace(/\s+/g, ' '),
  ];
  return line.length > most ? `${line.slice(0, most - 1).join('')}…` : line.join('');
}

/** Without what no reader sees and some stores refuse: control characters, and halves of torn characters. */
export function cleaned(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .toWellFormed()
    .trim();
}
