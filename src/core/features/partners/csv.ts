import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { UserError } from '../../message/user-error.ts';

/** A row of the file, with its trimmed cells by column and the number of its first line. */
export interface FileRow {
  line: number;
  cells: { readonly [column in Column]?: string };
  /** True when the row has more cells than the first line has columns. */
  overflows: boolean;
}

export interface Table {
  rows: readonly FileRow[];
  /** Headers that are not known. */
  ignored: readonly string[];
}

/** How many rows a file can have. */
const MAX_ROWS = 2000;

/**
 * Reads a CSV file as spreadsheets write it: commas, semicolons or tabs, quoted cells, any line ends. A long file is
 * read in parts, so that others are answered in between, and no further than to the first row too many.
 * @throws UserError that says what is wrong with the file and what to do.
 */
export async function readTable(file: string): Promise<Table> {
  const text = file.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  refuseIfNotText(text);
  const [first = ''] = text.trimStart().split('\n', 1);
  const [header, ...rest] = await recordsOf(text, delimiterOf(first));
  const headers = (header?.cells ?? []).map(columnOf);
  const places = columns.map((column) => [column, headers.indexOf(column)] as const);
  refuseHeaders(headers);
  refuseLostLetters(text);
  const rows = rest.map(({ line, cells }): FileRow => {
    const named = places.flatMap(([column, at]) => (at < 0 ? [] : [[column, cells[at] ?? '']]));
    const overflows = cells.slice(headers.length).some((cell) => cell !== '');
    return { line, cells: Object.fromEntries(named), overflows };
  });
  if (rows.length === 0)
    throw wrong('That list has only its first line. Add a line for each partner.');
  if (rows.length > MAX_ROWS)
    throw wrong(
      'That list has more than 2,000 partners, which is what I take at once. Please split it.',
    );
  const ignored = (header?.cells ?? []).filter((cell, at) => cell !== '' && !headers[at]);
  return { rows, ignored };
}

const wrong = (sentence: string) => new UserError(sentence, 'file');

/** The character in place of letters that could not be decoded: the file has another encoding, or is not text. */
const REPLACEMENT_CHARACTER = /\uFFFD/g;

/** @throws UserError if the file is empty or not text. */
function refuseIfNotText(text: string): void {
  if (text.trim() === '') throw wrong('That file is empty. It needs a line for each partner.');
  const lost = text.match(REPLACEMENT_CHARACTER)?.length ?? 0;
  // A workbook is a zip, which begins with PK.
  if (lost > text.length / 10 || (lost > 0 && text.startsWith('PK')))
    throw wrong('That is not a CSV file. In your spreadsheet choose "Save as", then "CSV UTF-8".');
}

/** @throws UserError if some letters of a text file could not be decoded. */
function refuseLostLetters(text: string): void {
  if (text.search(REPLACEMENT_CHARACTER) >= 0)
    throw wrong(
      'Some letters of that file are lost (é, £ and the like). Save it as "CSV UTF-8" and try again.',
    );
}

function refuseHeaders(headers: readonly (Column | undefined)[]): void {
  if (!headers.includes('name'))
    throw wrong(
      "I can't find a column called name. The first line should name the columns: name, aliases, level, sector, kinds.",
    );
  const twice = headers.find((column, at) => column && headers.indexOf(column) !== at);
  if (twice) throw wrong(`Two columns are called ${twice}. Please leave one of them out.`);
}

/** The columns of a list of partners. Only `name` is required. */
const columns = [
  'name',
  'aliases',
  'level',
  'sector',
  'kinds',
  'lastcontact',
  'lead',
  'every',
] as const;

type Column = (typeof columns)[number];

/** Other headers for the columns, in lower case and with letters only. */
const synonyms: { readonly [header: string]: Column } = {
  partner: 'name',
  organisation: 'name',
  organization: 'name',
  alias: 'aliases',
  othernames: 'aliases',
  alsoknownas: 'aliases',
  kind: 'kinds',
  lastcontacted: 'lastcontact',
};

/** @returns the column of a header. Case, spaces and underscores do not matter. */
function columnOf(header: string): Column | undefined {
  const key = header.toLowerCase().replace(/[^a-z]/g, '');
  return columns.find((column) => column === key) ?? synonyms[key];
}

/** The delimiters of cells, starting with the one that is least likely inside a cell. */
const delimiters = ['\t', ';', ','];

/** The delimiter that gives the most known columns in the first line. */
function delimiterOf(first: string): string {
  const known = (delimiter: string) =>
    first.split(delimiter).filter((header) => columnOf(header)).length;
  return delimiters.reduce((best, next) => (known(next) > known(best) ? next : best));
}

interface Parsed {
  record: string[];
  info: { lines: number };
  raw: string;
}

/** How much of a file is read before others have a turn (bytes): some hundreds of the shortest rows. */
const PART_BYTES = 1024;

interface FileRecord {
  line: number;
  cells: string[];
}

/**
 * The records of a file that are not empty, with the number of their first line, up to the first row too many.
 * @throws UserError if a quote is never closed.
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
  });
  const records: FileRecord[] = [];
  try {
    // With these options, records come with `info` and `raw`. The library's types do not say so.
    const parsed: AsyncIterable<Parsed> = Readable.from(partsOf(text)).pipe(parser);
    for await (const { record, info, raw } of parsed) {
      // `info.lines` is the last line of a row, which can have line breaks inside quotes.
      const line = info.lines - (raw.trim().match(/\n/g)?.length ?? 0);
      records.push({ line, cells: record.map((cell) => cell.trim()) });
      // The header, and one row more than a file can have.
      if (records.length > MAX_ROWS + 1) break;
    }
    return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
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
