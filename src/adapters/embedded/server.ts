import { mkdir } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { Catalog } from './catalog/catalog.ts';
import { decodeRecord } from './catalog/record.ts';
import { answer } from './commands/answer.ts';
import { Cursors } from './commands/cursors.ts';
import { takeLock } from './disk/lock.ts';
import { Log } from './disk/log.ts';
import type { FaultPlan } from './faults.ts';
import { serveConnection } from './wire/connection.ts';

export { StoreHeld } from './disk/lock.ts';
export type { Failure, FaultPlan } from './faults.ts';

/** How to start an embedded store. */
export interface EmbeddedStoreOptions {
  /** The folder that holds the data; made if it is not there. */
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
  /** Rewrites the log without what was replaced or removed, so that erased data is on disk no more. */
  compact(): Promise<void>;
  /** Finishes the writes in hand, closes all connections and lets go of the folder. */
  stop(): Promise<void>;
}

/**
 * Starts a server of MongoDB's wire protocol over a folder, on 127.0.0.1 alone.
 * @throws StoreHeld when another process has the folder
 * @throws Error with a remedy when the port is taken or the log is damaged
 */
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const folder = resolve(options.dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: Error) => {
    throw new Error(
      `The data folder ${folder} cannot be made (${error.message}). Name another one (DATA_DIR).`,
    );
  });
  const lock = await takeLock(folder);
  let log: Log | undefined;
  try {
    const catalog = new Catalog();
    log = await Log.open(join(folder, 'store.log'), {
      restore: (entry) => catalog.restore(decodeRecord(entry)),
      snapshot: () => catalog.snapshot(),
      onNotice: options.onNotice ?? (() => {}),
    });
    catalog.open(log);
    if (log.size > WORTHWHILE_BYTES && log.size > 2 * catalog.bytes()) await log.compact();
    const cursors = new Cursors(Date.now);
    const context = { catalog, log, cursors, faults: options.faults ?? {} };
    const sockets = new Set<Socket>();
    const server = createServer({ noDelay: true }, (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      void serveConnection(socket, (request) => answer(context, request));
    });
    const port = await listen(server, options.port ?? 0);
    const uri = `mongodb://127.0.0.1:${port}/convenor?directConnection=true`;
    await lock.announce(uri);
    const idle = setInterval(() => cursors.dropIdle(), 60_000).unref();
    return { uri, port, compact: () => context.log.compact(), stop: once(stop) };

    async function stop(): Promise<void> {
      clearInterval(idle);
      const closed = new Promise((done) => server.close(done));
      for (const socket of sockets) socket.destroy();
      await closed;
      await context.log.close();
      await lock.release();
    }
  } catch (error) {
    await log?.close();
    await lock.release();
    throw error;
  }
}

/** A log smaller than this many bytes is not worth compacting at the start. */
const WORTHWHILE_BYTES = 1024 * 1024;

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on('error', ({ message }) =>
      reject(
        new Error(
          `Port ${port} cannot be used (${message}). Name another one, or 0 for any free one.`,
        ),
      ),
    );
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function once(action: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= action();
    return done;
  };
}
