import { randomUUID } from 'node:crypto';
import { type Connection, createConnection } from 'mongoose';
import type { Clock } from '../../core/base/clock.ts';
import type { Stores } from '../../core/ports/store.ts';
import type { Shape } from '../shared/store/shape.ts';
import { connectionOptions } from './connection-options.ts';
import { ensureCollections } from './ensure-collections.ts';
import { type Meta, meta, migrate } from './migrate.ts';
import { migrationsOf } from './migrations.ts';
import { storeClock } from './store-clock.ts';
import { bind, openStores } from './stores.ts';

/** A log, such as pino's. It never gets the content of a row. */
export interface StoreLog {
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
}

export interface ConnectOptions {
  /** `mongodb://…` of MongoDB 4.4 or later, or of the embedded store. */
  uri: string;
  /** Every collection that will be asked for. */
  declarations: readonly Shape[];
  /** Default: the database in the connection string, else `convenor`. */
  database?: string;
  log?: StoreLog;
  /** Called with the name of each command sent to the server (`find`, `update` …), for metrics and tests. */
  onCommand?: (command: string) => void;
}

/** A connected store. */
export interface ConnectedStores {
  readonly stores: Stores;
  /** Store time (UTC), measured again each minute. */
  readonly clock: Clock;
  /** Asks the server whether it is there. @throws if it does not answer within some seconds. */
  ping(): Promise<void>;
  /** Closes the connection. Operations under way may fail. */
  close(): Promise<void>;
}

const CLOCK_INTERVAL_MS = 60_000;

/**
 * Connects to MongoDB or to the embedded store, measures its clock, migrates it if needed, and creates the declared
 * collections and indexes.
 * @throws Error if the server cannot be reached within some seconds, or if the store is newer than this program.
 */
export async function connectStores(options: ConnectOptions): Promise<ConnectedStores> {
  const { uri, log } = options;
  const connection = createConnection(uri, {
    ...connectionOptions(uri, options.database),
    monitorCommands: options.onCommand !== undefined,
  });
  const clock = storeClock(() => timeOf(connection));
  const close = async () => {
    clock.stop();
    connection.removeAllListeners('disconnected');
    await connection.close();
  };
  try {
    await connection.asPromise();
    logEvents(connection, log);
    const { onCommand } = options;
    if (onCommand) {
      connection.getClient().on('commandStarted', ({ commandName }) => onCommand(commandName));
    }
    const bound = bind(connection, [meta, ...options.declarations]);
    const stores = openStores(bound);
    await clock.measure();
    await migrate({
      rows: stores.global<Meta, never>(meta),
      clock,
      holder: randomUUID(),
      migrations: migrationsOf(connection, [...bound.values()]),
      done: (schemaVersion, name) => log?.info({ schemaVersion }, `store migrated: ${name}`),
    });
    await ensureCollections(connection, bound.values());
    clock.follow(CLOCK_INTERVAL_MS, (error) =>
      log?.warn({ err: error }, 'the store did not tell its time'),
    );
    return { stores, clock, close, ping: async () => void (await command(connection, 'ping')) };
  } catch (error) {
    await close();
    throw error;
  }
}

const command = (connection: Connection, name: 'ping' | 'hello') =>
  connection
    .getClient()
    .db('admin')
    .command({ [name]: 1 });

/** The server's own time. */
export async function timeOf(connection: Connection): Promise<Date> {
  const { localTime } = await command(connection, 'hello');
  if (!(localTime instanceof Date)) throw new Error('The store does not tell its time in hello.');
  return localTime;
}

function logEvents(connection: Connection, log: StoreLog | undefined): void {
  connection.on('error', (error) => log?.warn({ err: error }, 'store connection'));
  connection.on('disconnected', () => log?.warn({}, 'store disconnected'));
  connection.on('reconnected', () => log?.info({}, 'store reconnected'));
}
