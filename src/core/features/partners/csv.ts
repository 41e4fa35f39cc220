import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { UserError } from '../../message/user-error.ts';
import { type Column, type ColumnPlaces, headerScore, placeColumns } from './import-columns.ts';

/** A row of the file, with its trimmed cells by column and the number of its first line. */
export interface FileRow {
  line: number;
  cells: { readonly [column in Column]?: string };
  /** True when the row has more cells than the first line has columns. */
  overflows: boolean;
}

export interface Table extends Omit<ColumnPlaces, 'places'> {
  rows: readonly FileRow[];
  /** The texts above the headers. */
  titles: readonly string[];
}

/** How many rows a file can have. */
const MAX_ROWS = 2000;

/**
 * Reads a CSV file as spreadsheets write it: commas, semicolons, tabs or bars, quoted cells, any line ends, and a title
 * above the headers. A long file is read in parts, so that others are answered in between, and no further than to the
 * first row too many.
 * @param names the header of the column with the names, if somebody chose it.
 * @throws UserError that says what is wrong with the file and what to do.
 */
export async function readTable(file: string, names?: string): Promise<Table> {
  const text = file.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  refuseIfNotText(text);
  const records = await recordsOf(text, delimiterOf(text, names));
  const start = headerPlace(records, names);
  const headers = records[start]?.cells ?? [];
  const { places, ...about } = placeColumns(headers, names);
  refuseLostLetters(text);
  const rows = records.slice(start + 1).map(({ line, cells }): FileRow => {
    const named = [...places].map(([column, at]) => [column, cells[at] ?? ''] as const);
    const overflows = cells.slice(headers.length).some((cell) => cell !== '');
    return { line, cells: Object.fromEntries(named), overflows };
  });
  if (rows.length === 0)
    throw wrong('That list has only its first line. Add a line for each partner.');
  if (rows.length > MAX_ROWS)
    throw wrong(
      'That list has more than 2,000 partners, which is what I take at once. Please split it.',
    );
  const titles = records
    .slice(0, start)
    .map(({ cells }) => cells.filter((cell) => cell !== '').join(' '))
    .filter((title) => !DELIMITER_MARK.test(title));
  return { rows, titles, ...about };
}

/** How many rows may be above the headers: a title, a note, a mark of the delimiter. */
const MAX_ROWS_ABOVE = 9;

/** The place of the row with the headers: the one that names most columns. The first one, if none names any. */
function headerPlace(records: readonly FileRecord[], names?: string): number {
  const first = records.slice(0, MAX_ROWS_ABOVE + 1);
  const several = first.findIndex(({ cells }) => cells.filter((cell) => cell !== '').length > 1);
  const scores = first.map(({ cells }, at) => {
    const score = headerScore(cells, names);
    // A row below the headers may have a cell such as "Partner".
    const isBelow = several >= 0 && several < at;
    return isBelow && score === 1 && names === undefined ? 0 : score;
  });
  const best = Math.max(0, ...scores);
  // A title has one cell, and headers have several.
  return best > 0 ? scores.indexOf(best) : Math.max(0, several);
}

const wrong = (sentence: string) => new UserError(sentence, 'file');

/** The character in place of letters that could not be decoded: the file has another encoding, or is not text. */
const REPLACEMENT_CHARACTER = /\uFFFD/g;

/** @throws UserError if the file is empty or not text. */
function refuseIfNotText(text: string): void {
  if (text.trim() === '') throw wrong('That file is empty. It needs a line for each partner.');
  const lost = text.match(REPLACEMENT_CHARACTER)?.length ?? 0;
  // A workbook is a zip, which begins with PK. Other files of programs have zero characters.
  const isZip = text.startsWith('PK') && (lost > 0 || text.startsWith('PK\u0003\u0004'));
  if (lost > text.length / 10 || isZip || text.includes('\0'))
    throw wrong(
      'That is not a CSV file or a workbook that I can read. In your spreadsheet choose "Save as", then .xlsx or "CSV UTF-8".',
    );
}

/** @throws UserError if some letters of a text file could not be decoded. */
function refuseLostLetters(text: string): void {
  if (text.search(REPLACEMENT_CHARACTER) >= 0)
    throw wrong(
      'Some letters of that file are lost (é, £ and the like). Save it as "CSV UTF-8" and try again.',
    );
}

/** The delimiters of cells, starting with the one that is least likely inside a cell. */
const delimiters = ['\t', '|', ';', ','];
/** The line by which a spreadsheet names the delimiter: `sep=;`. */
const DELIMITER_MARK = /^\s*"?sep=([,;|\t]|$)/i;
/** How much of a file is looked at for its delimiter. */
const MAX_HEAD_LENGTH = 20_000;

/** The delimiter that the file names (`sep=;`), or that gives the most known columns in one of its first lines. */
function delimiterOf(text: string, names?: string): string {
  const head = text.slice(0, MAX_HEAD_LENGTH);
  const named = DELIMITER_MARK.exec(head)?.[1];
  if (named) return named;
  const lines = head
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, MAX_ROWS_ABOVE + 1)
    .map((line) => line.replaceAll('"', ''));
  const known = (delimiter: string) =>
    Math.max(0, ...lines.map((line) => headerScore(line.split(delimiter), names)));
  const cells = (delimiter: string) => (lines[0] ?? '').split(delimiter).length;
  // Without a known column, the refusal can still name the headers.
  return delimiters.reduce((best, next) => {
    const more = known(next) - known(best);
    return more > 0 || (more === 0 && known(best) === 0 && cells(next) > cells(best)) ? next : best;
  });
}

interface Parsed {
  record: string[];
  info: { lines: number };
  raw: string;
}

/** How much of a file is read before others have a turn (bytes): some hundreds of the shortest rows. */
const PART_BYTES = 1024;

/** The longest row, in characters. */
const MAX_ROW_LENGTH = 16_000;

interface FileRecord {
  line: number;
  cells: string[];
}

/**
 * The records of a file that are not empty, with the number of their first line, up to the first row too many.
 * @throws UserError if a quote is never closed, or a row is too long.
 */
async function recordsOf(text: string, delimiter: string): Promise<FileRecord[]> {
  const parser = parse({
    delimiter,
    info: true,
    raw: true,
    ltrim: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: MAX_ROW_LENGTH,
  });
  const records: FileRecord[] = [];
  try {
    // With these options, records come with `info` and `raw`. The library's types do not say so.
    const parsed: AsyncIterable<Parsed> = Readable.from(partsOf(text)).pipe(parser);
    for await (const { record, info, raw } of parsed) {
      // `info.lines` is the last line of a row, which can have line breaks inside quotes.
      const line = info.lines - (raw.trim().match(/\n/g)?.length ?? 0);
      records.push({ line, cells: record.map((cell) => cell.trim()) });
      // What is above the rows, and one row more than a file can have.
      if (records.length > MAX_ROWS + MAX_ROWS_ABOVE + 1) break;
    }
    return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === 'CSV_MAX_RECORD_SIZE')
      throw wrong(
        'A row of that file has more than 16,000 characters. Perhaps a quote (") is opened and never closed. Close it and try again.',
      );
    throw wrong(
      'I can\'t read that file to its end: a quote (") is opened and never closed. Close it and try again.',
    );
  }
}

async function* partsOf(text: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += PART_BYTES) {
    yield bytes.subarray(start, start + PART_BYTES);
    await setImmediate();
  }
}
