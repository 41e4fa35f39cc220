import { isDeepStrictEqual } from 'node:util';
import { derivedId } from '../../base/id.ts';
import type { Collection, Declaration, New, Row, Store, Stores } from '../../ports/store.ts';

/**
 * One row that a command wrote, before and after (null: there was none). For a changed row these are the changed fields
 * only, for a new row only its id and version.
 */
export interface Change {
  collection: string;
  id: string;
  before: Row | null;
  after: Row | null;
  /** For a new row: its fingerprint, which tells later whether somebody changed it. */
  fingerprint?: string;
}

/** Fields that the sweep changes by itself. */
const sweepFields: readonly string[] = ['claim', 'sending', 'nextRunAt'];

/** A short text that stays the same until somebody changes a row. A new empty field does not count as a change. */
export function fingerprintOf(row: Row): string {
  const fields = Object.entries(row).filter(
    ([name, value]) => value !== null && name !== 'version' && !sweepFields.includes(name),
  );
  return derivedId(JSON.stringify(fields.toSorted(([a], [b]) => (a < b ? -1 : 1))));
}

/** A store that records what is written through it, so that the command can be undone. */
export interface TrackingStore extends Store {
  /** A global collection, whose writes are recorded too. */
  global: Stores['global'];
  /** What was written so far, in the order of the first write of each row. */
  changes(): Change[];
}

/** Wraps a tenant's store. It reads nothing itself: the values from before are the ones that the command read. */
export function trackChanges(stores: Stores, partnership: string): TrackingStore {
  const store = stores.forPartnership(partnership);
  const written = new Map<string, Change>();
  return {
    partnership,
    global: <T extends Row, I extends string>(declaration: Declaration<T, I>) =>
      trackingCollection(stores.global(declaration), declaration.name, written),
    changes: () => [...written.values()].map(onlyChangedFields),
    of: <T extends Row, I extends string>(declaration: Declaration<T, I>) =>
      trackingCollection(store.of(declaration), declaration.name, written),
  };
}

/** Keeps only the fields that differ of a changed row. */
function onlyChangedFields(entry: Change): Change {
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
    // To undo a new row, no field of it is needed.
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
