import { Worker } from 'node:worker_threads';
import type { WorkbookResult } from './workbook-thread.ts';

/** The built file, also when tests run this one as TypeScript: in Node 20, a thread loads JavaScript only. */
const THREAD = new URL(
  'workbook-thread.js',
  import.meta.url.replace(/\/src\/(.*)\.ts$/, '/dist/$1.js'),
);

/** What the thread can use, so that no workbook takes the memory or the time of others. */
const MAX_MEMORY_MB = 256;
const READ_TIMEOUT_MS = 15_000;

let last: Promise<unknown> = Promise.resolve();

/** Reads a workbook (.xlsx) in a thread of its own. One is read at a time. */
export function readWorkbook(file: Uint8Array): Promise<WorkbookResult> {
  const read = last.then(() => readInThread(file));
  last = read.catch(() => undefined);
  return read;
}

function readInThread(file: Uint8Array): Promise<WorkbookResult> {
  return new Promise((resolve) => {
    const thread = new Worker(THREAD, {
      // A copy: a Buffer may be a part of a larger one, which would be copied whole.
      workerData: new Uint8Array(file),
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MB },
    });
    const end = (result: WorkbookResult) => {
      clearTimeout(timer);
      void thread.terminate();
      resolve(result);
    };
    const timer = setTimeout(() => end('too large'), READ_TIMEOUT_MS);
    thread.once('message', end);
    thread.once('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too large' : 'damaged'),
    );
  });
}
