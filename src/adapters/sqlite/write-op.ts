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
export const SQLITE_CONSTRAINT = 19;

/** The part of the result code that tells the kind of error. */
export const primaryCode = (code: number | undefined): number | undefined =>
  code === undefined ? undefined : code & 0xff;

/** The result code of an error thrown by the binding. */
export function resultCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown }).errcode;
  return typeof code === 'number' ? code : undefined;
}
