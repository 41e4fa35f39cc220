import type { SqlValue } from './binding.ts';

/** One statement of a write, by its SQL, which the writer prepares once. */
interface WriteStatement {
  sql: string;
  params: SqlValue[];
}

/**
 * A write. With `together`, its statements take effect together or not at all, else each by itself. It is plain data,
 * since it crosses threads.
 */
export interface WriteOp {
  statements: WriteStatement[];
  /** If one of the statements changes no row, the whole write is rolled back. */
  together?: true;
  /**
   * Rewrites the files without what was changed or removed, instead of statements. The result is 1; or 0 if another
   * process was reading, so that the files may still hold such data.
   */
  vacuum?: true;
}

/** The result of a statement: how many rows it changed, or that a unique key was taken. */
export type StatementResult = number | 'conflict';

/** An error as it crosses threads. */
export interface SqliteFailure {
  /** SQLite's extended result code: https://sqlite.org/rescode.html */
  code: number | undefined;
  message: string;
}

export type WriteResult = { results: StatementResult[] } | { failure: SqliteFailure };

/** Primary result codes: https://sqlite.org/rescode.html */
export const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
export const SQLITE_CONSTRAINT = 19;

/** The part of the result code that tells the kind of error. */
export const primaryCode = (code: number | undefined): number | undefined =>
  code === undefined ? undefined : code & 0xff;

/** SQLite's own texts for result codes that matter: https://sqlite.org/c3ref/errcode.html (`sqlite3_errstr`) */
const CODES_BY_MESSAGE: Readonly<Record<string, number>> = {
  'database is locked': SQLITE_BUSY,
  'attempt to write a readonly database': 8,
  'disk I/O error': 10,
  'database disk image is malformed': SQLITE_CORRUPT,
  'database or disk is full': 13,
  'unable to open database file': 14,
  'file is not a database': 26,
};

/**
 * The result code of an error thrown by the binding. The package that ports it leaves the code out where a row is read,
 * so SQLite's own message tells it. A row whose fields are no JSON is as damaged as one that SQLite cannot read.
 */
export function resultCode(error: unknown): number | undefined {
  if (error instanceof SyntaxError) return SQLITE_CORRUPT;
  const { errcode, message = '' } = error as { errcode?: unknown; message?: string };
  return typeof errcode === 'number' ? errcode : CODES_BY_MESSAGE[message];
}
