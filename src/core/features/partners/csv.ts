import { UserError } from '../../message/user-error.ts';
import { type Column, columnOf, columns } from './columns.ts';
import { delimiterOf, recordsOf } from './records.ts';

/** A row of the file: its cells by column, trimmed, and the line it begins on. */
export interface FileRow {
  line: number;
  cells: { readonly [column in Column]?: string };
  /** True when the row has more cells than the first line has columns. */
  overflows: boolean;
}

export interface Table {
  rows: readonly FileRow[];
  /** Headers that mean nothing here. */
  ignored: readonly string[];
}

/** The most rows that are taken at once. */
const MOST_ROWS = 2000;

/**
 * Reads a CSV file as spreadsheets write it: commas, semicolons or tabs, quoted cells, any line ends.
 * @throws UserError that says what is wrong with the file and what to do.
 */
export function readTable(file: string): Table {
  const text = file.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  refuseOther(text);
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
    throw wrong('That list has its first line and nothing below it: put a line for each partner.');
  if (rows.length > MOST_ROWS) {
    const count = rows.length.toLocaleString('en-GB');
    throw wrong(
      `That list has ${count} partners, and I take up to 2,000 at once: please split it.`,
    );
  }
  const ignored = (header?.cells ?? []).filter((cell, at) => cell !== '' && !headers[at]);
  return { rows, ignored };
}

const wrong = (sentence: string) => new UserError(sentence, 'file');

/** Letters that could not be read when the file was: it was written in another encoding, or is no text at all. */
const LOST = /\uFFFD/g;

/** Refuses what is no text, with what to do about it. */
function refuseOther(text: string): void {
  if (text.trim() === '') throw wrong('That file is empty. It needs a line for each partner.');
  const lost = text.match(LOST)?.length ?? 0;
  // A workbook is a zip, which begins with PK.
  if (lost > text.length / 10 || (lost > 0 && text.startsWith('PK')))
    throw wrong('That is not a CSV file. In your spreadsheet choose "Save as", then "CSV UTF-8".');
}

/** @throws UserError when letters were lost in an otherwise good file. */
function refuseLostLetters(text: string): void {
  if (text.search(LOST) >= 0)
    throw wrong(
      'Some letters of that file are lost (é, £ and the like). Save it as "CSV UTF-8" and try again.',
    );
}

function refuseHeaders(headers: readonly (Column | undefined)[]): void {
  if (!headers.includes('name'))
    throw wrong(
      'I find no column called name. The first line should name the columns: name, aliases, level, sector, kinds.',
    );
  const twice = headers.find((column, at) => column && headers.indexOf(column) !== at);
  if (twice) throw wrong(`Two columns are called ${twice}. Please leave one of them out.`);
}
