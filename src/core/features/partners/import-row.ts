import type { Day } from '../../dates/day.ts';
import { type Kind, type Level, levels } from '../../domain/partners/partner.ts';
import { contactOf, everyOf, kindsOf, oneOf, type Reading, sectorOf, Unusable } from './cells.ts';
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
  /** The name in the lead column, as it stands there. */
  lead: string;
  lastContact: Day | null;
}

/** Something about a line, to be told. */
export interface Remark {
  line: number;
  text: string;
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
