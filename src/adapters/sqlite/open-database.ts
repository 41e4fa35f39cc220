import { type Database, DatabaseSync } from './binding.ts';

/** How long a statement waits for a lock (ms), such as that of a backup that begins. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * How SQLite makes a commit atomic. With `wal`, readers do not wait for writers, but all processes have to be on the
 * machine that has the file. `delete` is for a network share: https://sqlite.org/wal.html
 */
export type JournalMode = 'wal' | 'delete';

/**
 * Opens the database for one thread. A commit returns once it is on disk (`synchronous=FULL`), and deleted data is
 * overwritten.
 * @see https://sqlite.org/pragma.html
 */
export function openDatabase(file: string, journalMode: JournalMode = 'wal'): Database {
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  for (const pragma of [
    `journal_mode = ${journalMode}`,
    'synchronous = FULL',
    'secure_delete = ON',
    'temp_store = MEMORY',
    'trusted_schema = OFF',
  ]) {
    database.exec(`PRAGMA ${pragma}`);
  }
  return database;
}

/**
 * Closes a database that no other connection uses, and moves all data into its one file. SQLite does that itself only
 * if no statement is open, and the binding for Node 20 keeps statements until they are garbage-collected.
 */
export function closeDatabase(database: Database): void {
  try {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // The disk is full, for example. The data stays in the write-ahead log, and reads find it there.
  }
  database.close();
}
