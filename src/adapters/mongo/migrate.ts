import type { Connection } from 'mongoose';
import type { Clock } from '../../core/base/clock.ts';
import { type Collection, defineCollection, insertOnce, type Row } from '../../core/ports/store.ts';
import { StoreTooNew } from '../shared/store/store-too-new.ts';
import { ensureIndexes } from './indexes.ts';
import type { BoundModel } from './models.ts';

/** The one row of `meta` (id `schema`): how far the store is migrated, and who is migrating it. */
export interface Meta extends Row {
  /** The number of migrations done. */
  schemaVersion: number;
  /** The process that is migrating, and until when (store time) the others wait for it; null: nobody. */
  holder: string | null;
  leaseUntil: Date | null;
}

export const meta = defineCollection<Meta>()({
  name: 'meta',
  scope: 'global',
  fields: { schemaVersion: 'integer', holder: 'text', leaseUntil: 'moment' },
  indexes: {},
});

/**
 * One numbered step: migration n brings a store from schemaVersion n - 1 to n. It may be started again from its
 * beginning at any time, also while another process that lost its lease still runs it: each of its writes has to be
 * idempotent. A long one calls `keep` at least every half minute.
 */
export interface Migration {
  /** What it does, for the log. */
  readonly name: string;
  run(keep: () => Promise<void>): Promise<void>;
}

/**
 * All migrations, oldest first. The list only grows. A new index needs no migration, because declared indexes are created
 * at each start. A field that must be filled in older rows, or a row that must move, needs one.
 */
export function migrationsOf(
  connection: Connection,
  models: Iterable<BoundModel>,
): readonly Migration[] {
  return [{ name: 'collections and indexes', run: () => ensureIndexes(connection, models) }];
}

/** What `migrate` works with. */
export interface MigrateDeps {
  rows: Collection<Meta>;
  /** Store time. */
  clock: Clock;
  /** A name for this process. */
  holder: string;
  migrations: readonly Migration[];
  done?: (version: number, name: string) => void;
}

const LEASE_MS = 60_000;
const POLL_INTERVAL_MS = 100;

/**
 * Brings the store to the newest schemaVersion: each step once, in order. Of several processes one works, by a
 * compare-and-swap on the `meta` row with a lease; the others wait, and take over if it falls silent.
 * @throws StoreTooNew if the store is newer than this program.
 */
export async function migrate(deps: MigrateDeps): Promise<void> {
  const { rows, clock, holder, migrations, done } = deps;
  await insertOnce(rows, { id: 'schema', schemaVersion: 0, holder: null, leaseUntil: null });
  for (;;) {
    const row = await rows.get('schema');
    if (!row) throw new Error('The row of meta that tells the schema version was removed.');
    const next = migrations[row.schemaVersion];
    if (row.schemaVersion > migrations.length)
      throw new StoreTooNew(row.schemaVersion, migrations.length);
    if (!next) return;
    if (row.holder !== null && row.holder !== holder && isLive(row, clock)) {
      await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
      continue;
    }
    const held = await rows.save({ ...row, holder, leaseUntil: leaseFrom(clock) });
    if (!held) continue;
    if (await step(deps, held, next)) done?.(row.schemaVersion + 1, next.name);
  }
}

/** Runs one step under the lease. @returns whether it was this process that counted it as done. */
async function step(
  { rows, clock }: MigrateDeps,
  row: Meta,
  migration: Migration,
): Promise<boolean> {
  let held = row;
  const put = async (change: Partial<Meta>) => {
    const saved = await rows.save({ ...held, ...change });
    held = saved ?? held;
    return saved !== undefined;
  };
  const free = { holder: null, leaseUntil: null };
  try {
    await migration.run(async () => {
      if (!(await put({ leaseUntil: leaseFrom(clock) }))) {
        throw new Error('Another process has taken this migration over.');
      }
    });
  } catch (error) {
    await put(free);
    throw error;
  }
  return put({ ...free, schemaVersion: held.schemaVersion + 1 });
}

const leaseFrom = (clock: Clock) => new Date(clock.now().getTime() + LEASE_MS);
const isLive = ({ leaseUntil }: Meta, clock: Clock) =>
  leaseUntil !== null && leaseUntil > clock.now();
