import { StoreTooNew } from '../shared/store/store-too-new.ts';
import type { Database } from './binding.ts';

/** One numbered step: migration n brings a store from schema version n to n + 1, in the transaction of all of them. */
export interface Migration {
  /** What it does, for the log. */
  readonly name: string;
  run(database: Database): void;
}

/**
 * All migrations, oldest first. The list only grows. A new collection, field or index needs no migration, because
 * everything that is declared and missing is created at each start. A field that must be filled in older rows, or a row
 * that must move, needs one.
 */
const migrations: readonly Migration[] = [];

/** The version of a store that has never been migrated. */
const FIRST_VERSION = 1;

/** The schema version of a store; 0 for a new one. */
export function schemaVersion(database: Database): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version);
}

/** The schema version to which this program brings a store. */
export const knownVersion = (steps = migrations): number => FIRST_VERSION + steps.length;

/**
 * Brings a store to the newest version. All missing steps run in one transaction.
 * @param ensure makes the tables; it runs before the first step.
 * @throws StoreTooNew if the store is newer than this program.
 */
export function migrate(
  database: Database,
  ensure: () => void,
  {
    steps = migrations,
    onStep,
  }: { steps?: readonly Migration[]; onStep?(name: string): void } = {},
): void {
  const found = schemaVersion(database);
  const known = knownVersion(steps);
  if (found > known) throw new StoreTooNew(found, known);
  database.exec('BEGIN IMMEDIATE');
  try {
    ensure();
    for (const step of found === 0 ? [] : steps.slice(found - FIRST_VERSION)) {
      step.run(database);
      onStep?.(step.name);
    }
    database.exec(`PRAGMA user_version = ${known}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
