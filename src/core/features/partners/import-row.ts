import { listText, quoteShort } from '../../base/text.ts';
import type { Day } from '../../dates/day.ts';
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

function draftOf({ line, cells, overflows }: FileRow, context: CellContext): Draft {
  if (overflows)
    throw new UnusableRow(
      'It has more cells than the first line: put quotes around a name with a comma.',
    );
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
    lastContact: lastContactIn(cells.lastcontact, context),
  };
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
  const words = cell.split(/[;,]/).map((word) => word.trim());
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
  const every = readDuration(cell);
  if (every) return every;
  throw new UnusableRow(`I can't read ${quoted(cell)} as how often. Try "6 weeks" or "3 months".`);
}

/**
 * Reads the day of the last contact, with the day before the month. A clock time, which spreadsheets add, is left out.
 * @throws UnusableRow if it is not a day, or in the future.
 */
function lastContactIn(cell = '', { now, zone, today }: CellContext): Day | null {
  if (cell === '') return null;
  const text = cell.replace(/[ T]\d{1,2}:\d{2}(:\d{2})?$/, '');
  // A day without a year is the latest one, since it has been.
  const days = possibleValues(readDate(text, { now, zone, tense: 'past' })).map(({ day }) => day);
  const [day] = days;
  if (day === undefined || days.length > 1)
    throw new UnusableRow(
      `I can't read ${quoted(cell)} as a day. Write it as 27/11/2026, with the day first.`,
    );
  if (day > today) throw new UnusableRow(`The last contact, ${quoted(cell)}, is in the future.`);
  return day;
}

const quoted = (cell: string): string => `"${quoteShort(cell)}"`;
