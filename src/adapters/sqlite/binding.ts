/**
 * SQLite's binding: Node's own where this Node has it (22.13 and later), else the package that ports it, with the same
 * interface. What is declared here is the part of it that this folder uses.
 * @see https://nodejs.org/api/sqlite.html
 */
export interface Statement {
  run(...params: SqlValue[]): { changes: number | bigint };
  get(...params: SqlValue[]): SqlRow | undefined;
  all(...params: SqlValue[]): SqlRow[];
}

export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

/** What SQLite keeps in a column. */
export type SqlValue = string | number | null;
export type SqlRow = Record<string, SqlValue>;

interface Binding {
  DatabaseSync: new (path: string, options?: { readOnly?: boolean; timeout?: number }) => Database;
}

/** The binding this process uses. */
export const { DatabaseSync } = await loadBinding();

async function loadBinding(): Promise<Binding> {
  const own = process.getBuiltinModule('node:sqlite');
  return (own ?? (await import('@photostructure/sqlite'))) as unknown as Binding;
}
