import type { Day } from '../../dates/day.ts';
import { derivedRowId } from '../../ports/derived-rows.ts';
import { type Derived, defineCollection, type New, type Row } from '../../ports/store.ts';
import { termsOf } from './terms.ts';

/** One word of a note or a title, so that `find` finds it. The stores write these rows (`ports/derived-rows.ts`). */
export interface SearchTerm extends Row {
  term: string;
  /** The day of the contact, or the day (UTC) on which the promise was noted. */
  day: Day;
}

export const searchTerms = defineCollection<SearchTerm>()({
  name: 'searchTerms',
  scope: 'partnership',
  fields: { term: 'text', day: 'text' },
  indexes: { byTerm: { on: ['term', 'day'] } },
});

/** The words that are kept for each row of a collection. @param read the text of a row, and its day */
export function searchedText<T extends Row>(
  collection: string,
  read: (row: New<T>) => { text: string | null; day: Day },
): Derived<T> {
  return {
    into: searchTerms,
    rowsOf(row) {
      const { text, day } = read(row);
      return termsOf(text ?? '').map((term) => ({
        id: derivedRowId(collection, row.id, day, term),
        term,
        day,
      }));
    },
  };
}

/** The row that a term is a word of. */
export interface TermSource {
  collection: string;
  id: string;
}

/** Whose word a term is. */
export function sourceOf({ id }: Pick<SearchTerm, 'id'>): TermSource {
  const [collection = '', source = ''] = id.split(' ');
  return { collection, id: source };
}
