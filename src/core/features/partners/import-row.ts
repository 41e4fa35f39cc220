import { listText, quoteShort } from '../../base/text.ts';
import { repairedLetters } from '../../base/text-encoding.ts';
import { monthNumber } from '../../dates/calendar-date.ts';
import { type Day, dayText } from '../../dates/day.ts';
import { readDuration } from '../../dates/duration.ts';
import { readDate } from '../../dates/read-date.ts';
import { possibleValues } from '../../dates/reading.ts';
import {
  type Kind,
  kinds,
  type Level,
  levels,
  MAX_SECTOR_LENGTH,
} from '../../domain/partners/partner.ts';
import { readChoice } from '../../parsing/read-choices.ts';
import type { FileRow } from './csv.ts';
import { aliasesOf, nameProblem, tidyName } from './names.ts';

/** A row that can be used. */
export interface Draft {
  line: number;
  name: string;
  aliases: string[];
  level: Level | null;
  sector: string | null;
  kinds: Kind[];
  every: string | null;
  /** The text of the lead column. */
  lead: string;
  lastContact: Day | null;
  /** What was read otherwise than it stands in the file, in sentences. */
  remarks: string[];
}

/** Something to say about a line. */
export interface Remark {
  line: number;
  text: string;
}

/** Reads a row. @returns a remark that says why if it cannot be used */
export function readRow(row: FileRow, context: CellContext): Draft | Remark {
  const { line } = row;
  try {
    return draftOf(row, context);
  } catch (error) {
    if (error instanceof UnusableRow) return { line, text: error.message };
    throw error;
  }
}

function draftOf({ line, cells: written, overflows }: FileRow, context: CellContext): Draft {
  if (overflows)
    throw new UnusableRow(
      'It has more cells than the first line: put quotes around a name with a comma.',
    );
  const { cells, remarks } = readCells(written);
  const name = tidyName(cells.name ?? '');
  const aliases = aliasesOf(name, cells.aliases ?? '');
  for (const each of [name, ...aliases]) {
    const problem = nameProblem(each);
    if (problem) throw new UnusableRow(problem);
  }
  return {
    line,
    name,
    aliases,
    level: oneOf(levels, cells.level, 'level'),
    sector: sectorIn(cells.sector),
    kinds: kindsIn(cells.kinds),
    every: everyIn(cells.every),
    lead: tidyName(cells.lead ?? ''),
    lastContact: lastContactIn(cells.lastcontact, remarks, context),
    remarks,
  };
}

/** The cells as they were meant, and a remark about each whose letters were wrong. */
function readCells(written: FileRow['cells']): { cells: FileRow['cells']; remarks: string[] } {
  const remarks: string[] = [];
  const cells = Object.entries(written).map(([column, cell]) => {
    const text = readCell(cell);
    const repaired = repairedLetters(text);
    if (repaired !== undefined) remarks.push(`I read ${quoted(text)} as ${quoted(repaired)}.`);
    return [column, repaired ?? text];
  });
  return { cells: Object.fromEntries(cells), remarks };
}

/** Named character references that spreadsheets and web pages leave in names. */
const REFERENCES: { readonly [name: string]: string } = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  pound: '£',
  eacute: 'é',
  ndash: '–',
  rsquo: '’',
};

