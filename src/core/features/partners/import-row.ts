import { choiceIn } from '../../choices.ts';
import { cut } from '../../cut.ts';
import type { Day } from '../../day.ts';
import { readDuration } from '../../duration.ts';
import { readWhen } from '../../when.ts';
import type { FileRow } from './csv.ts';
import { aliasesOf, nameProblem, tidyName } from './names.ts';
import { type Kind, kinds, type Level, LONGEST_SECTOR, levels } from './store.ts';

/** A row that can be used. */
export interface Draft {
  line: number;
  name: string;
  aliases: string[];
  level: Level | null;
  sector: string | null;
  kinds: Kind[];
  every: string | null;
  /** The name in the lead column, as it stands there. */
  lead: string;
  lastContact: Day | null;
}

/** Something about a line, to be told. */
export interface Remark {
  line: number;
  text: string;
}

/** When and where the file is read. */
export interface Reading {
  now: Date;
  zone: string;
  today: Day;
}

/** Reads a row; what can't be used says why. */
export function readRow(row: FileRow, reading: Reading): Draft | Remark {
  const { line } = row;
  try {
    return draftOf(row, reading);
  } catch (error) {
    if (error instanceof Unusable) return { line, text: error.message };
    throw error;
  }
}

/** Why a row can't be used, in a sentence. */
class Unusable extends Error {}

function draftOf({ line, cells, overflows }: FileRow, reading: Reading): Draft {
  if (overflows)
    throw new Unusable(
      'It has more cells than the first line: put quotes around a name with a comma.',
    );
  const name = tidyName(cells.name ?? '');
  const aliases = aliasesOf(name, cells.aliases ?? '');
  for (const each of [name, ...aliases]) {
    const problem = nameProblem(each);
    if (problem) throw new Unusable(problem);
  }
  return {
    line,
    name,
    aliases,
    level: oneOf(levels, cells.level, 'level'),
    sector: sectorOf(cells.sector),
    kinds: kindsOf(cells.kinds),
    every: everyOf(cells.every),
    lead: tidyName(cells.lead ?? ''),
    lastContact: contactOf(cells.lastcontact, reading),
  };
}

function oneOf<T extends string>(known: readonly T[], cell = '', noun: string): T | null {
  if (cell === '') return null;
  const choice = choiceIn(cell, known);
  const found = known.find((one) => one === choice);
  if (found) return found;
  const choices = `${known.slice(0, -1).join(', ')} or ${known.at(-1)}`;
  throw new Unusable(`${quoted(cell)} is no ${noun}: it is ${choices}.`);
}

function kindsOf(cell = ''): Kind[] {
  const words = cell.split(/[;,]/).map((word) => word.trim());
  const found = words.map((word) => oneOf(kinds, word, 'kind'));
  return [...new Set(found)].filter((kind) => kind !== null);
}

function sectorOf(cell = ''): string | null {
  const sector = tidyName(cell);
  if (sector.length > LONGEST_SECTOR)
    throw new Unusable(
      `The sector has ${sector.length} characters: ${LONGEST_SECTOR} is the most.`,
    );
  return sector === '' ? null : sector;
}

function everyOf(cell = ''): string | null {
  if (cell === '') return null;
  const every = readDuration(cell);
  if (every) return every;
  throw new Unusable(`${quoted(cell)} is not how often. Try "6 weeks" or "3 months".`);
}

/** The day of a last contact, the day before the month; a clock time that spreadsheets add is left out. */
function contactOf(cell = '', { now, zone, today }: Reading): Day | null {
  if (cell === '') return null;
  const text = cell.replace(/[ T]\d{1,2}:\d{2}(:\d{2})?$/, '');
  const day = readWhen(text, { now, zone, tense: 'past' })?.day;
  if (day === undefined)
    throw new Unusable(
      `${quoted(cell)} is not a day. Write it as 27/11/2026, the day before the month.`,
    );
  if (day > today) throw new Unusable(`The last contact, ${quoted(cell)}, is still to come.`);
  return day;
}

const quoted = (cell: string): string => `"${cut(cell)}"`;
