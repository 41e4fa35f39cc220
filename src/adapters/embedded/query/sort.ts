import { type Element, elements, find, needle } from '../bson/element.ts';
import { keyOf } from '../bson/key.ts';
import { numberOf } from '../bson/number.ts';
import { ARRAY, EMPTY_RANK } from '../bson/types.ts';
import type { KeyField } from '../catalog/field-index.ts';
import type { Row } from '../catalog/row.ts';
import { refused } from '../errors.ts';

/**
 * Reads `{ field: 1 | -1, ... }`, in a sort or as the key of an index.
 * @throws CommandError 2 naming whatever else is asked
 */
export function readKeyFields(doc: Buffer, where: string): KeyField[] {
  return elements(doc).map((element) => {
    const { name } = element;
    const direction = numberOf(element);
    if (name === '' || name.startsWith('$') || name.includes('.'))
      throw refused(`The field '${name}' in ${where}`);
    if (direction !== 1 && direction !== -1)
      throw refused(`A direction other than 1 or -1 for '${name}' in ${where}`);
    return { name, descending: direction === -1 };
  });
}

/** The rows sorted by these fields; equal ones keep their order. */
export function sortRows(rows: readonly Row[], sort: readonly KeyField[]): Row[] {
  const fields = sort.map((field) => ({ ...field, needle: needle(field.name) }));
  const keyed = rows.map((row) => ({
    row,
    keys: fields.map((field) => sortKey(find(row.doc, field.needle), field.descending)),
  }));
  keyed.sort((a, b) => {
    for (let i = 0; i < fields.length; i++) {
      const [one, other] = [a.keys[i]!, b.keys[i]!];
      if (one !== other) return one < other !== fields[i]!.descending ? -1 : 1;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}

/** An array sorts by its least element, or descending by its greatest; an empty one before null. */
function sortKey(value: Element | undefined, descending: boolean): string {
  if (value?.type !== ARRAY) return keyOf(value);
  const keys = elements(value.doc, value.at).map(keyOf).sort();
  return keys.at(descending ? -1 : 0) ?? String.fromCharCode(EMPTY_RANK);
}
