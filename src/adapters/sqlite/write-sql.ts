import { checkId, checkVersion } from '../shared/store/check-values.ts';
import type { Fields, Shape } from '../shared/store/shape.ts';
import type { SqlValue } from './binding.ts';
import type { Sql } from './query-sql.ts';
import { encodeText, READ_COLUMNS, type RowCodec, rowCodec } from './row-codec.ts';
import { allColumns, quoted } from './tables.ts';

/** The statements of one collection's table. Those of a tenant's table take the partnership as a value. */
export interface TableSql {
  readonly shape: Shape;
  readonly codec: RowCodec;
  readonly get: string;
  readonly insert: string;
  readonly save: string;
  readonly remove: string;
}

export function tableSql(shape: Shape): TableSql {
  const table = quoted(shape.name);
  const columns = allColumns(shape);
  const isTenants = shape.scope === 'partnership';
  const isRow = isTenants ? 'id = ? AND partnership = ?' : 'id = ?';
  const names = columns.map(quoted).join(', ');
  // The id names the row, and the last column its tenant: neither ever changes.
  const changed = columns.slice(1, isTenants ? -1 : undefined);
  return {
    shape,
    codec: rowCodec(shape),
    get: `SELECT ${READ_COLUMNS.join(', ')} FROM ${table} WHERE ${isRow}`,
    insert: `INSERT INTO ${table} (${names}) VALUES (${columns.map(() => '?').join(', ')})`,
    save: `UPDATE ${table} SET ${changed.map((name) => `${quoted(name)} = ?`).join(', ')} WHERE ${isRow} AND version = ?`,
    remove: `DELETE FROM ${table} WHERE ${isRow}`,
  };
}

/** The write of one row: its statement, and the row as a read will return it. */
export interface RowWrite {
  statement: Sql;
  /** A copy, which shares nothing with the given row. */
  stored(): Fields;
}

/** Makes the statements that write rows of a collection. Each changes one row or none. */
export interface RowWrites {
  insert(row: Fields): RowWrite;
  /** Changes the row with this id and version. */
  save(row: Fields): RowWrite;
  /** @param version remove the row only if it has this version. */
  remove(id: string, version?: number): Sql;
}

/** @param partnership the tenant, put into every statement; undefined for a global collection. */
export function rowWrites(
  { shape, codec, insert, save, remove }: TableSql,
  partnership: string | undefined,
): RowWrites {
  const tenant: SqlValue[] = partnership === undefined ? [] : [encodeText(partnership)];
  const decode = (values: readonly SqlValue[]) =>
    codec.decode([values[0] ?? null, values[1] ?? null, values.at(-1) ?? null]);

  return {
    insert(row) {
      const values = codec.encode(row, 1);
      return {
        statement: { sql: insert, params: [...values, ...tenant] },
        stored: () => decode(values),
      };
    },
    save(row) {
      const { version } = row;
      checkVersion(`${shape.name}.version`, version);
      const values = codec.encode(row, version + 1);
      const [id, ...rest] = values;
      return {
        statement: { sql: save, params: [...rest, id as string, ...tenant, version] },
        stored: () => decode(values),
      };
    },
    remove(id, version) {
      checkId(`${shape.name}.id`, id);
      if (version === undefined) return { sql: remove, params: [encodeText(id), ...tenant] };
      checkVersion(`${shape.name}.version`, version);
      return {
        sql: `${remove} AND version = ?`,
        params: [encodeText(id), ...tenant, version],
      };
    },
  };
}
