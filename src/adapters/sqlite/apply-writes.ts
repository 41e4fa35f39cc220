import type { Database, Statement } from './binding.ts';
import {
  type Fate,
  primaryCode,
  resultCode,
  SQLITE_CONSTRAINT,
  type SqliteFailure,
  type WriteOp,
  type WriteResult,
} from './write-op.ts';

/** Does writes on a database. The results come in the order of the writes, and stand on the disk by then. */
export type ApplyWrites = (ops: readonly WriteOp[]) => WriteResult[];

/**
 * Writes many at once, with one wait for the disk: each group is one transaction. When SQLite fails in a group, nothing
 * of it stands, and each of its writes is tried by itself: one that cannot be done spoils no other.
 */
export function applyWrites(database: Database): ApplyWrites {
  const prepared = new Map<string, Statement>();
  const prepare = (sql: string): Statement => {
    const statement = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };

  /** @throws what SQLite throws, but for a unique key that is taken. */
  function run({ sql, params }: WriteOp['statements'][number]): Fate {
    try {
      return Number(prepare(sql).run(...params).changes);
    } catch (error) {
      // SQLite has taken this one statement back, and the transaction goes on.
      if (primaryCode(resultCode(error)) === SQLITE_CONSTRAINT) return 'conflict';
      throw error;
    }
  }

  function apply({ statements, together }: WriteOp): Fate[] {
    if (!together) return statements.map(run);
    database.exec('SAVEPOINT op');
    const fates: Fate[] = [];
    for (const statement of statements) {
      const fate = run(statement);
      fates.push(fate);
      if (fate === 1) continue;
      database.exec('ROLLBACK TO op');
      break;
    }
    database.exec('RELEASE op');
    return fates;
  }

  function transaction(ops: readonly WriteOp[]): WriteResult[] {
    try {
      database.exec('BEGIN IMMEDIATE');
      const fates = ops.map(apply);
      database.exec('COMMIT');
      return fates.map((all) => ({ fates: all }));
    } catch (error) {
      rollBack(database);
      const failure = failureOf(error);
      return ops.map(() => ({ failure }));
    }
  }

  return (ops) => {
    const results = transaction(ops);
    const failed = results.some((result) => 'failure' in result);
    return failed && ops.length > 1 ? ops.flatMap((op) => transaction([op])) : results;
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
