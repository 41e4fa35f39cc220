import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type Database, DatabaseSync } from './binding.ts';
import { databaseFile, shareFolder } from './data-folder.ts';
import { knownVersion, schemaVersion } from './schema-version.ts';
import { primaryCode, resultCode } from './write-op.ts';

/** The database cannot be read without creating a file beside it: https://sqlite.org/rescode.html */
const NEEDS_TO_WRITE: readonly (number | undefined)[] = [8, 14];

/**
 * Reads the database of a data folder, whether Convenor runs or not. The process needs no right to write there.
 * @throws what `work` throws, or the binding's error if there is no readable database.
 */
export async function readDatabase<T>(
  dataDir: string,
  work: (database: Database) => T | Promise<T>,
): Promise<T> {
  const file = databaseFile(dataDir);
  try {
    return await openAndRead(file, work);
  } catch (error) {
    const isRunning = existsSync(`${file}-wal`);
    if (isRunning || !NEEDS_TO_WRITE.includes(primaryCode(resultCode(error)))) throw error;
  }
  // Convenor is stopped, and this account may not create the files that readers share. Open the database as a file that
  // nobody changes, under a lock that makes this true: https://sqlite.org/uri.html#uriimmutable
  const release = shareFolder(dataDir);
  try {
    return await openAndRead(`${pathToFileURL(file)}?immutable=1`, work);
  } finally {
    release();
  }
}

async function openAndRead<T>(
  file: string,
  work: (database: Database) => T | Promise<T>,
): Promise<T> {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    schemaVersion(database);
    return await work(database);
  } finally {
    database.close();
  }
}

/** What the store of a data folder holds. */
export interface StoreFacts extends DatabaseFacts {
  /** Whether a newer Convenor has used it. */
  isTooNew: boolean;
}

/**
 * Reads the store of a data folder from end to end, whether Convenor runs or not.
 * @throws Error if it is damaged, or cannot be read.
 */
export function inspectStore(dataDir: string): Promise<StoreFacts> {
  return readDatabase(dataDir, (database) => ({
    ...inspectDatabase(database),
    isTooNew: schemaVersion(database) > knownVersion(),
  }));
}

/** What a database holds. */
export interface DatabaseFacts {
  /** Its size, without the write-ahead log. */
  bytes: number;
  /** Rows of all collections. */
  rows: number;
}

/**
 * Reads a database from end to end.
 * @throws Error if it is damaged, or not a database.
 */
export function inspectDatabase(database: Database): DatabaseFacts {
  const [first] = database.prepare('PRAGMA integrity_check(1)').all();
  if (first?.integrity_check !== 'ok') throw new Error('it is damaged.');
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    .all();
  const count = (name: string) =>
    Number(database.prepare(`SELECT count(*) AS count FROM "${name}"`).get()?.count);
  const rows = tables.reduce((sum, { name }) => sum + count(name as string), 0);
  const size = database
    .prepare('SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size')
    .get();
  return { bytes: Number(size?.bytes), rows };
}
