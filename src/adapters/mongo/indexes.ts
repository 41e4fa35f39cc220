import type { Connection } from 'mongoose';
import { indexOrder, type Shape } from '../shared/store/shape.ts';
import type { BoundModel } from './models.ts';
import { storedName } from './row-codec.ts';

/** An index as the server is asked for it. */
interface IndexSpec {
  name: string;
  key: Record<string, 1>;
  unique?: true;
}

/**
 * Creates the declared collections and indexes that are missing, and leaves the others alone. It may be repeated, and two
 * processes may do it at once (https://www.mongodb.com/docs/manual/reference/command/createIndexes/).
 * MongoDB creates a collection without declared indexes with its first row.
 * @throws Error with the remedy, if an existing index has a declared name and other fields.
 */
export async function ensureIndexes(
  connection: Connection,
  models: Iterable<BoundModel>,
): Promise<void> {
  const collections = new Set((await connection.listCollections()).map(({ name }) => name));
  await Promise.all(
    Array.from(models, async ({ shape, model }) => {
      const existing = collections.has(shape.name) ? await model.listIndexes() : [];
      const missing = indexesOf(shape).filter((index) => {
        const same = existing.find(({ name }) => name === index.name);
        if (same && !isSameIndex(index, same)) throw changedIndexError(shape.name, index.name);
        return !same;
      });
      // Mongoose would send one command for each index.
      if (missing.length > 0) await model.collection.createIndexes(missing);
    }),
  );
}

/**
 * All indexes of a collection. Each of a tenant's begins with the partnership, except the sweep's. A global collection's
 * `byId` is the server's own index over `_id`.
 */
function indexesOf(shape: Shape): IndexSpec[] {
  const tenant = shape.scope === 'partnership' ? ['partnership'] : [];
  const indexes: IndexSpec[] = Object.entries(shape.indexes).map(([name, { unique }]) => ({
    name,
    key: ascending([...tenant, ...indexOrder(shape, name)]),
    ...(unique && { unique }),
  }));
  if (tenant.length > 0) indexes.push({ name: 'byId', key: ascending([...tenant, 'id']) });
  if ('nextRunAt' in shape.fields) {
    indexes.push({ name: 'bySweep', key: ascending(['nextRunAt']) });
  }
  return indexes;
}

const ascending = (fields: readonly string[]): Record<string, 1> =>
  Object.fromEntries(fields.map((field) => [storedName(field), 1 as const]));

function isSameIndex(index: IndexSpec, existing: { key: unknown; unique?: boolean }): boolean {
  return (
    JSON.stringify(index.key) === JSON.stringify(existing.key) &&
    (index.unique ?? false) === (existing.unique ?? false)
  );
}

const changedIndexError = (collection: string, index: string) =>
  new Error(
    `${collection}: there is an index called ${index} with other fields than are declared now. Give the changed index a new name.`,
  );
