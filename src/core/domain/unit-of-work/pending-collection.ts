import { matchesQuery, orderOf } from '../../ports/match-query.ts';
import {
  type Collection,
  ConflictError,
  type Declaration,
  getAll,
  type New,
  type Query,
  type Row,
} from '../../ports/store.ts';

/** A row that a command has written and that is not stored yet. */
export interface PendingRow<T extends Row = Row> {
  /** The stored row as the command read it; null if there is none. */
  before: T | null;
  /** The row as it will be stored; null if it will be removed, or is gone before it was stored. */
  after: T | null;
}

/** The pending rows of one collection. */
export interface PendingRows<T extends Row> {
  readonly rows: ReadonlyMap<string, PendingRow<T>>;
  /** The stored rows that the command has read, by id. */
  readonly read: Map<string, T>;
  /** The ids of the pending rows, by their unique keys. */
  readonly idsByKey: Map<string, string>;
  put(id: string, row: PendingRow<T>, write: PendingWrite): void;
  /** To be awaited after a write, so that other work runs while a command writes many rows. */
  turn(): Promise<void> | undefined;
}

/** A write that is still to be stored. */
export type PendingWrite =
  | { insert: Row }
  | { save: Row }
  | { remove: { id: string; version: number } };

/** A collection whose writes stay in memory. Reads see them as if they were stored. */
export function pendingCollection<T extends Row, I extends string>(
  stored: Collection<T, I>,
  declaration: Declaration<T, I>,
  pending: PendingRows<T>,
): Collection<T, I> {
  const uniqueIndexes = Object.entries<{ on: readonly string[]; unique?: true }>(
    declaration.indexes,
  ).flatMap(([index, { on, unique }]) => (unique ? [{ index: index as I, on }] : []));

  const fieldNames = Object.keys(declaration.fields);

  const see = (row: T) => {
    pending.read.set(row.id, row);
    return row;
  };

  /** The row as the command sees it; undefined if there is none. A second read of a row returns the same version. */
  async function current(id: string): Promise<T | undefined> {
    const written = pending.rows.get(id);
    if (written) return written.after ?? undefined;
    const row = pending.read.get(id) ?? (await stored.get(id));
    return row && see(row);
  }

  /** @param now the row as the command has seen it until now. */
  function write(id: string, now: T | null, after: T | null, how: PendingWrite): void {
    const written = pending.rows.get(id);
    for (const key of keysOf(written?.after)) pending.idsByKey.delete(key);
    for (const key of keysOf(after)) pending.idsByKey.set(key, id);
    pending.put(id, { before: written ? written.before : now, after }, how);
  }

  /** The unique keys of a row. */
  function keysOf(row: T | null | undefined): string[] {
    if (!row) return [];
    return uniqueIndexes.map(({ index, on }) => JSON.stringify([index, ...valuesOf(row, on)]));
  }

  /** The stored rows that have one of the unique keys of these rows: their ids by key. */
  async function storedIdsByKey(rows: readonly T[]): Promise<Map<string, string>> {
    const ids = new Map<string, string>();
    for (const { index, on } of uniqueIndexes) {
      const [field, ...others] = on;
      // With one field, one read answers for all rows.
      const asked: Record<string, unknown>[] =
        field !== undefined && others.length === 0
          ? [{ [field]: [...new Set(rows.flatMap((row) => valuesOf(row, on)))] }]
          : rows.map((row) =>
              Object.fromEntries(on.map((name, at) => [name, valuesOf(row, on)[at]])),
            );
      for (const where of asked) {
        const found = await stored.find({ index, where: where as never }, rows.length);
        for (const row of found.rows)
          if (!pending.rows.has(row.id)) for (const key of keysOf(row)) ids.set(key, row.id);
      }
    }
    return ids;
  }

  /** Whether one of a row's unique keys belongs to another row. */
  function isKeyTaken(row: T, storedIds: ReadonlyMap<string, string>): boolean {
    return keysOf(row).some((key) =>
      [pending.idsByKey, storedIds].some((ids) => (ids.get(key) ?? row.id) !== row.id),
    );
  }

  /** The row with every declared field, as the store would return it. */
  function complete(row: New<T>, version: number): T {
    const whole: Record<string, unknown> = { id: row.id, version };
    for (const field of fieldNames) whole[field] = (row as Record<string, unknown>)[field] ?? null;
    return whole as unknown as T;
  }

  async function insertAll(rows: readonly New<T>[]): Promise<(T | undefined)[]> {
    const asked = rows.map(({ id }) => id).filter((id) => !pending.rows.has(id));
    const known = new Set((await getAll(stored, asked)).map(({ id }) => id));
    const all = rows.map((row) => complete(row, 1));
    const storedIds = await storedIdsByKey(all);
    return all.map((row) => {
      const isThere = known.has(row.id) || pending.rows.get(row.id)?.after != null;
      if (isThere || isKeyTaken(row, storedIds)) return undefined;
      write(row.id, null, row, { insert: row });
      return row;
    });
  }

  async function save(row: T): Promise<T | 'stale' | 'taken'> {
    const now = await current(row.id);
    if (now?.version !== row.version) return 'stale';
    const next = complete(row, row.version + 1);
    const keysBefore = keysOf(now);
    const hasNewKey = keysOf(next).some((key, at) => key !== keysBefore[at]);
    if (hasNewKey && isKeyTaken(next, await storedIdsByKey([next]))) return 'taken';
    write(row.id, now, next, { save: row });
    await pending.turn();
    return next;
  }

  /** The pending rows that a query finds, in its order. */
  function pendingFound(query: Query<T, I>): T[] {
    const rows = [...pending.rows.values()].flatMap(({ after }) => after ?? []);
    return rows.filter((row) => matchesQuery(row, query)).toSorted(orderOf(declaration, query));
  }

  return {
    async get(id) {
      return current(id);
    },

    async find(query, limit) {
      const found = await stored.find(query, limit + pending.rows.size);
      found.rows.forEach(see);
      if (pending.rows.size === 0) return found;
      const kept = found.rows.filter(({ id }) => !pending.rows.has(id));
      const all = [...kept, ...pendingFound(query)].toSorted(orderOf(declaration, query));
      return { rows: all.slice(0, limit), more: found.more || all.length > limit };
    },

    async count(query) {
      const written = [...pending.rows.values()];
      const countOf = (rows: readonly (T | null)[]) =>
        rows.filter((row) => row !== null && matchesQuery(row, query)).length;
      const before = countOf(written.map((row) => row.before));
      return (await stored.count(query)) - before + countOf(written.map((row) => row.after));
    },

    async *all(query, pageSize) {
      const compare = orderOf(declaration, query);
      const waiting = pendingFound(query);
      const before = new Set(pending.rows.keys());
      for await (const found of stored.all(query, pageSize)) {
        if (before.has(found.id)) continue;
        // The command may have changed it since it began to read.
        const row = pending.rows.has(found.id) ? pending.rows.get(found.id)?.after : see(found);
        if (!row) continue;
        while (waiting[0] && compare(waiting[0], row) < 0) yield waiting.shift() as T;
        yield row;
      }
      yield* waiting;
    },

    async insert(row) {
      const [inserted] = await insertAll([row]);
      if (!inserted) throw new ConflictError(declaration.name);
      return inserted;
    },

    insertAll,

    async save(row) {
      const saved = await save(row);
      if (saved === 'taken') throw new ConflictError(declaration.name);
      return saved === 'stale' ? undefined : saved;
    },

    async saveAll(rows) {
      const saved: (T | undefined)[] = [];
      for (const row of rows) {
        const one = await save(row);
        saved.push(typeof one === 'string' ? undefined : one);
      }
      return saved;
    },

    async remove(id, version) {
      const now = await current(id);
      if (!now || (version !== undefined && now.version !== version)) return false;
      write(id, now, null, { remove: { id, version: now.version } });
      return true;
    },
  };
}

const valuesOf = (row: Row, fields: readonly string[]): unknown[] =>
  fields.map((field) => (row as unknown as Record<string, unknown>)[field] ?? null);
