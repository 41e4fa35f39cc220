import type { SqlValue } from './binding.ts';

/** One statement of a write, by its SQL, which the writer prepares once. */
interface WriteStatement {
  sql: string;
  params: SqlValue[];
}

/**
 * A write: its statements happen together or not at all where `together` is set, else each by itself. Plain data, since
 * it crosses threads.
 */
export interface WriteOp {
  statements: WriteStatement[];
  /** Every statement has to change a row: else nothing of the write happens. */
  together?: true;
}

/** What became of a statement: how many rows it changed, or that a unique key was taken. */
export type Fate = number | 'conflict';

/** An error as it crosses threads. */
export interface SqliteFailure {
  /** SQLite's extended result code: https://sqlite.org/rescode.html */
  code: number | undefined;
  message: string;
}

export type WriteResult = { fates: Fate[] } | { failure: SqliteFailure };

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