/** A cell as it was meant: `="Oak School"` is a text that a program protected, and `&amp;` is `&`. */
function readCell(cell: string): string {
  const quoted = /^="([\s\S]*)"$/.exec(cell)?.[1];
  const text = quoted === undefined ? cell : quoted.replaceAll('""', '"').trim();
  return text.replace(
    /&(?:#(\d{2,6})|#x([\da-f]{2,5})|([a-z]{2,6}));/gi,
    (whole, ten, hex, name) => {
      if (name !== undefined) return REFERENCES[String(name).toLowerCase()] ?? whole;
      const code = ten === undefined ? Number.parseInt(hex, 16) : Number(ten);
      return code >= 0x20 && code <= 0xffff ? String.fromCharCode(code) : whole;
    },
  );
}

/** When a file is read, and in which zone (IANA name). */
export interface CellContext {
  now: Date;
  zone: string;
  today: Day;
}

/** A row that cannot be used. The message says why, in a sentence. */
class UnusableRow extends Error {}

/** Reads a choice; null for an empty cell. @throws UnusableRow if it is not one of the choices. */
function oneOf<T extends string>(known: readonly T[], cell = '', noun: string): T | null {
  if (cell === '') return null;
  const choice = readChoice(cell, known);
  const found = known.find((one) => one === choice);
  if (found) return found;
  const choices = listText(known, 'or');
  throw new UnusableRow(`I don't know the ${noun} ${quoted(cell)}. It can be ${choices}.`);
}

/** Reads the kinds in a cell, each once. @throws UnusableRow if one is not known. */
function kindsIn(cell = ''): Kind[] {
  const words = cell.split(/[;,&]| and /i).map((word) => word.trim());
  const found = words.map((word) => oneOf(kinds, word, 'kind'));
  return [...new Set(found)].filter((kind) => kind !== null);
}

/** Reads a sector; null for an empty cell. @throws UnusableRow if it is too long. */
function sectorIn(cell = ''): string | null {
  const sector = tidyName(cell);
  if (sector.length > MAX_SECTOR_LENGTH)
    throw new UnusableRow(
      `The sector has ${sector.length} characters. It can have up to ${MAX_SECTOR_LENGTH}.`,
    );
  return sector === '' ? null : sector;
}

/** Reads how often to be in touch, as an ISO 8601 duration; null for an empty cell. @throws UnusableRow */
function everyIn(cell = ''): string | null {
  if (cell === '') return null;
  const every = readDuration(cell.replace(/^(\d+)[- ](week|month)ly$/i, '$1 $2s'));
  if (every) return every;
  throw new UnusableRow(`I can't read ${quoted(cell)} as how often. Try "6 weeks" or "3 months".`);
}

/** Cells that say that there was no contact. */
const NO_CONTACT = /^(?:n\.?\/?a\.?|none|never|not yet|no|unknown|not known|tbc|[-–—?]+)$/i;
/** What spreadsheets and databases write for an empty date. */
const EMPTY_DATE =
  /^(?:0?[01][./-]0?1[./-]1900|1900-01-0[01]|1-jan-1900|3[01][./-]12[./-]1899|1899-12-3[01]|0?1[./-]0?1[./-]1904|1904-01-01|0?1[./-]0?1[./-]1970|1970-01-01|0000-00-00|0)$/i;
/** Nobody remembers an earlier contact. */
const EARLIEST_CONTACT: Day = '1950-01-01';

/**
 * Reads the day of the last contact, with the day before the month. A clock time, which spreadsheets add, is left out. A
 * month without a day counts from its first day, and a remark says so.
 * @throws UnusableRow if it is not a day, or in the future.
 */
function lastContactIn(cell = '', remarks: string[], context: CellContext): Day | null {
  const text = cell.replace(/[ T]\d{1,2}:\d{2}(:\d{2})?$/, '');
  if (text === '' || NO_CONTACT.test(text)) return null;
  if (EMPTY_DATE.test(text)) {
    remarks.push(`${quoted(cell)} is what programs write for no date, so I take no last contact.`);
    return null;
  }
  const month = monthIn(text);
  const day = month ?? dayIn(text, context);
  if (day === undefined)
    throw new UnusableRow(
      `I can't read ${quoted(cell)} as a day. Write it as 27/11/2026, with the day first.`,
    );
  if (day > context.today)
    throw new UnusableRow(`The last contact, ${quoted(cell)}, is in the future.`);
  if (day < EARLIEST_CONTACT)
    throw new UnusableRow(`The last contact, ${quoted(cell)}, is too long ago to be right.`);
  if (month !== undefined)
    remarks.push(
      `${quoted(cell)} is a month without a day, so I take ${dayText(day)} as the last contact.`,
    );
  return day;
}

function dayIn(text: string, { now, zone, today }: CellContext): Day | undefined {
  if (isDayOrMonth(text, today)) return undefined;
  // A day without a year is the latest one, since it has been.
  const days = possibleValues(readDate(text, { now, zone, tense: 'past' })).map(({ day }) => day);
  return days.length === 1 ? days[0] : undefined;
}

/** Years before this one that "Mar 25" may name. */
const MAX_SHORT_YEARS = 10;

/** Whether a text such as "Mar 25" may be March 2025 as well as 25 March. Spreadsheets write `Mar-25` for the first. */
function isDayOrMonth(text: string, today: Day): boolean {
  const [, word = '', digits] = /^([a-z]+) (\d{2})$/i.exec(text) ?? [];
  const yearsAgo = Number(today.slice(2, 4)) - Number(digits);
  const isYear = yearsAgo >= 0 && yearsAgo <= MAX_SHORT_YEARS;
  return isYear && monthNumber(word.toLowerCase()) !== undefined;
}

/** The first day of a month with its year: `Mar-25`, `March 2025`, `03/2025`, `2025-03`. */
function monthIn(text: string): Day | undefined {
  const named = /^([a-z]+)(?:[-/]'?(\d{2})|[-/ ](\d{4})| '(\d{2}))$/i.exec(text);
  const figures = /^(\d{1,2})[-/.](\d{4})$/.exec(text) ?? undefined;
  const iso = /^(\d{4})-(\d{2})$/.exec(text);
  const month = named
    ? monthNumber((named[1] ?? '').toLowerCase())
    : Number(figures?.[1] ?? iso?.[2] ?? 0);
  if (month === undefined || month < 1 || month > 12) return undefined;
  const year = Number(named?.[3] ?? figures?.[2] ?? iso?.[1] ?? fullYear(named?.[2] ?? named?.[4]));
  return `${year}-${String(month).padStart(2, '0')}-01`;
}

/** The year of two digits, as spreadsheets show it: 30 to 99 are of the last century. */
const fullYear = (digits = ''): string => `${Number(digits) < 30 ? '20' : '19'}${digits}`;

const quoted = (cell: string): string => `"${quoteShort(cell)}"`;
