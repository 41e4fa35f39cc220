import type { Declaration, Query, Row } from './store.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Whether a row in memory is one of those that a query finds. */
export function matchesQuery<T extends Row, I extends string>(
  row: T,
  { where = {}, range }: Pick<Query<T, I>, 'where' | 'range'>,
): boolean {
  const fields = row as unknown as Fields;
  const isEqual = Object.entries(where).every(([field, wanted]) =>
    (Array.isArray(wanted) ? wanted : [wanted]).some(
      (one) => compareScalars(fields[field] ?? null, one) === 0,
    ),
  );
  if (!isEqual || !range) return isEqual;
  const value = fields[range.field] ?? null;
  const { from, after, to, before } = range;
  return (
    value !== null &&
    (from === undefined || compareScalars(value, from) >= 0) &&
    (after === undefined || compareScalars(value, after) > 0) &&
    (to === undefined || compareScalars(value, to) <= 0) &&
    (before === undefined || compareScalars(value, before) < 0)
  );
}

/** The order in which a query returns rows, as a compare function. */
export function orderOf<T extends Row, I extends string>(
  declaration: Declaration<T, I>,
  { index, descending }: Pick<Query<T, I>, 'index' | 'descending'>,
): (a: T, b: T) => number {
  const on = index === 'byId' ? [] : declaration.indexes[index as I].on;
  const fields = [...on, 'id'];
  const sign = descending ? -1 : 1;
  return (a, b) => {
    for (const field of fields) {
      const [one, other] = [a, b].map((row) => (row as unknown as Fields)[field] ?? null);
      const order = compareScalars(one, other);
      if (order !== 0) return sign * order;
    }
    return 0;
  };
}

/** Compares as the stores do: null first, texts by code point. */
function compareScalars(a: unknown, b: unknown): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  if (typeof a === 'string' && typeof b === 'string')
    return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Number(a) - Number(b);
}
