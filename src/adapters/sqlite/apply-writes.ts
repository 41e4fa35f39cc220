import type { Database, Statement } from './binding.ts';
import {
  primaryCode,
  resultCode,
  SQLITE_BUSY,
  SQLITE_CONSTRAINT,
  type SqliteFailure,
  type StatementResult,
  type WriteOp,
  type WriteResult,
} from './write-op.ts';

/** Does writes on a database. Returns their results, in order, once the writes are on disk. */
export type ApplyWrites = (ops: readonly WriteOp[]) => WriteResult[];

/**
 * Does many writes with one wait for the disk: each group is one transaction. If a group fails, it is rolled back and
 * each of its writes is tried alone, so that one bad write does not stop the others.
 */
export function applyWrites(database: Database): ApplyWrites {
  const prepared = new Map<string, Statement>();
  const prepare = (sql: string): Statement => {
    const statement = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };

  /** @throws what SQLite throws, except for a taken unique key: then the result is `conflict`. */
  function run({ sql, params }: WriteOp['statements'][number]): StatementResult {
    try {
      return Number(prepare(sql).run(...params).changes);
    } catch (error) {
      // SQLite has undone this statement only. The transaction goes on.
      if (primaryCode(resultCode(error)) === SQLITE_CONSTRAINT) return 'conflict';
      throw error;
    }
  }

  function apply({ statements, together }: WriteOp): StatementResult[] {
    if (!together) return statements.map(run);
    database.exec('SAVEPOINT op');
    const results: StatementResult[] = [];
    for (const statement of statements) {
      const result = run(statement);
      results.push(result);
      if (result === 1) continue;
      database.exec('ROLLBACK TO op');
      break;
    }
    database.exec('RELEASE op');
    return results;
  }

  function transaction(ops: readonly WriteOp[]): WriteResult[] {
    try {
      database.exec('BEGIN IMMEDIATE');
      const applied = ops.map(apply);
      database.exec('COMMIT');
      return applied.map((results) => ({ results }));
    } catch (error) {
      rollBack(database);
      const failure = failureOf(error);
      return ops.map(() => ({ failure }));
    }
  }

  /** @see https://sqlite.org/lang_vacuum.html and https://sqlite.org/pragma.html#pragma_wal_checkpoint */
  function vacuum(): WriteResult {
    try {
      database.exec('VACUUM');
      const [checkpoint] = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
      return { results: [checkpoint?.busy === 0 ? 1 : 0] };
    } catch (error) {
      const failure = failureOf(error);
      return primaryCode(failure.code) === SQLITE_BUSY ? { results: [0] } : { failure };
    }
  }

  function applyGroup(ops: readonly WriteOp[]): WriteResult[] {
    if (ops.length === 0) return [];
    const results = transaction(ops);
    const failed = results.some((result) => 'failure' in result);
    return failed && ops.length > 1 ? ops.flatMap((op) => transaction([op])) : results;
  }

  return (ops) => {
    const place = ops.findIndex((op) => op.vacuum);
    if (place < 0) return applyGroup(ops);
    // Last, so that it removes what the others leave behind. Several that wait together need only one.
    const others = applyGroup(ops.filter((op) => !op.vacuum));
    const vacuumed = vacuum();
    return ops.map((op) => (op.vacuum ? vacuumed : (others.shift() as WriteResult)));
  };
}

/** After some errors SQLite has rolled back by itself: https://sqlite.org/lang_transaction.html */
function rollBack(database: Database): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // There is no transaction any more.
  }
}

function failureOf(error: unknown): SqliteFailure {
  return { code: resultCode(error), message: error instanceof Error ? error.message : '' };
}
