import mongoose, { mongo } from 'mongoose';
import {
  type ConnectedStores,
  type ConnectOptions,
  connectStores,
  type StoreLog,
} from './connect.ts';

/** The pause between two attempts. Each attempt itself waits some seconds for the server. */
const RETRY_PAUSE_MS = 500;

/**
 * Connects to the store, and waits for it as long as it takes: a process may start before its store.
 * @throws Error if waiting does not help: a wrong password, a store that is newer than this program.
 */
export async function connectWhenThere(
  options: ConnectOptions & { log: StoreLog },
): Promise<ConnectedStores> {
  for (;;) {
    try {
      return await connectStores(options);
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      // The driver's messages name hosts and ports, but no user or password.
      options.log.warn({ reason: error.message }, 'the store is out of reach: waiting for it');
      await new Promise((resolve) => setTimeout(resolve, RETRY_PAUSE_MS));
    }
  }
}

/** Whether an error means that the server is down, starting, or failing over to another. */
function isUnreachable(error: unknown): error is Error {
  if (error instanceof mongoose.Error.MongooseServerSelectionError) return true;
  if (error instanceof mongo.MongoServerSelectionError) return true;
  if (error instanceof mongo.MongoNetworkError) return true;
  if (error instanceof mongo.MongoError && error.hasErrorLabel('RetryableWriteError')) return true;
  // A host that cannot be looked up: for `mongodb+srv` the driver passes on the error of the DNS query.
  return error instanceof Error && 'syscall' in error && String(error.syscall).startsWith('query');
}
