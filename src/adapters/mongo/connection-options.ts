import type { ConnectOptions } from 'mongoose';

/** Sensible limits, in ms and connections. The connection string may set other ones. */
const DEFAULT_LIMITS = {
  maxPoolSize: 20,
  connectTimeoutMS: 5_000,
  serverSelectionTimeoutMS: 5_000,
  socketTimeoutMS: 30_000,
  waitQueueTimeoutMS: 10_000,
  appName: 'convenor',
};

/**
 * How we connect. A write is acknowledged when a majority has it (a standalone server: when it is journaled). Reads go to
 * the primary, because compare-and-swap on old rows would fail again and again. If the answer to a write is lost, the
 * driver repeats the write on replica sets and sharded clusters, where the server recognises the repeat, and never on a
 * standalone server. Nothing is buffered while the server is down: an operation fails after `serverSelectionTimeoutMS`.
 * @param uri a connection string: https://www.mongodb.com/docs/manual/reference/connection-string-options/
 * @param database the database; default: the one in the connection string, else `convenor`.
 */
export function connectionOptions(uri: string, database?: string): ConnectOptions {
  const isSet = (option: string) => new RegExp(`[?&]${option}=`, 'i').test(uri);
  const limits = Object.entries(DEFAULT_LIMITS).filter(([option]) => !isSet(option));
  const namesDatabase = /^mongodb(?:\+srv)?:\/\/[^/?]+\/[^?]/.test(uri);
  return {
    ...Object.fromEntries(limits),
    ...(database !== undefined || !namesDatabase ? { dbName: database ?? 'convenor' } : {}),
    writeConcern: { w: 'majority' },
    readPreference: 'primary',
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    sanitizeFilter: true,
  };
}
