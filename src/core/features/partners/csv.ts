import { CsvError, parse } from 'csv-parse/sync';
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
 * Reads a CSV file as spreadsheets write it: commas, semicolons or tabs, quoted cells, any line ends.
 * @throws UserError that says what is wrong with the file and what to do.
 */
export function readTable(file: string): Table {
  const text = file.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  refuseIfNotText(text);
  const [first = ''] = text.trimStart().split('\n', 1);
  const [header, ...rest] = recordsOf(text, delimiterOf(first));
  const headers = (header?.cells ?? []).map(columnOf);
  const places = columns.map((column) => [column, headers.indexOf(column)] as const);
  refuseHeaders(headers);
  refuseLostLetters(text);
  const rows = rest
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
    .map(({ line, cells }): FileRow => {
      const named = places.flatMap(([column, at]) => (at < 0 ? [] : [[column, cells[at] ?? '']]));
      const overflows = cells.slice(headers.length).some((cell) => cell !== '');
      return { line, cells: Object.fromEntries(named), overflows };
    });
  if (rows.length === 0)
    throw wrong('That list has only its first line. Add a line for each partner.');
  if (rows.length > MAX_ROWS) {
    const count = rows.length.toLocaleString('en-GB');
    throw wrong(
      `That list has ${count} partners, and I take up to 2,000 at once. Please split it.`,
    );
  }
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

/**
 * The records of a file, with the number of their first line.
 * @throws UserError if a quote is never closed.
 */
function recordsOf(text: string, delimiter: string): { line: number; cells: string[] }[] {
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
    // With these options, records come with `info` and `raw`. The library's types do not say so.
    const records = parse(text, options) as unknown as readonly Parsed[];
    return records.map(({ record, info, raw }) => ({
      // `info.lines` is the last line of a row, which can have line breaks inside quotes.
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
