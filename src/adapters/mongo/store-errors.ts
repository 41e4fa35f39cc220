import mongoose, { type Connection, mongo } from 'mongoose';
import { ConfigError } from '../../config/config.ts';
import { CredentialError } from '../../core/base/credential-error.ts';
import type { TroubleLog } from '../../core/base/trouble-log.ts';
import { ConflictError, StoreError, type StoreTrouble } from '../../core/ports/store.ts';

/** The server's error codes: https://www.mongodb.com/docs/manual/reference/error-codes/ */
const DUPLICATE_KEY = 11000;
const AUTHENTICATION_FAILED = 18;

interface Meaning {
  codes: readonly number[];
  trouble: StoreTrouble;
  sentence: (server: string) => string;
}

/** What the server's error codes mean for the person who runs Convenor. */
const MEANINGS: readonly Meaning[] = [
  {
    codes: [14031],
    trouble: 'full',
    sentence: (server) =>
      `The disk of the MongoDB at ${server} is full. Make room there: Convenor goes on by itself as soon as there is some.`,
  },
  {
    codes: [13],
    trouble: 'read-only',
    sentence: (server) =>
      `The account in MONGODB_URI may not do this on the MongoDB at ${server}. Give it the role readWrite on Convenor's database.`,
  },
  {
    codes: [371],
    trouble: 'read-only',
    sentence: (server) =>
      `The MongoDB at ${server} blocks all writes. Allow them again: setUserWriteBlockMode.`,
  },
  {
    codes: [10107, 13435],
    trouble: 'read-only',
    sentence: (server) =>
      `The MongoDB at ${server} is not the primary of its replica set, so it takes no writes. Name all members of the set in MONGODB_URI, without directConnection.`,
  },
  {
    codes: [64, 100],
    trouble: 'unreachable',
    sentence: (server) =>
      `Too few members of the replica set at ${server} answer to confirm a write. See that most of them are running.`,
  },
];

/** Runs an operation on the store. */
export type Attempt = <R>(operation: () => Promise<R>) => Promise<R>;

/**
 * Makes the function that runs operations on a connection: if the server is down, full or read-only, it throws
 * a StoreError instead of the driver's error.
 * @param troubles where that is logged.
 */
export function attemptOn(connection: Connection, troubles?: TroubleLog): Attempt {
  return async (operation) => {
    try {
      const result = await operation();
      troubles?.worked();
      return result;
    } catch (error) {
      const found = troubleOf(error, hostsOf(connection));
      if (found) troubles?.failed(found.trouble, found.message);
      throw found ?? error;
    }
  };
}

/**
 * The error of an attempt to connect: a CredentialError for a wrong user or password, a ConfigError if the driver cannot
 * use the address, otherwise the error itself.
 */
export function toSettingsError(connection: Connection, error: unknown): unknown {
  if (isAddressError(error)) return unusable(error);
  const isRefused = error instanceof mongo.MongoServerError && error.code === AUTHENTICATION_FAILED;
  if (!isRefused) return error;
  return new CredentialError(
    `The MongoDB at ${hostsOf(connection)} refuses the user or the password in MONGODB_URI. Correct them; signs such as @ and / in a password are percent-encoded.`,
  );
}

/** Whether the driver cannot use an address. The package that reads addresses has an error class of its own. */
function isAddressError(error: unknown): error is Error {
  if (isUnreachable(error) || !(error instanceof Error)) return false;
  return error instanceof mongo.MongoDriverError || error.name === 'MongoParseError';
}

/** The driver's errors about an address. Only those about an option are repeated: others may have a part of a password. */
function unusable({ message }: Error): ConfigError {
  const reason = /^(URI )?option "?\w+"? [\w ]+$/i.test(message) ? ` (${message})` : '';
  return new ConfigError([
    `MONGODB_URI is not an address that MongoDB's driver can use${reason}. Look at its hosts and options: https://www.mongodb.com/docs/manual/reference/connection-string-options/`,
  ]);
}

