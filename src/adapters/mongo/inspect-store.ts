import { createConnection } from 'mongoose';
import type { Stores } from '../../core/ports/store.ts';
import type { Shape } from '../shared/store/shape.ts';
import { timeOf } from './connect.ts';
import { connectionOptions } from './connection-options.ts';
import { meta, migrationsOf } from './migrate.ts';
import { bindModels } from './models.ts';
import { storeClock } from './store-clock.ts';
import { attemptOn } from './store-errors.ts';
import { openStores } from './stores.ts';

/** A store that was opened without changing it. */
export interface StoreInspection {
  /** The server's version, such as `8.0.4`. */
  version: string;
  /** How far the server's clock is ahead of this machine's (ms, negative: behind), to within a round trip. */
  ahead: number;
  /** The store's schema version; undefined if it was never used. */
  schemaVersion: number | undefined;
  /** The schema version that this program migrates to. */
  knownVersion: number;
  stores: Stores;
  close(): Promise<void>;
}

/**
 * Connects to a store without migrating it or creating anything.
 * @param declarations the collections that will be read.
 * @throws Error if it cannot be reached within some seconds, or refuses.
 */
export async function inspectStore(
  uri: string,
  declarations: readonly Shape[],
): Promise<StoreInspection> {
  const connection = createConnection(uri, connectionOptions(uri));
  const close = () => connection.close();
  try {
    await connection.asPromise();
    const { version } = await connection.getClient().db('admin').command({ buildInfo: 1 });
    const clock = storeClock(() => timeOf(connection));
    await clock.measure();
    const ahead = clock.now().getTime() - Date.now();
    const stores = openStores(
      attemptOn(connection),
      bindModels(connection, [meta, ...declarations]),
    );
    const { schemaVersion } = (await stores.global(meta).get('schema')) ?? {};
    const knownVersion = migrationsOf(connection, []).length;
    return { version: String(version), ahead, schemaVersion, knownVersion, stores, close };
  } catch (error) {
    await close();
    throw error;
  }
}
