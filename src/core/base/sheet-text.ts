/** A sheet of a workbook. */
export interface Sheet {
  name: string;
  /** Its cells as CSV, a line for each row. */
  csv: string;
}

const SHEET_MARK = /^=== Sheet: (.*) ===$/m;

/** Several sheets as one text. People see it in a box, so that its marks can be read. */
export const sheetsText = (sheets: readonly Sheet[]): string =>
  sheets.map(({ name, csv }) => `=== Sheet: ${name.replace(/\s+/g, ' ')} ===\n${csv}`).join('\n');

/** The sheets in a text of {@link sheetsText}; none if it is another text. */
export function sheetsIn(text: string): Sheet[] {
  const [before, ...parts] = text.split(SHEET_MARK);
  if (before?.trim() !== '') return [];
  return parts.flatMap((name, at) => (at % 2 === 0 ? [{ name, csv: csvIn(parts[at + 1]) }] : []));
}

/** What stands below a mark, without the line breaks beside the marks. */
const csvIn = (part = ''): string => part.replace(/^\n/, '').replace(/\n$/, '');

/** A row as CSV. Line breaks in cells become spaces, so that the line of a row is its number in the sheet. */
export const csvRow = (cells: readonly string[]): string => cells.map(csvCell).join(',');

function csvCell(cell: string): string {
  const text = cell.replace(/\s+/g, ' ').trim();
  return /[",;|]|^=/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
