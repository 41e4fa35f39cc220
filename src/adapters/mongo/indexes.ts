import type { Shape } from '../shared/store/shape.ts';

/** An index as the server is asked for it. */
export interface StoredIndex {
  name: string;
  key: Record<string, 1>;
  unique?: true;
}

/** The one index that is not inside a tenant: over what the sweep looks for. */
const sweepIndex = 'bySweep';

/**
 * The fields, in order, whose index answers a query and whose order its rows have. `_id` closes all but a
 * unique index: then rows with the same values have an order too, and the index alone gives it, with no sorting
 * (https://www.mongodb.com/docs/manual/tutorial/sort-results-with-indexes/).
 * @throws Error if no such index was declared.
 */
export function indexOrder(shape: Shape, index: string): readonly string[] {
  if (index === 'byId') return ['_id'];
  const declared = Object.hasOwn(shape.indexes, index) ? shape.indexes[index] : undefined;
  if (!declared) throw new Error(`${shape.name} declares no index ${index}.`);
  return declared.unique ? declared.on : [...declared.on, '_id'];
}

/** All the indexes of a collection. A global one's `byId` is the server's own index over `_id`. */
export function indexesOf(shape: Shape): StoredIndex[] {
  const tenant = shape.scope === 'partnership';
  const named = Object.entries(shape.indexes).map(([name, { unique }]) => ({
    name,
    key: ascending([...(tenant ? ['partnership'] : []), ...indexOrder(shape, name)]),
    ...(unique && { unique }),
  }));
  if (tenant) named.push({ name: 'byId', key: ascending(['partnership', '_id']) });
  if ('nextRunAt' in shape.fields) named.push({ name: sweepIndex, key: ascending(['nextRunAt']) });
  return named;
}

const ascending = (fields: readonly string[]): Record<string, 1> =>
  Object.fromEntries(fields.map((field) => [field, 1 as const]));
