import { distance } from 'fastest-levenshtein';
import { listText, quoteShort } from '../../base/text.ts';
import { UserError } from '../../message/user-error.ts';

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

export type Column = (typeof columns)[number];

/** How a column is named in a sentence. */
const columnNames: { readonly [column in Column]: string } = {
  name: 'name',
  aliases: 'other names',
  level: 'level',
  sector: 'sector',
  kinds: 'kinds',
  lastcontact: 'last contact',
  lead: 'lead',
  every: 'how often',
};

/** Other headers for the columns, as keys (see {@link keyOf}). */
const otherHeaders: { readonly [column in Exclude<Column, 'name'>]: readonly string[] } = {
  aliases:
    `alias othername othernames alsoknownas aka nickname knownas shortname acronym abbreviation
    alternativename alternativenames formername formernames previousname previousnames tradingname tradingas`.split(
      /\s+/,
    ),
  level: ['levelofwork'],
  sector: ['industry', 'organisationtype', 'organizationtype', 'typeoforganisation'],
  kinds: ['kind', 'kindofpartnership', 'partnershipkind'],
  lastcontact:
    `lastcontacted lastcontactdate datelastcontacted dateoflastcontact lastcontacton lastspoken lastspokento
    lastspokenwith lastmet lastmeeting lastseen lastintouch lasttouch`.split(/\s+/),
  lead: `leadofficer leadworker leadname leadperson owner accountowner accountmanager relationshipmanager relationshiplead
    keyworker`.split(/\s+/),
  every: `howoften frequency contactfrequency contactevery intouchevery frequencyofcontact`.split(
    /\s+/,
  ),
};

/** Words for an organisation in headers: `Account Name`, `charity_name`, `Name of organisation`. */
const ORGANISATION =
  /partner|organi[sz]ation|company|charity|account|establishment|school|business|group|club|agency|institution|org/;
/** Headers that are an organisation's name without the word "name". */
const ORGANISATION_ALONE = ['partner', 'organisation', 'organization', 'company', 'charity', 'org'];
const ORGANISATION_WORDS =
  /^(?:our|the)?(?:partner|organi[sz]ation|compan(?:y|ies)|charit(?:y|ies)|organi[sz]ations|partners)+$/;
/** Names of something else: `Account contact name`. */
const OTHER_NAME =
  /contact|person|lead|owner|manager|user|file|bank|parent|former|previous|short|alternative|other|old|trading|known/;
/** Headers of a list of people. In such a list, `Name` is a person's. */
const PERSON = /^(?:first|given|fore|last|family|sur|middle)name$/;

/** Headers with fewer letters have to be spelled right. */
const MIN_SLIP_LENGTH = 6;
/** How many cells are looked at as headers. */
const MAX_COLUMNS = 100;
/** Longer cells are no headers. */
const MAX_HEADER_LENGTH = 60;

/** A header in lower case and with letters only; empty for a cell that is no header. */
function keyOf(header: string): string {
  if (header.length > MAX_HEADER_LENGTH || /[{}[\]<>="@,;|\t]/.test(header)) return '';
  return header.toLowerCase().replace(/[^a-z]/g, '');
}

function isLike(key: string, other: string): boolean {
  return key === other || (key.length >= MIN_SLIP_LENGTH && distance(key, other) <= 1);
}

/** The column of a header, and how well it fits: with 2 it is the column's own name. */
function fitOf(header: string): { column: Column; fit: 1 | 2 } | undefined {
  const key = keyOf(header);
  if (key === '') return undefined;
  const own = columns.find((column) => column === key);
  if (own) return { column: own, fit: 2 };
  const singular = key.endsWith('s') ? key.slice(0, -1) : key;
  const isName =
    (key.includes('name') && ORGANISATION.test(key) && !OTHER_NAME.test(key)) ||
    ORGANISATION_WORDS.test(key) ||
    ORGANISATION_ALONE.some((word) => isLike(singular, word));
  if (isName) return { column: 'name', fit: 1 };
  const column = columns.find(
    (one) => one !== 'name' && otherHeaders[one].some((other) => isLike(key, other)),
  );
  return column && { column, fit: 1 };
}

/** Where the columns are in a file. */
export interface ColumnPlaces {
  /** The place of each column that was found. */
  places: ReadonlyMap<Column, number>;
  /** Headers that are not used. */
  ignored: readonly string[];
  /** Columns whose header has another name, as text: `name from "Company"`. */
  taken: readonly string[];
  /** Other headers that may be those of the names. */
  nameChoices: readonly string[];
}

/** How many known columns a row names, if it names the one with the names; else 0. */
export function headerScore(row: readonly string[], names?: string): number {
  const cells = row.slice(0, MAX_COLUMNS);
  if (names !== undefined && !cells.some((cell) => isHeader(cell, names))) return 0;
  const found = new Set(cells.map((cell) => fitOf(cell)?.column).filter(Boolean));
  if (names !== undefined) found.add('name');
  return found.has('name') ? found.size : 0;
}

const isHeader = (cell: string, header: string): boolean =>
  cell.trim().toLowerCase() === header.trim().toLowerCase();

/**
 * Finds the columns of a file.
 * @param headers the cells of its first line.
 * @param names the header of the column with the names, if somebody chose it.
 * @throws UserError that names the headers, if there are no names, or two columns have the same name.
 */
export function placeColumns(headers: readonly string[], names?: string): ColumnPlaces {
  const fits = headers.slice(0, MAX_COLUMNS).map(fitOf);
  const isOfPeople = headers.some((header) => PERSON.test(keyOf(header)));
  const places = new Map<Column, number>();
  for (const column of columns) {
    const own = fits.flatMap((fit, at) => (fit?.column === column && fit.fit === 2 ? [at] : []));
    if (own.length > 1)
      throw wrong(`Two columns are called ${headers[own[0] ?? 0]}. Please leave one of them out.`);
    const others = fits.flatMap((fit, at) => (fit?.column === column && fit.fit === 1 ? [at] : []));
    const order = column === 'name' && isOfPeople ? [...others, ...own] : [...own, ...others];
    const chosen = headers.findIndex((header) => isHeader(header, names ?? ''));
    const at = column === 'name' && names !== undefined && chosen >= 0 ? chosen : order[0];
    if (at !== undefined) places.set(column, at);
  }
  const nameAt = places.get('name');
  if (nameAt === undefined) throw wrong(noNames(headers));
  // A chosen column has the names only.
  for (const [column, at] of places) if (column !== 'name' && at === nameAt) places.delete(column);
  const used = new Set(places.values());
  return {
    places,
    ignored: headers.filter((header, at) => header !== '' && !used.has(at)),
    taken: [...places].flatMap(([column, at]) => {
      const isOwn = fits[at]?.column === column && fits[at]?.fit === 2;
      return isOwn ? [] : [`${columnNames[column]} from "${quoteShort(headers[at] ?? '')}"`];
    }),
    nameChoices: headers.filter((_, at) => at !== nameAt && fits[at]?.column === 'name'),
  };
}

const MAX_HEADERS_SHOWN = 8;

function noNames(headers: readonly string[]): string {
  const found = headers.filter((header) => header !== '').map((header) => quoteShort(header));
  const shown = found.slice(0, MAX_HEADERS_SHOWN).map((header) => `"${header}"`);
  const more = found.length - shown.length;
  const list = listText(more > 0 ? [...shown, `${more} more`] : shown, 'and');
  return `I can't find a column called name. The first line has ${list}. Call the column with the partners' names "name", and send the file again.`;
}

const wrong = (sentence: string) => new UserError(sentence, 'file');
