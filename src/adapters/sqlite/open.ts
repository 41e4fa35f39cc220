import { LRUCache } from 'lru-cache';
import type { Log } from '../../core/base/log.ts';
import type { StoreError, Stores } from '../../core/ports/store.ts';
import type { Shape } from '../shared/store/shape.ts';
import type { Statement } from './binding.ts';
import { holdFolder } from './data-folder.ts';
import { openDatabase } from './open-database.ts';
import { migrate, schemaVersion } from './schema-version.ts';
import { troubleOf } from './store-errors.ts';
import { openStores } from './stores.ts';
import { ensureTables } from './tables.ts';
import { type Fate, resultCode, type WriteOp } from './write-op.ts';
import { startWriter } from './writer.ts';

/** How many statements of reads are kept prepared. */
const MAX_STATEMENTS = 500;

/** An open store. */
export interface OpenStore {
  readonly stores: Stores;
  /** @throws StoreError while the store cannot be read or written. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenStoreOptions {
  /** The folder of the database; it is made if need be. */
  dataDir: string;
  /** Every collection that will be asked for. */
  shapes: readonly Shape[];
  /** Where the adapter tells of what it does. */
  log?: Pick<Log, 'info'>;
}

/**
 * Opens the store of a data folder for this process alone, and makes what is missing of it.
 * @throws DataFolderError, StoreTooNew, or StoreError for a file that cannot be used.
 */
export async function openStore({ dataDir, shapes, log }: OpenStoreOptions): Promise<OpenStore> {
  const folder = await holdFolder(dataDir);
  /** @throws what an error means, else the error. */
  const fail = (error: unknown): never => {
    throw troubleOf({ code: resultCode(error), message: '' }, dataDir) ?? error;
  };
  try {
    const database = openDatabase(folder.file);
    const onStep = (name: string) => log?.info({ name }, 'store migrated');
    migrate(database, () => ensureTables(database, shapes), { onStep });
    const writer = await startWriter(folder.file);
    const statements = new LRUCache<string, Statement>({ max: MAX_STATEMENTS });
    /** What kept the last write from being done. */
    let trouble: StoreError | undefined;

    const write = async (op: WriteOp): Promise<Fate[]> => {
      const result = await writer.write(op);
      if ('fates' in result) {
        trouble = undefined;
        return result.fates;
      }
      const found = troubleOf(result.failure, dataDir);
      trouble = found ?? trouble;
      throw found ?? new Error(result.failure.message);
    };
    const stores = openStores(shapes, {
      read({ sql, params }) {
        try {
          const statement = statements.get(sql) ?? database.prepare(sql);
          statements.set(sql, statement);
          return statement.all(...params);
        } catch (error) {
          return fail(error);
        }
      },
      write,
    });
    return {
      stores,
      async ping() {
        try {
          database.prepare('SELECT 1').get();
        } catch (error) {
          fail(error);
        }
        // After trouble a write of no consequence tells whether it is over.
        const version = `PRAGMA user_version = ${schemaVersion(database)}`;
        if (trouble) await write({ statements: [{ sql: version, params: [] }] });
      },
      async close() {
        await writer.close();
        database.close();
        folder.release();
      },
    };
  } catch (error) {
    folder.release();
    return fail(error);
  }
}
