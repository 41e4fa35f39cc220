import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type Connection, createConnection } from 'mongoose';
import { type Clock, systemClock } from '../../core/base/clock.ts';
import { troubleLog } from '../../core/base/trouble-log.ts';
import { withDerivedRows } from '../../core/ports/derived-rows.ts';
import type { Stores } from '../../core/ports/store.ts';
import type { Shape } from '../shared/store/shape.ts';
import { connectionOptions } from './connection-options.ts';
import { ensureIndexes } from './indexes.ts';
import { type Meta, meta, migrate, migrationsOf } from './migrate.ts';
import { bindModels } from './models.ts';
import { storeClock } from './store-clock.ts';
import { attemptOn, isUnreachable, toSettingsError } from './store-errors.ts';
import { openStores } from './stores.ts';

/** A log, such as pino's. It never gets the content of a row. */
export interface StoreLog {
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
  error(about: object, message: string): void;
}

export interface ConnectOptions {
  /** `mongodb://…` of MongoDB 6 or later. */
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
  /** Asks the server whether it is there. @throws StoreError if it does not answer within some seconds. */
  ping(): Promise<void>;
  /** Closes the connection. Operations under way may fail. */
  close(): Promise<void>;
}

const CLOCK_INTERVAL_MS = 60_000;
/** The pauses between attempts to connect: each is twice as long as the one before. */
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 10_000;

/**
 * Connects to MongoDB, measures its clock, migrates it if needed, and creates the declared
 * collections and indexes.
 * @throws Error if the server cannot be reached within some seconds, ConfigError if the address cannot be used,
 *   CredentialError if the server refuses the user or the password, StoreTooNew if the store is newer than this program.
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
    const models = bindModels(connection, [meta, ...options.declarations]);
    const attempt = attemptOn(connection, troubleLog('store', log, systemClock));
    const stores = openStores(attempt, models);
    await clock.measure();
    await migrate({
      rows: stores.global<Meta, never>(meta),
      clock,
      holder: randomUUID(),
      migrations: migrationsOf(connection, [...models.values()]),
      done: (schemaVersion, name) => log?.info({ schemaVersion }, `store migrated: ${name}`),
    });
    await ensureIndexes(connection, models.values());
    clock.follow(CLOCK_INTERVAL_MS, (error) =>
      log?.warn({ err: error }, 'the store did not tell its time'),
    );
    const ping = async () => void (await attempt(() => command(connection, 'ping')));
    return { stores: withDerivedRows(stores), clock, close, ping };
  } catch (error) {
    await close();
    throw toSettingsError(connection, error);
  }
}

/**
 * Connects to the store, and waits for it as long as it takes: a process may start before its store. It logs once that it
 * waits, and again every ten minutes.
 * @throws Error if waiting does not help, as `connectStores` does.
 */
export async function connectWhenThere(
  options: ConnectOptions & { log: StoreLog },
): Promise<ConnectedStores> {
  const troubles = troubleLog('store', options.log, systemClock);
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
    try {
      return await connectStores(options);
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      // The driver's messages name hosts and ports, but no user or password.
      const sentence = `The MongoDB in MONGODB_URI cannot be reached (${error.message}). See that it is running, and that this machine may connect to it: Convenor waits for it.`;
      troubles.failed('unreachable', sentence);
      await setTimeout(pauseMs);
    }
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
