import { heldAt } from '../../adapters/embedded/disk/lock.ts';
import { look } from '../../adapters/mongo/look.ts';
import type { Config } from '../../config/config.ts';
import type { Declaration, Row } from '../../core/ports/store.ts';

/** Checking this many workspaces is enough to see what is wrong. */
const MAX_ROWS_CHECKED = 20;

/** The first rows of a global collection. None when the store is away, such as the embedded one while Convenor is stopped. */
export async function readStoredRows<R extends Row>(
  { mongodbUri, dataDir }: Config,
  declaration: Declaration<R>,
): Promise<R[]> {
  try {
    const uri = mongodbUri ?? (await heldAt(dataDir));
    if (uri === undefined) return [];
    const { stores, close } = await look(uri, [declaration]);
    const rows = stores.global(declaration).find({ index: 'byId', limit: MAX_ROWS_CHECKED });
    return await rows.finally(close);
  } catch {
    // Another check reports a store that is away.
    return [];
  }
}
