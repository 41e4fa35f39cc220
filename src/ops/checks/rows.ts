import { heldAt } from '../../adapters/embedded/disk/lock.ts';
import { look } from '../../adapters/mongo/look.ts';
import type { Config } from '../../config/config.ts';
import type { Declaration, Row } from '../../core/ports/store.ts';

/** So many workspaces are looked at: enough to see what is wrong. */
const MOST = 20;

/** The first rows of a global collection; none where the store cannot be asked, as the embedded one while Convenor is stopped. */
export async function rowsIn<R extends Row>(
  { mongodbUri, dataDir }: Config,
  declaration: Declaration<R>,
): Promise<R[]> {
  try {
    const uri = mongodbUri ?? (await heldAt(dataDir));
    if (uri === undefined) return [];
    const { stores, close } = await look(uri, [declaration]);
    const rows = stores.global(declaration).find({ index: 'byId', limit: MOST });
    return await rows.finally(close);
  } catch {
    // That the store is away is found, and told, by itself.
    return [];
  }
}
