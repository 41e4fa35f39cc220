import type { ConnectOptions } from 'mongoose';

/** Sensible limits, in ms and connections. Any of them may be set in the connection string, which then wins. */
const tunable = {
  maxPoolSize: 20,
  connectTimeoutMS: 5_000,
  serverSelectionTimeoutMS: 5_000,
  socketTimeoutMS: 30_000,
  waitQueueTimeoutMS: 10_000,
  appName: 'convenor',
};

/**
 * How we connect. Acknowledged means written by a majority (on a standalone server: journaled), read from the
 * primary, since compare-and-swap on stale rows would turn in circles. Lost answers of single writes are retried by
 * the driver where the server can tell a repeat (replica sets and sharded clusters), never on a standalone.
 * Nothing is buffered while the server is away: an operation fails after `serverSelectionTimeoutMS`.
 * @param uri a connection string: https://www.mongodb.com/docs/manual/reference/connection-string-options/
 * @param database the database; default: the one in the connection string, else `convenor`.
 */
export function connectionOptions(uri: string, database?: string): ConnectOptions {
  const said = (option: string) => new RegExp(`[?&]${option}=`, 'i').test(uri);
  const limits = Object.entries(tunable).filter(([option]) => !said(option));
  const named = /^mongodb(?:\+srv)?:\/\/[^/?]+\/[^?]/.test(uri);
  return {
    ...Object.fromEntries(limits),
    ...(database !== undefined || !named ? { dbName: database ?? 'convenor' } : {}),
    writeConcern: { w: 'majority' },
    readPreference: 'primary',
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    sanitizeFilter: true,
  };
}
