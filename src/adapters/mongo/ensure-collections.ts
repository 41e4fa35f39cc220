import type { Connection } from 'mongoose';
import { indexesOf, type StoredIndex } from './indexes.ts';
import type { Bound } from './stores.ts';

/**
 * Creates the declared collections and indexes that are missing, and leaves the others alone. It may be repeated, and two
 * processes may do it at once (https://www.mongodb.com/docs/manual/reference/command/createIndexes/).
 * MongoDB creates a collection without declared indexes with its first row.
 * @throws Error with the remedy, if an existing index has a declared name and other fields.
 */
export async function ensureCollections(
  connection: Connection,
  bound: Iterable<Bound>,
): Promise<void> {
  const existing = new Set((await connection.listCollections()).map(({ name }) => name));
  await Promise.all(
    Array.from(bound, async ({ shape, model }) => {
      const present = existing.has(shape.name) ? await model.listIndexes() : [];
      const missing = indexesOf(shape).filter((index) => {
        const same = present.find(({ name }) => name === index.name);
        if (same && !isSameIndex(index, same)) throw changedIndexError(shape.name, index.name);
        return !same;
      });
      if (missing.length > 0) await model.collection.createIndexes(missing);
    }),
  );
}

function isSameIndex(index: StoredIndex, existing: { key: unknown; unique?: boolean }): boolean {
  return (
    JSON.stringify(index.key) === JSON.stringify(existing.key) &&
    (index.unique ?? false) === (existing.unique ?? false)
  );
}

const changedIndexError = (collection: string, index: string) =>
  new Error(
    `${collection}: there is an index called ${index} with other fields than are declared now. Give the changed index a new name.`,
  );
