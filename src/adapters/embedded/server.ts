import { mkdir } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { Catalog } from './catalog/catalog.ts';
import { decodeRecord } from './catalog/record.ts';
import { answer } from './commands/answer.ts';
import type { Context } from './commands/context.ts';
import { Cursors } from './commands/cursors.ts';
import { takeLock } from './disk/lock.ts';
import { Log } from './disk/log.ts';
import type { FaultPlan } from './faults.ts';
import { serveConnection } from './wire/connection.ts';

export { StoreHeld } from './disk/lock.ts';
export type { FaultPlan } from './faults.ts';

/** How to start an embedded store. */
export interface EmbeddedStoreOptions {
  /** The folder that holds the data, on a local disk; made if it is not there. */
  readonly dataDir: string;
  /** The port on 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number;
  /** For tests: failures to produce. */
  readonly faults?: FaultPlan;
  /** Hears in a sentence that an unfinished write was cut off after a crash. */
  readonly onNotice?: (sentence: string) => void;
}

/** A running store. */
export interface EmbeddedStore {
  /** What to give to mongoose or the driver. */
  readonly uri: string;
  readonly port: number;
  /**
   * Rewrites the log without what was replaced or removed, so that erased data is on disk no more.
   * Writes wait meanwhile: about a second for each 300,000 documents.
   */
  compact(): Promise<void>;
  /** Finishes the writes in hand, closes all connections and lets go of the folder. */
  stop(): Promise<void>;
}

type End = () => Promise<void>;

/**
 * Starts a server of MongoDB's wire protocol over a folder, on 127.0.0.1 alone.
 * @throws StoreHeld when another process has the folder
 * @throws Error with a remedy when the folder or the port cannot be used, or the log is damaged
 */
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const folder = resolve(options.dataDir);
  await makeFolder(folder);
  const ends: End[] = [];
  const stop = async () => {
    for (let end = ends.pop(); end; end = ends.pop()) await end();
  };
  try {
    const lock = await takeLock(folder);
    ends.push(() => lock.release());
    const { catalog, log } = await openData(join(folder, 'store.log'), options.onNotice);
    ends.push(() => log.close());
    const cursors = new Cursors(Date.now);
    const dropping = setInterval(() => cursors.dropIdle(), 60_000).unref();
    ends.push(async () => clearInterval(dropping));
    const context = { catalog, log, cursors, faults: options.faults ?? {} };
    const { port, close } = await listen(context, options.port ?? 0);
    ends.push(close);
    const uri = `mongodb://127.0.0.1:${port}/convenor?directConnection=true`;
    await lock.announce(uri);
    return { uri, port, compact: () => log.compact(), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: Error) => {
    throw new Error(
      `The data folder ${folder} cannot be made (${error.message}). Name another one (DATA_DIR, or --data).`,
    );
  });
}

/** A log smaller than this many bytes is not worth compacting at the start. */
const WORTHWHILE_BYTES = 1024 * 1024;

async function openData(path: string, onNotice: (sentence: string) => void = () => {}) {
  const catalog = new Catalog();
  const log = await Log.open(path, {
    restore: (entry) => catalog.restore(decodeRecord(entry)),
    snapshot: () => catalog.snapshot(),
    onNotice,
  });
  catalog.open(log);
  // A disk too full to compact on is no reason not to start.
  if (log.size > WORTHWHILE_BYTES && log.size > 2 * catalog.bytes())
    await log.compact().catch((error: Error) => onNotice(error.message));
  return { catalog, log };
}

async function listen(context: Context, port: number): Promise<{ port: number; close: End }> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    void serveConnection(socket, (request) => answer(context, request));
  });
  const close = async () => {
    const closed = new Promise((done) => server.close(done));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { port: await bind(server, port), close };
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on('error', ({ message }) => {
      const remedy = 'Name another one, or 0 for any free one.';
      reject(new Error(`Port ${port} cannot be used (${message}). ${remedy}`));
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
