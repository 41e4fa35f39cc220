import { type Database, DatabaseSync } from './binding.ts';

/** How long a statement waits for a lock (ms), such as that of a backup that begins. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * How SQLite makes a commit whole. With `wal` readers do not wait for writers, but all processes that use the file have
 * to be on its machine. `delete` is for a network share: https://sqlite.org/wal.html
 */
export type JournalMode = 'wal' | 'delete';

/**
 * Opens the file for one thread. A commit stands on the disk when it returns (`synchronous=FULL`), and what is deleted
 * is overwritten.
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
 * Closes a database of which no other connection is in use. All of it is then in its one file. SQLite sees to that by
 * itself only where no statement is left, and the binding for Node 20 keeps statements until they are collected.
 */
export function closeDatabase(database: Database): void {
  try {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // The disk is full, for example: what was written stays in the write-ahead log, and is read from there.
  }
  database.close();
}
