import { Worker } from 'node:worker_threads';
import type { JournalMode } from './open-database.ts';
import type { WriteOp, WriteResult } from './write-op.ts';
import type { Batch, WriterData } from './writer-thread.ts';

/** The built file, also when tests run this one as TypeScript: in Node 20, a thread loads JavaScript only. */
const THREAD = new URL(
  'writer-thread.js',
  import.meta.url.replace(/\/src\/(.*)\.ts$/, '/dist/$1.js'),
);

/** Hands writes to the thread that does them. */
interface Writer {
  /** @returns the result once the write is on disk. @throws if the thread has ended. */
  write(op: WriteOp): Promise<WriteResult>;
  /** Finishes what was handed over, and closes the database. */
  close(): Promise<void>;
}

/** Starts a writer of a database whose tables exist. */
export type StartWriter = (file: string, journalMode: JournalMode) => Promise<Writer>;

interface Waiting {
  resolve(results: WriteResult[]): void;
  reject(error: Error): void;
}

/** Starts the thread. */
export const startWriter: StartWriter = async (file, journalMode) => {
  const workerData: WriterData = { file, journalMode };
  const thread = new Worker(THREAD, { workerData, execArgv: [] });
  const waiting = new Map<number, Waiting>();
  let ended: Error | undefined;
  let lastId = 0;
  let next: { ops: WriteOp[]; results: Promise<WriteResult[]> } | undefined;

  const end = (error: Error) => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  await new Promise<void>((resolve, reject) => {
    thread.once('message', () => resolve());
    thread.once('error', reject);
  });
  thread.on('error', end);
  thread.on('exit', () => end(new Error('The store is closed.')));
  thread.on('message', ({ id, results }: { id: number; results: WriteResult[] }) => {
    waiting.get(id)?.resolve(results);
    waiting.delete(id);
  });

  const numbers = new Map<string, number>();

  /**
   * Replaces SQL by numbers that the thread knows. There are few statements, and copying their text takes longer than
   * copying their values.
   */
  function numberSql(ops: readonly WriteOp[]): Omit<Batch, 'id'> {
    const newSql: string[] = [];
    const numberOf = (sql: string) => {
      const known = numbers.get(sql);
      if (known !== undefined) return known;
      newSql.push(sql);
      numbers.set(sql, numbers.size);
      return numbers.size - 1;
    };
    const numbered = ops.map(({ statements, together, vacuum }) => ({
      statements: statements.map(({ sql, params }) => ({ sql: numberOf(sql), params })),
      together,
      vacuum,
    }));
    return { ops: numbered, newSql };
  }

  function send(ops: WriteOp[]): Promise<WriteResult[]> {
    return new Promise((resolve, reject) => {
      if (ended) return reject(ended);
      const batch: Batch = { id: ++lastId, ...numberSql(ops) };
      waiting.set(batch.id, { resolve, reject });
      thread.postMessage(batch);
    });
  }

  return {
    async write(op) {
      // All writes of one turn of the event loop go to the thread in one message.
      if (!next) {
        const ops: WriteOp[] = [];
        const results = Promise.resolve().then(() => {
          next = undefined;
          return send(ops);
        });
        next = { ops, results };
      }
      const index = next.ops.push(op) - 1;
      const results = await next.results;
      return results[index] as WriteResult;
    },
    async close() {
      await next?.results.catch(() => {});
      const exit = new Promise((resolve) => thread.once('exit', resolve));
      thread.postMessage('close');
      await exit;
    },
  };
};
