import type { Connection } from 'mongoose';
import { ensureCollections } from './ensure-collections.ts';
import type { Migration } from './migrate.ts';
import type { Bound } from './stores.ts';

/**
 * All migrations, oldest first; the list only ever grows. A new index needs none (declared indexes are made at each
 * start); a field that must be filled in rows of old, or a row that must move, does.
 */
export function migrationsOf(connection: Connection, bound: Iterable<Bound>): readonly Migration[] {
  return [{ name: 'collections and indexes', run: () => ensureCollections(connection, bound) }];
}
