import type { Collection, Row, Store, Stores } from '../../ports/store.ts';
import { members } from '../members/member.ts';
import { type PersonalData, textFieldsOf } from './personal-data.ts';
import { eraseInValue, type FoundText, findInValue, type NameSearch } from './texts.ts';

/** A text of a row that has the name of somebody. */
export interface Place extends FoundText {
  collection: string;
  /** The id of the row. */
  id: string;
  field: string;
}

/** Where to look. */
export interface SearchContext {
  store: Store;
  stores: Pick<Stores, 'global'>;
  personalData: readonly PersonalData[];
}

/**
 * Finds a name in all rows of a partnership, a page at a time. The row of another member is not one of its places, even
 * if they have the same name.
 */
export async function* findPlaces(
  search: NameSearch,
  { personalData, ...stores }: SearchContext,
): AsyncGenerator<Place> {
  for (const declared of personalData) {
    if (textFieldsOf(declared).length === 0) continue;
    for await (const row of allRowsOf(declared, stores)) yield* placesIn(row, declared, search);
  }
}

/** The places of a name in one row. */
export function placesIn(row: Row, declared: PersonalData, search: NameSearch): Place[] {
  const collection = declared.declaration.name;
  if (isAnotherMember(row, declared, search)) return [];
  const values = row as unknown as Record<string, unknown>;
  return textFieldsOf(declared).flatMap((field) =>
    findInValue(values[field], search).map((found) => {
      const isOwnRow = collection === members.name && row.id === search.member;
      return { ...found, isClear: found.isClear || isOwnRow, collection, id: row.id, field };
    }),
  );
}

/**
 * A row without the name.
 * @param isTheirs whether a text with only a part of the name is about the person.
 * @returns null: the row goes; undefined: the name is not in it.
 */
export function eraseInRow(
  row: Row,
  declared: PersonalData,
  search: NameSearch,
  isTheirs: (text: string) => boolean,
): Row | null | undefined {
  if (isAnotherMember(row, declared, search)) return undefined;
  const values = row as unknown as Record<string, unknown>;
  const changed = textFieldsOf(declared).flatMap((field) => {
    const value = eraseInValue(values[field], search, isTheirs);
    return value === values[field] ? [] : [[field, value] as const];
  });
  if (changed.length === 0) return undefined;
  const { removesRow } = declared;
  if (removesRow === true || changed.some(([field]) => field === removesRow)) return null;
  const erased: Row = { ...row, ...Object.fromEntries(changed) };
  return declared.afterErasing?.(erased, row) ?? erased;
}

const isAnotherMember = (row: Row, { declaration }: PersonalData, { member }: NameSearch) =>
  declaration.name === members.name && row.id !== member;

/** The rows of a collection that belong to a partnership; undefined if none do. */
export function collectionOf(
  { declaration, rowsOf }: PersonalData,
  { store, stores }: Pick<SearchContext, 'store' | 'stores'>,
): Collection<Row> | undefined {
  if (declaration.scope === 'partnership') return store.of(declaration);
  return rowsOf && stores.global(declaration);
}

async function* allRowsOf(
  declared: PersonalData,
  stores: Pick<SearchContext, 'store' | 'stores'>,
): AsyncGenerator<Row> {
  const rows = collectionOf(declared, stores);
  if (!rows) return;
  yield* rows.all(declared.rowsOf?.(stores.store.partnership) ?? { index: 'byId' });
}

/** How many characters an excerpt shows before and after the name. */
const EXCERPT_MARGIN = 40;

/** The words around the name, in one line. */
export function excerptOf({ text, spans }: Pick<FoundText, 'text' | 'spans'>): string {
  const [first = { start: 0, end: 0 }] = spans;
  const from = Math.max(0, first.start - EXCERPT_MARGIN);
  const to = Math.min(text.length, first.end + EXCERPT_MARGIN);
  const words = text.slice(from, to).toWellFormed().replace(/\s+/g, ' ').trim();
  return `${from > 0 ? '…' : ''}${words}${to < text.length ? '…' : ''}`;
}
