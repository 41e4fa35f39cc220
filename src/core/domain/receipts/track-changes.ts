import { isDeepStrictEqual } from 'node:util';
import { derivedId } from '../../base/id.ts';
import type { Collection, Declaration, New, Row, Store, Stores } from '../../ports/store.ts';

/**
 * One row that a command wrote: what stood there before and after (null: nothing). Of a changed row the fields that
 * changed, of a new one its version.
 */
export interface Change {
  collection: string;
  id: string;
  before: Row | null;
  after: Row | null;
  /** Of a new row: what it was like (see `printOf`). */
  fingerprint?: string;
}

/** Fields that belong to the sweep, which moves them without anybody changing the row. */
const sweepFields: readonly string[] = ['claim', 'sending', 'nextRunAt'];

/** A short text that stays the same for as long as nobody changes a row; a field that it gains, empty, is no change. */
export function fingerprintOf(row: Row): string {
  const fields = Object.entries(row).filter(
    ([name, value]) => value !== null && name !== 'version' && !sweepFields.includes(name),
  );
  return derivedId(JSON.stringify(fields.toSorted(([a], [b]) => (a < b ? -1 : 1))));
}

/** A store that notes what is written through it, so that the command can be taken back. */
export interface TrackingStore extends Store {
  /** A global collection, noted alike. */
  global: Stores['global'];
  /** What has been written so far, in the order of the first write of each row. */
  changes(): Change[];
}

/** Wraps a tenant's store. Costs no reads: what stood there before is what the command itself read. */
export function trackChanges(stores: Stores, partnership: string): TrackingStore {
  const store = stores.forPartnership(partnership);
  const written = new Map<string, Change>();
  return {
    partnership,
    global: <T extends Row, I extends string>(declaration: Declaration<T, I>) =>
      trackingCollection(stores.global(declaration), declaration.name, written),
    changes: () => [...written.values()].map(whatChanged),
    of: <T extends Row, I extends string>(declaration: Declaration<T, I>) =>
      trackingCollection(store.of(declaration), declaration.name, written),
  };
}

/** Of a row that was changed, only what was: for the rest nobody needs to know what stood there. */
function whatChanged(entry: Change): Change {
  const { before, after } = entry;
  if (!before || !after) return entry;
  const was = before as unknown as Record<string, unknown>;
  const given = after as unknown as Record<string, unknown>;
  const changed = Object.keys(given).filter(
    (field) => !isDeepStrictEqual(was[field], given[field]),
  );
  const pick = (row: Record<string, unknown>) =>
    Object.fromEntries(['id', ...changed].map((field) => [field, row[field]])) as unknown as Row;
  return { ...entry, before: pick(was), after: pick(given) };
}

function trackingCollection<T extends Row, I extends string>(
  rows: Collection<T, I>,
  collection: string,
  written: Map<string, Change>,
): Collection<T, I> {
  const seen = new Map<string, T>();
  const note = (id: string, before: T | null, after: T | null) => {
    const key = `${collection}/${id}`;
    const known = written.get(key);
    const first = known ? known.before : before;
    // Of a row that was not there before no field is needed to take it back.
    if (first === null && after) {
      const made = { id, version: after.version };
      written.set(key, {
        collection,
        id,
        before: null,
        after: made,
        fingerprint: fingerprintOf(after),
      });
    } else written.set(key, { collection, id, before: first, after });
    if (after) seen.set(id, after);
  };
  const see = (row: T) => {
    seen.set(row.id, row);
    return row;
  };
  return {
    async get(id) {
      const row = await rows.get(id);
      return row && see(row);
    },
    async find(query) {
      return (await rows.find(query)).map(see);
    },
    count: (query) => rows.count(query),
    pages: (query, size) => rows.pages(query, size),
    async insert(row: New<T>) {
      const inserted = await rows.insert(row);
      note(inserted.id, null, inserted);
      return inserted;
    },
    async insertAll(all) {
      const inserted = await rows.insertAll(all);
      for (const row of inserted) note(row.id, null, row);
      return inserted;
    },
    async save(row) {
      const saved = await rows.save(row);
      if (saved) note(row.id, seen.get(row.id) ?? null, saved);
      return saved;
    },
    async remove(id, version) {
      const removed = await rows.remove(id, version);
      if (removed) note(id, seen.get(id) ?? null, null);
      return removed;
    },
  };
}
