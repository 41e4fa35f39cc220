import type { Connection } from 'mongoose';
import { indexesOf, type StoredIndex } from './indexes.ts';
import type { Bound } from './stores.ts';

/**
 * Makes the declared collections and indexes that are missing, and leaves the others alone. Harmless when repeated,
 * or when two processes do it at once (https://www.mongodb.com/docs/manual/reference/command/createIndexes/).
 * A collection without declared indexes comes into being with its first row.
 * @throws Error with the remedy, if an index of a declared name stands otherwise than declared.
 */
export async function ensureCollections(
  connection: Connection,
  bound: Iterable<Bound>,
): Promise<void> {
  const standing = new Set((await connection.listCollections()).map(({ name }) => name));
  await Promise.all(
    Array.from(bound, async ({ shape, model }) => {
      const there = standing.has(shape.name) ? await model.listIndexes() : [];
      const missing = indexesOf(shape).filter((index) => {
        const same = there.find(({ name }) => name === index.name);
        if (same && !isAs(index, same)) throw changed(shape.name, index.name);
        return !same;
      });
      if (missing.length > 0) await model.collection.createIndexes(missing);
    }),
  );
}

function isAs(index: StoredIndex, standing: { key: unknown; unique?: boolean }): boolean {
  return (
    JSON.stringify(index.key) === JSON.stringify(standing.key) &&
    (index.unique ?? false) === (standing.unique ?? false)
  );
}

const changed = (collection: string, index: string) =>
  new Error(
    `${collection}: an index called ${index} stands, but with other fields than are declared now. Give the changed index a new name.`,
  );
