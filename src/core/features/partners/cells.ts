import { cut } from '../../base/cut.ts';
import type { Day } from '../../dates/day.ts';
import { readDuration } from '../../dates/duration.ts';
import { readWhen } from '../../dates/when.ts';
import { type Kind, kinds, LONGEST_SECTOR } from '../../domain/partners/partner.ts';
import { choiceIn } from '../../parsing/choices.ts';
import { tidyName } from './names.ts';

/** When and where the file is read. */
export interface Reading {
  now: Date;
  zone: string;
  today: Day;
}

/** Why a row can't be used, in a sentence. */
export class Unusable extends Error {}

/** The choice that a cell names; null where it is empty. @throws Unusable where it is none of them. */
export function oneOf<T extends string>(known: readonly T[], cell = '', noun: string): T | null {
  if (cell === '') return null;
  const choice = choiceIn(cell, known);
  const found = known.find((one) => one === choice);
  if (found) return found;
  const choices = `${known.slice(0, -1).join(', ')} or ${known.at(-1)}`;
  throw new Unusable(`${quoted(cell)} is no ${noun}: it is ${choices}.`);
}

/** The kinds that a cell names, each once. @throws Unusable where one is unknown. */
export function kindsOf(cell = ''): Kind[] {
  const words = cell.split(/[;,]/).map((word) => word.trim());
  const found = words.map((word) => oneOf(kinds, word, 'kind'));
  return [...new Set(found)].filter((kind) => kind !== null);
}

/** The sector in a cell; null where it is empty. @throws Unusable where it is too long. */
export function sectorOf(cell = ''): string | null {
  const sector = tidyName(cell);
  if (sector.length > LONGEST_SECTOR)
    throw new Unusable(
      `The sector has ${sector.length} characters: ${LONGEST_SECTOR} is the most.`,
    );
  return sector === '' ? null : sector;
}

/** How often contact should happen, as a duration; null where the cell is empty. @throws Unusable */
export function everyOf(cell = ''): string | null {
  if (cell === '') return null;
  const every = readDuration(cell);
  if (every) return every;
  throw new Unusable(`${quoted(cell)} is not how often. Try "6 weeks" or "3 months".`);
}

/** The day of a last contact, the day before the month; a clock time that spreadsheets add is left out. */
export function contactOf(cell = '', { now, zone, today }: Reading): Day | null {
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
