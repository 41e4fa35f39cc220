import {
  type Collection,
  ConflictError,
  type New,
  type Query,
  type Row,
} from '../../core/ports/store.ts';
import { checkId, checkLimit, checkVersion } from '../shared/store/check-values.ts';
import { type AnyQuery, planQuery } from '../shared/store/query-plan.ts';
import type { Fields, Shape } from '../shared/store/shape.ts';
import type { SqlRow, SqlValue } from './binding.ts';
import { countSql, type Sql, selectSql } from './query-sql.ts';
import { decodeRow, encodeRow, encodeText } from './row-codec.ts';
import { allColumns, quoted } from './tables.ts';
import type { Fate, WriteOp } from './write-op.ts';

const DEFAULT_LIMIT = 100;
const DEFAULT_PAGE_SIZE = 500;

/** How a collection reaches its database. */
export interface Access {
  /** Reads at once: from memory, or from pages that the operating system has. */
  read(sql: Sql): SqlRow[];
  /** @throws StoreFailure where the database could not do it. */
  write(op: WriteOp): Promise<Fate[]>;
}

/**
 * A declared collection on SQLite.
 * @param partnership the tenant, put into every statement; undefined for a global collection.
 */
export function openCollection<T extends Row, I extends string>(
  shape: Shape,
  access: Access,
  partnership: string | undefined,
): Collection<T, I> {
  const table = quoted(shape.name);
  const columns = allColumns(shape);
  const tenant: SqlValue[] = partnership === undefined ? [] : [encodeText(partnership)];
  const isTenants = partnership === undefined ? '' : ' AND partnership = ?';
  const names = columns.map(quoted).join(', ');
  const getSql = `SELECT ${names} FROM ${table} WHERE id = ?${isTenants}`;
  const insertSql = `INSERT INTO ${table} (${names}) VALUES (${columns.map(() => '?').join(', ')})`;
  // The id names the row, and the last column its tenant: neither ever changes.
  const changed = columns.slice(1, columns.length - tenant.length);
  const saveSql = `UPDATE ${table} SET ${changed.map((name) => `${quoted(name)} = ?`).join(', ')} WHERE id = ?${isTenants} AND version = ?`;
  const removeSql = `DELETE FROM ${table} WHERE id = ?${isTenants}`;

  const encode = (row: New<T>, version: number) =>
    encodeRow(shape, row as unknown as Fields, version);
  const decode = (stored: SqlRow) => decodeRow(shape, stored) as Fields & T;
  /** What an encoded row reads back as: nothing is shared with the row that was given. */
  const decoded = (values: readonly SqlValue[]) =>
    decode(Object.fromEntries(columns.map((name, index) => [name, values[index] ?? null])));
  const plan = (query: Query<T, I>) => planQuery(shape, query as AnyQuery);

  return {
    async get(id) {
      checkId(`${shape.name}.id`, id);
      const [found] = access.read({ sql: getSql, params: [encodeText(id), ...tenant] });
      return found && decode(found);
    },

    async find(query) {
      const planned = plan(query);
      const limit = checkLimit(query.limit ?? DEFAULT_LIMIT);
      return access.read(selectSql(shape, partnership, planned, limit)).map(decode);
    },

    async count(query) {
      const [found] = access.read(countSql(shape, partnership, plan(query)));
      return Number(found?.count);
    },

    async *pages(query, size = DEFAULT_PAGE_SIZE) {
      const planned = plan(query);
      if (checkLimit(size) === 0) throw new RangeError('A page has one row at least.');
      let last: (Fields & T) | undefined;
      do {
        const page = access.read(selectSql(shape, partnership, planned, size, last)).map(decode);
        if (page.length > 0) yield page;
        last = page.length < size ? undefined : page.at(-1);
      } while (last);
    },

    async insert(row) {
      const values = encode(row, 1);
      const [fate] = await access.write({
        statements: [{ sql: insertSql, params: [...values, ...tenant] }],
      });
      if (fate === 'conflict') throw new ConflictError(shape.name);
      return decoded(values);
    },

    async insertAll(rows) {
      if (rows.length === 0) return [];
      const encoded = rows.map((row) => encode(row, 1));
      const fates = await access.write({
        statements: encoded.map((values) => ({ sql: insertSql, params: [...values, ...tenant] })),
      });
      return encoded.filter((_, index) => fates[index] === 1).map(decoded);
    },

    async save(row) {
      checkVersion(`${shape.name}.version`, row.version);
      const values = encode(row, row.version + 1);
      const [id, ...rest] = values;
      const [fate] = await access.write({
        statements: [{ sql: saveSql, params: [...rest, id as string, ...tenant, row.version] }],
      });
      if (fate === 'conflict') throw new ConflictError(shape.name);
      return fate === 1 ? decoded(values) : undefined;
    },

    async remove(id, version) {
      checkId(`${shape.name}.id`, id);
      if (version !== undefined) checkVersion(`${shape.name}.version`, version);
      const isVersion = version === undefined ? '' : ' AND version = ?';
      const params = [encodeText(id), ...tenant, ...(version === undefined ? [] : [version])];
      const [fate] = await access.write({
        statements: [{ sql: `${removeSql}${isVersion}`, params }],
      });
      return fate === 1;
    },
  };
}
