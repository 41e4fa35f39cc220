import { existsSync } from 'node:fs';
import { LRUCache } from 'lru-cache';
import { systemClock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import { troubleLog } from '../../core/base/trouble-log.ts';
import { withDerivedRows } from '../../core/ports/derived-rows.ts';
import type { StoreError, Stores } from '../../core/ports/store.ts';
import type { Shape } from '../shared/store/shape.ts';
import { type Database, prepareRead } from './binding.ts';
import type { Access } from './collection.ts';
import { openDataFolder } from './data-folder.ts';
import { closeDatabase, type JournalMode, openDatabase } from './open-database.ts';
import { readDatabase } from './read-database.ts';
import { migrate, schemaVersion } from './schema-version.ts';
import { databaseGone, troubleOf, writerEnded } from './store-errors.ts';
import { openStores } from './stores.ts';
import { ensureTables } from './tables.ts';
import { resultCode } from './write-op.ts';
import { type StartWriter, startWriter } from './writer.ts';

/** How many statements of reads are kept prepared. */
const MAX_STATEMENTS = 500;

/**
 * Tests after a failure whether writes work again. It takes more room than a command needs, since a smaller write may
 * succeed on a full disk, and gives the room back.
 */
const PROBE = [
  'CREATE TABLE probe (bytes)',
  'INSERT INTO probe VALUES (zeroblob(65536))',
  'DROP TABLE probe',
];

/** An open store. */
export interface OpenStore {
  readonly stores: Stores;
  /** @throws StoreError while the store cannot be read or written. */
  ping(): Promise<void>;
  /** Finishes the writes under way, and closes the database. */
  close(): Promise<void>;
}

export interface OpenStoreOptions {
  /** The folder of the database. It is created if need be. */
  dataDir: string;
  /** All collections that will be opened. */
  shapes: readonly Shape[];
  journalMode?: JournalMode;
  log?: Pick<Log, 'info' | 'error'>;
  /** For tests, which open many stores: by default a thread writes. */
  startWriter?: StartWriter;
}

/**
 * Opens the store of a data folder for this process alone, and creates what is missing of it.
 * @throws DataFolderError, StoreTooNew, or StoreError for a file that cannot be used.
 */
export async function openStore(options: OpenStoreOptions): Promise<OpenStore> {
  const { dataDir, shapes, journalMode = 'wal', log } = options;
  /** @throws a StoreError that says what the error means; the error itself if that is not known. */
  const fail = (error: unknown): never => {
    throw troubleOf(resultCode(error), dataDir) ?? error;
  };
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (let closer = closers.pop(); closer; closer = closers.pop()) await closer();
  };
  try {
    const folder = await openDataFolder(dataDir);
    closers.push(folder.release);
    let database = openDatabase(folder.file, journalMode);
    closers.push(() => closeDatabase(database));
    const onStep = (name: string) => log?.info({ name }, 'store migrated');
    migrate(database, () => ensureTables(database, shapes), { onStep });
    const writer = await (options.startWriter ?? startWriter)(folder.file, journalMode);
    closers.push(() => writer.close());

    const troubles = troubleLog('store', log, systemClock);
    /** A part of the database that was read is damaged. That does not pass by itself. */
    let damage: StoreError | undefined;
    /** Why the last write failed; undefined after a ping that succeeded. */
    let trouble: StoreError | undefined;
    const writeFails = (error: StoreError): never => {
      trouble = error;
      troubles.failed(error.trouble, error.message);
      throw error;
    };
    const write: Access['write'] = async (op) => {
      // SQLite would go on with the deleted file, and all writes would be lost.
      if (!existsSync(folder.file)) return writeFails(databaseGone(dataDir));
      const result = await writer.write(op).catch(() => writeFails(writerEnded()));
      if ('failure' in result) {
        const error = troubleOf(result.failure.code, dataDir);
        if (error) return writeFails(error);
        throw new Error(result.failure.message);
      }
      troubles.worked();
      return result.results;
    };
    let read = reader(database);
    /** A statement that was not read to its end would keep old data in the write-ahead log. */
    const endReads = () => {
      const previous = database;
      database = openDatabase(folder.file, journalMode);
      read = reader(database);
      previous.close();
    };
    const stores = openStores(shapes, {
      read(sql, decode) {
        try {
          return read(sql, decode);
        } catch (error) {
          const found = troubleOf(resultCode(error), dataDir);
          if (found) troubles.failed(found.trouble, found.message);
          if (found?.trouble === 'damaged') damage = found;
          throw found ?? error;
        }
      },
      write,
      async vacuum() {
        endReads();
        const [result] = await write({ statements: [], vacuum: true });
        return result === 1;
      },
    });
    return {
      stores: withDerivedRows(stores),
      async ping() {
        if (!existsSync(folder.file)) throw databaseGone(dataDir);
        if (damage) throw damage;
        try {
          schemaVersion(database);
          if (trouble) await write({ statements: PROBE.map((sql) => ({ sql, params: [] })) });
          trouble = undefined;
        } catch (error) {
          fail(error);
        }
      },
      close,
    };
  } catch (error) {
    await close();
    return fail(error);
  }
}

/**
 * Reads from the store of a data folder, whether Convenor runs or not. `work` cannot write.
 * @throws Error if there is no readable store, or it lacks a collection.
 */
export function readStores<T>(
  dataDir: string,
  shapes: readonly Shape[],
  work: (stores: Stores) => Promise<T>,
): Promise<T> {
  return readDatabase(dataDir, (database) => {
    const write = () => Promise.reject(new Error('This store is only read.'));
    return work(openStores(shapes, { read: reader(database), write, vacuum: write }));
  });
}

/** Reads of a database, with statements that are kept prepared. */
function reader(database: Database): Access['read'] {
  const prepared = new LRUCache<string, ReturnType<typeof prepareRead>>({ max: MAX_STATEMENTS });
  return ({ sql, params }, decode) => {
    const read = prepared.get(sql) ?? prepareRead(database, sql);
    prepared.set(sql, read);
    return read(...params).map(decode);
  };
}
