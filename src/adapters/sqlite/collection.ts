import { setImmediate } from 'node:timers/promises';
import { type Collection, ConflictError, type Query, type Row } from '../../core/ports/store.ts';
import {
  checkId,
  checkLimit,
  checkPageSize,
  DEFAULT_PAGE_SIZE,
} from '../shared/store/check-values.ts';
import { type AnyQuery, planQuery } from '../shared/store/query-plan.ts';
import type { Fields } from '../shared/store/shape.ts';
import type { SqlValue } from './binding.ts';
import { countSql, type Sql, selectSql } from './query-sql.ts';
import { encodeText } from './row-codec.ts';
import type { StatementResult, WriteOp } from './write-op.ts';
import { type RowWrite, rowWrites, type TableSql } from './write-sql.ts';

/** How a collection reaches its database. */
export interface Access {
  /**
   * Reads synchronously, most often from pages that are in memory.
   * @param decode is given the values of a row, in the order of its columns.
   * @throws StoreError if the database cannot do it, or a row cannot be decoded.
   */
  read<T>(sql: Sql, decode: (row: SqlValue[]) => T): T[];
  /** @throws StoreError if the database fails. */
  write(op: WriteOp): Promise<StatementResult[]>;
  /**
   * Ends all reads of this process, and rewrites the files.
   * @returns false if another process was reading.
   */
  vacuum(): Promise<boolean>;
}

/**
 * A declared collection on SQLite.
 * @param partnership the tenant, put into every statement; undefined for a global collection.
 */
export function openCollection<T extends Row, I extends string>(
  table: TableSql,
  access: Access,
  partnership: string | undefined,
): Collection<T, I> {
  const { shape, codec } = table;
  const writes = rowWrites(table, partnership);
  const tenant = partnership === undefined ? [] : [encodeText(partnership)];
  const decode = (stored: readonly SqlValue[]) => codec.decode(stored) as Fields & T;
  const plan = (query: Query<T, I>) => planQuery(shape, query as AnyQuery);

  return {
    async get(id) {
      checkId(`${shape.name}.id`, id);
      const [found] = access.read({ sql: table.get, params: [encodeText(id), ...tenant] }, decode);
      return found;
    },

    async find(query, limit) {
      const sql = selectSql(shape, partnership, plan(query), checkLimit(limit) + 1);
      const found = access.read(sql, decode);
      return { rows: found.slice(0, limit), more: found.length > limit };
    },

    async count(query) {
      const [count] = access.read(countSql(shape, partnership, plan(query)), ([value]) => value);
      return Number(count);
    },

    async *all(query, pageSize = DEFAULT_PAGE_SIZE) {
      const planned = plan(query);
      checkPageSize(pageSize);
      let last: (Fields & T) | undefined;
      do {
        const sql = selectSql(shape, partnership, planned, pageSize, last);
        const page = access.read(sql, decode);
        yield* page;
        last = page.length < pageSize ? undefined : page.at(-1);
        // Reads block the event loop, so other work runs between two pages.
        if (last) await setImmediate();
      } while (last);
    },

    async insert(row) {
      return (await writeOne(writes.insert(fieldsOf(row)))) as T;
    },
    async insertAll(rows) {
      return (await writeEach(access, rows.map(fieldsOf).map(writes.insert))) as (T | undefined)[];
    },
    async save(row) {
      return (await writeOne(writes.save(fieldsOf(row)))) as T | undefined;
    },
    async saveAll(rows) {
      return (await writeEach(access, rows.map(fieldsOf).map(writes.save))) as (T | undefined)[];
    },

    async remove(id, version) {
      const [result] = await access.write({ statements: [writes.remove(id, version)] });
      return result === 1;
    },
  };

  /** @returns the row as stored; undefined if none has its id and version. */
  async function writeOne({ statement, stored }: RowWrite): Promise<Fields | undefined> {
    const [result] = await access.write({ statements: [statement] });
    if (result === 'conflict') throw new ConflictError(shape.name);
    return result === 1 ? stored() : undefined;
  }
}

/** Writes rows, each by itself. @returns for each the row as stored; undefined if it was not written. */
export async function writeEach(
  access: Access,
  writes: readonly RowWrite[],
): Promise<(Fields | undefined)[]> {
  if (writes.length === 0) return [];
  const results = await access.write({ statements: writes.map(({ statement }) => statement) });
  return writes.map(({ stored }, index) => (results[index] === 1 ? stored() : undefined));
}

/** A row as its fields, whatever its type. */
export const fieldsOf = (row: object): Fields => row as Fields;