/** What an error means for the person who runs Convenor; undefined if it is no trouble of the server. */
export function troubleOf(error: unknown, server: string): StoreError | undefined {
  const meaning = meaningOf((error as { code?: unknown }).code);
  if (meaning) return new StoreError(meaning.trouble, meaning.sentence(server));
  if (!isUnreachable(error)) return undefined;
  return new StoreError(
    'unreachable',
    // The driver's messages name hosts and ports, but no user or password.
    `The MongoDB at ${server} cannot be reached (${error.message}). See that it is running, and that this machine may connect to it: Convenor goes on by itself as soon as it answers.`,
  );
}

const meaningOf = (code: unknown) =>
  MEANINGS.find(({ codes }) => codes.some((known) => known === code));

/** Whether an error means that the server is down, starting, or failing over to another. */
export function isUnreachable(error: unknown): error is Error {
  if (error instanceof StoreError) return error.trouble === 'unreachable';
  if (error instanceof mongoose.Error.MongooseServerSelectionError) return true;
  if (error instanceof mongo.MongoServerSelectionError) return true;
  if (error instanceof mongo.MongoNetworkError) return true;
  if (error instanceof Error && error.name === 'MongoWaitQueueTimeoutError') return true;
  if (error instanceof mongo.MongoError && error.hasErrorLabel('RetryableWriteError')) return true;
  // A host that cannot be looked up: for `mongodb+srv` the driver passes on the error of the DNS query.
  return error instanceof Error && 'syscall' in error && String(error.syscall).startsWith('query');
}

/** The hosts of a connection, without user and password. */
function hostsOf(connection: Connection): string {
  const { srvHost, hosts } = connection.getClient().options;
  return srvHost ?? hosts.join(', ');
}

/** The error of a single write as core knows it: `ConflictError` for a taken key, otherwise the error itself. */
export function toConflict(collection: string, error: unknown): unknown {
  const isTaken = error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY;
  return isTaken ? new ConflictError(collection) : error;
}

/** What an unordered `bulkWrite` did. */
export interface BulkResult {
  /** How many rows its filters found. */
  matchedCount: number;
  /** The places in the list of the operations that were left out because a unique key was taken. */
  conflicts: ReadonlySet<number>;
}

/**
 * Reads the error of an unordered `bulkWrite`.
 * @throws Error if anything but taken keys went wrong. It never contains a row.
 * @see https://www.mongodb.com/docs/manual/reference/command/insert/#output
 */
export function bulkResultOf(error: unknown): BulkResult {
  if (!(error instanceof mongo.MongoBulkWriteError)) throw withoutRows(error);
  // The driver wraps the error of a lost connection.
  if (isUnreachable(error.errorResponse)) throw error.errorResponse;
  const failed = [error.writeErrors].flat();
  const others = failed.map(({ code }) => code).filter((code) => code !== DUPLICATE_KEY);
  const concern = error.result.getWriteConcernError();
  if (failed.length > 0 && others.length === 0 && !concern) {
    const conflicts = new Set(failed.map(({ index }) => index));
    return { matchedCount: error.matchedCount, conflicts };
  }
  // The server's message about a row may quote it. Its message about a lost connection or a write concern does not.
  const codes = [...new Set(others)];
  const reason = concern?.errmsg ?? (codes.length > 0 ? `code ${codes.join(', ')}` : error.message);
  const code = concern?.code ?? codes.find(meaningOf) ?? codes[0] ?? error.code;
  throw Object.assign(new Error(`The server did not take all rows: ${reason}`), { code });
}

/** Mongoose adds the rows to the error of a bulk. Errors are logged, and rows contain what people wrote. */
function withoutRows(error: unknown): unknown {
  if (error instanceof Error) {
    for (const property of ['results', 'insertedDocs']) Reflect.deleteProperty(error, property);
  }
  return error;
}
