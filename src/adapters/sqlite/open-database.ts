import { type Database, DatabaseSync } from './binding.ts';

/** How long a statement waits for a lock (ms), such as that of a backup that begins. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens the file for one thread. A commit stands on the disk when it returns (`synchronous=FULL`), what is deleted is
 * overwritten, and readers do not wait for writers.
 * @see https://sqlite.org/pragma.html
 */
export function openDatabase(file: string): Database {
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = FULL',
    'secure_delete = ON',
    'temp_store = MEMORY',
    'trusted_schema = OFF',
  ]) {
    database.exec(`PRAGMA ${pragma}`);
  }
  return database;
}
