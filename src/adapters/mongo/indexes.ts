import { indexOrder, type Shape } from '../shared/store/shape.ts';

/** An index as the server is asked for it. */
export interface StoredIndex {
  name: string;
  key: Record<string, 1>;
  unique?: true;
}

/** The one index that is not inside a tenant: over what the sweep looks for. */
const sweepIndex = 'bySweep';

/** A field as the server keeps it. */
export const storedName = (field: string): string => (field === 'id' ? '_id' : field);

/** All the indexes of a collection. A global one's `byId` is the server's own index over `_id`. */
export function indexesOf(shape: Shape): StoredIndex[] {
  const tenant = shape.scope === 'partnership';
  const named = Object.entries(shape.indexes).map(([name, { unique }]) => ({
    name,
    key: ascending([
      ...(tenant ? ['partnership'] : []),
      ...indexOrder(shape, name).map(storedName),
    ]),
    ...(unique && { unique }),
  }));
  if (tenant) named.push({ name: 'byId', key: ascending(['partnership', '_id']) });
  if ('nextRunAt' in shape.fields) named.push({ name: sweepIndex, key: ascending(['nextRunAt']) });
  return named;
}

const ascending = (fields: readonly string[]): Record<string, 1> =>
  Object.fromEntries(fields.map((field) => [field, 1 as const]));
