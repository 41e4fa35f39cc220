/**
 * SQLite's binding: Node's own where this Node has it (22.13 and later), else the package that ports it, with the same
 * interface. This file declares the part of it that this folder uses.
 * @see https://nodejs.org/api/sqlite.html
 */
export interface Statement {
  run(...params: SqlValue[]): { changes: number | bigint };
  get(...params: SqlValue[]): SqlRow | undefined;
  all(...params: SqlValue[]): SqlRow[];
  /** Makes `all` return each row as its values in the order of the columns; from Node 22.16 and 24.0 on. */
  setReturnArrays?(enabled: boolean): void;
}

export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

/** What SQLite keeps in a column. */
export type SqlValue = string | number | null;
type SqlRow = Record<string, SqlValue>;

interface Binding {
  DatabaseSync: new (path: string, options?: { readOnly?: boolean; timeout?: number }) => Database;
}

/** The binding this process uses. */
export const { DatabaseSync } = await loadBinding();

/**
 * Prepares a read that returns each row as an array, in the order of the columns. Naming each value of each row would
 * take longer than the read itself.
 */
export function prepareRead(
  database: Database,
  sql: string,
): (...params: SqlValue[]) => SqlValue[][] {
  const statement = database.prepare(sql);
  if (!statement.setReturnArrays)
    return (...params) => statement.all(...params).map((row) => Object.values(row));
  statement.setReturnArrays(true);
  return (...params) => statement.all(...params) as unknown as SqlValue[][];
}

async function loadBinding(): Promise<Binding> {
  const own = process.getBuiltinModule('node:sqlite');
  return (own ?? (await import('@photostructure/sqlite'))) as unknown as Binding;
}
