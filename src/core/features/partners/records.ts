import { CsvError, parse } from 'csv-parse/sync';
import { UserError } from '../../message/user-error.ts';
import { columnOf } from './columns.ts';

/** How a file may separate its cells, the least likely to stand inside a cell first. */
const delimiters = ['\t', ';', ','];

/** The delimiter that makes the most known columns of the first line. */
export function delimiterOf(first: string): string {
  const known = (delimiter: string) =>
    first.split(delimiter).filter((header) => columnOf(header)).length;
  return delimiters.reduce((best, next) => (known(next) > known(best) ? next : best));
}

interface Parsed {
  record: string[];
  info: { lines: number };
  raw: string;
}

/**
 * The records of a file, with the line each begins on.
 * @throws UserError when a quote is never closed.
 */
export function recordsOf(text: string, delimiter: string): { line: number; cells: string[] }[] {
  const options = {
    delimiter,
    info: true,
    raw: true,
    ltrim: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  } as const;
  try {
    // With `info` and `raw` each record comes with both, which the library's types do not say.
    const records = parse(text, options) as unknown as readonly Parsed[];
    return records.map(({ record, info, raw }) => ({
      // The line a row begins on: it may have line breaks inside its quotes.
      line: info.lines - (raw.trim().match(/\n/g)?.length ?? 0),
      cells: record.map((cell) => cell.trim()),
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UserError(
      'I can\'t read that file to its end: a quote (") is opened and never closed. Close it and try again.',
      'file',
    );
  }
}
