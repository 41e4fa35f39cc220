import type { FieldKind } from '../../core/ports/store.ts';
import { indexOrder, type Shape } from '../shared/store/shape.ts';
import type { Database } from './binding.ts';
import { columnsOf, decodeField, encodeScalar, FIELDS } from './row-codec.ts';

const COLUMN_TYPES: Partial<Record<FieldKind, string>> = {
  text: 'TEXT',
  integer: 'INTEGER',
  flag: 'INTEGER',
  moment: 'INTEGER',
};

/** A name as an SQL identifier, also if it is a keyword. */
export const quoted = (name: string): string => `"${name}"`;

/** The name of an index in the database, where two tables cannot have indexes of the same name. */
export const indexName = (shape: Shape, index: string): string => `${shape.name}.${index}`;

/** All columns of a table, in the order of `encodeRow`; a tenant's table has its partnership last. */
export function allColumns(shape: Shape): readonly string[] {
  const tenant = shape.scope === 'partnership' ? ['partnership'] : [];
  return ['id', 'version', ...columnsOf(shape), FIELDS, ...tenant];
}

/** Creates missing tables, columns and indexes, and drops columns and indexes that are no longer declared. */
export function ensureTables(database: Database, shapes: readonly Shape[]): void {
  for (const shape of shapes) {
    ensureTable(database, shape);
    ensureIndexes(database, shape);
    dropColumns(database, shape);
  }
}

function ensureTable(database: Database, shape: Shape): void {
  const table = quoted(shape.name);
  const tenant = shape.scope === 'partnership' ? 'partnership TEXT NOT NULL, ' : '';
  database.exec(
    `CREATE TABLE IF NOT EXISTS ${table} (id TEXT NOT NULL PRIMARY KEY, ${tenant}version INTEGER NOT NULL, ${FIELDS} TEXT NOT NULL) STRICT`,
  );
  const present = columnNames(database, shape);
  for (const field of columnsOf(shape)) {
    if (present.has(field)) continue;
    const kind = shape.fields[field] as FieldKind;
    database.exec(`ALTER TABLE ${table} ADD COLUMN ${quoted(field)} ${COLUMN_TYPES[kind]}`);
    fillColumn(database, table, field, kind);
  }
}

/**
 * Drops the columns of fields without an index. Nothing would keep them up to date, and the field may get an index
 * again.
 */
function dropColumns(database: Database, shape: Shape): void {
  const declared = allColumns(shape);
  for (const name of columnNames(database, shape)) {
    if (declared.includes(name)) continue;
    database.exec(`ALTER TABLE ${quoted(shape.name)} DROP COLUMN ${quoted(name)}`);
  }
}

function columnNames(database: Database, shape: Shape): Set<string> {
  const rows = database.prepare(`SELECT name FROM pragma_table_info(${text(shape.name)})`).all();
  return new Set(rows.map(nameOf));
}

/** Fills a new column from the existing rows. */
function fillColumn(database: Database, table: string, field: string, kind: FieldKind): void {
  const read = database.prepare(
    `SELECT rowid, ${FIELDS} FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT 500`,
  );
  const write = database.prepare(`UPDATE ${table} SET ${quoted(field)} = ? WHERE rowid = ?`);
  for (let last = -1; ; ) {
    const rows = read.all(last);
    for (const row of rows) {
      const value = (JSON.parse(row[FIELDS] as string) as Record<string, unknown>)[field] ?? null;
      write.run(encodeScalar(decodeField(kind, value)), row.rowid as number);
    }
    if (rows.length === 0) return;
    last = rows.at(-1)?.rowid as number;
  }
}

function ensureIndexes(database: Database, shape: Shape): void {
  const wanted = indexStatements(shape);
  const present = database
    .prepare(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ${text(shape.name)} AND sql IS NOT NULL`,
    )
    .all();
  for (const { name, sql } of present) {
    if (wanted.get(name as string) !== sql) database.exec(`DROP INDEX ${quoted(name as string)}`);
  }
  const standing = new Map(present.map(({ name, sql }) => [name, sql]));
  for (const [name, sql] of wanted) if (standing.get(name) !== sql) database.exec(sql);
}

/** The indexes of a collection as SQL, by name. The tenant comes first in each but the sweep's. */
function indexStatements(shape: Shape): ReadonlyMap<string, string> {
  const tenant = shape.scope === 'partnership' ? ['partnership'] : [];
  const statements = new Map<string, string>();
  const create = (name: string, terms: readonly string[], unique = '', where = '') => {
    const index = indexName(shape, name);
    statements.set(
      index,
      `CREATE ${unique}INDEX ${quoted(index)} ON ${quoted(shape.name)} (${terms.join(', ')})${where}`,
    );
  };
  create('byId', [...tenant, 'id']);
  for (const [name, { on, unique }] of Object.entries(shape.indexes)) {
    const order = [...tenant, ...indexOrder(shape, name)].map(quoted);
    create(name, order, unique && 'UNIQUE ');
    // In a unique index, SQLite treats all NULLs as different. Here null equals null.
    if (unique) {
      const fields = on.map(quoted);
      const terms = fields.flatMap((field) => [`ifnull(${field}, '')`, `${field} IS NULL`]);
      const isNull = fields.map((field) => `${field} IS NULL`).join(' OR ');
      create(`${name}.null`, [...tenant.map(quoted), ...terms], 'UNIQUE ', ` WHERE ${isNull}`);
    }
  }
  if ('nextRunAt' in shape.fields) {
    const terms = ['nextRunAt', 'partnership', 'id', 'claim'].map(quoted);
    create('bySweep', terms, '', ' WHERE "nextRunAt" IS NOT NULL');
  }
  return statements;
}

const text = (value: string) => `'${value}'`;
const nameOf = ({ name }: Record<string, unknown>) => name as string;
