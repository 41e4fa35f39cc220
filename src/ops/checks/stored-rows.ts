import { readStores } from '../../adapters/sqlite/open.ts';
import type { Config } from '../../config/config.ts';
import type { Declaration, Row, Stores } from '../../core/ports/store.ts';

/** Checking this many workspaces is enough to see what is wrong. */
const MAX_ROWS_CHECKED = 20;

/** The first rows of a global collection, read without changing the store. None when it cannot be read. */
export async function readStoredRows<R extends Row>(
  { mongodbUri, dataDir }: Config,
  declaration: Declaration<R>,
): Promise<R[]> {
  const read = async (stores: Stores) =>
    (await stores.global(declaration).find({ index: 'byId' }, MAX_ROWS_CHECKED)).rows;
  try {
    if (mongodbUri === undefined) return await readStores(dataDir, [declaration], read);
    const { inspectStore } = await import('../../adapters/mongo/inspect-store.ts');
    const { stores, close } = await inspectStore(mongodbUri, [declaration]);
    return await read(stores).finally(close);
  } catch {
    // Another check reports a store that cannot be read.
    return [];
  }
}
