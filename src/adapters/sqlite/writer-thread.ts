// The thread that writes, and waits for the disk. The thread that answers people never has to wait for it.
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { applyWrites } from './apply-writes.ts';
import type { SqlValue } from './binding.ts';
import { type JournalMode, openDatabase } from './open-database.ts';
import type { WriteOp } from './write-op.ts';

/** A batch of writes, as it comes from the other thread. */
export interface Batch {
  id: number;
  /** The writes, each statement with the number of its SQL. */
  ops: {
    statements: { sql: number; params: SqlValue[] }[];
    together: true | undefined;
    vacuum: true | undefined;
  }[];
  /** SQL that no earlier batch had. It gets the next numbers, from 0 on. */
  newSql: string[];
}

/** What the thread is started with. */
export interface WriterData {
  file: string;
  journalMode: JournalMode;
}

const port = parentPort;
if (!port) throw new Error('This file is a worker thread.');
const { file, journalMode } = workerData as WriterData;
const database = openDatabase(file, journalMode);
const apply = applyWrites(database);

const knownSql: string[] = [];

function withSql({ ops, newSql }: Batch): WriteOp[] {
  knownSql.push(...newSql);
  return ops.map(({ statements, together, vacuum }) => ({
    statements: statements.map(({ sql, params }) => ({ sql: knownSql[sql] as string, params })),
    ...(together && { together }),
    ...(vacuum && { vacuum }),
  }));
}

port.on('message', (first: Batch | 'close') => {
  // Batches that arrived during the last write share one wait for the disk.
  const batches: Batch[] = [];
  let isLast = false;
  for (
    let message: Batch | 'close' | undefined = first;
    message !== undefined;
    message = receiveMessageOnPort(port)?.message
  ) {
    if (message === 'close') isLast = true;
    else batches.push(message);
  }
  if (batches.length > 0) {
    const results = apply(batches.flatMap(withSql));
    let from = 0;
    for (const { id, ops } of batches) {
      port.postMessage({ id, results: results.slice(from, from + ops.length) });
      from += ops.length;
    }
  }
  if (isLast) {
    database.close();
    port.close();
  }
});
port.postMessage('ready');
