import mongoose, { mongo } from 'mongoose';
import {
  type ConnectedStores,
  type ConnectOptions,
  connectStores,
  type StoreLog,
} from './connect.ts';

/** The pause between two tries (ms); each looks for the server for some seconds itself. */
const PAUSE = 500;

/**
 * Connects to the store as soon as it is there, however long that takes: a process may start before its store does,
 * and says that it waits.
 * @throws Error for what waiting would not mend: a wrong password, a store that is newer than this program.
 */
export async function connectWhenThere(
  options: ConnectOptions & { log: StoreLog },
): Promise<ConnectedStores> {
  for (;;) {
    try {
      return await connectStores(options);
    } catch (error) {
      if (!isOutOfReach(error)) throw error;
      // The driver's words name hosts and ports, never who logs in.
      options.log.warn({ reason: error.message }, 'the store is out of reach: waiting for it');
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

/** Whether an error tells of a server that is away, starting, or just handing over to another. */
function isOutOfReach(error: unknown): error is Error {
  if (error instanceof mongoose.Error.MongooseServerSelectionError) return true;
  if (error instanceof mongo.MongoServerSelectionError) return true;
  if (error instanceof mongo.MongoNetworkError) return true;
  if (error instanceof mongo.MongoError && error.hasErrorLabel('RetryableWriteError')) return true;
  // A name that cannot be looked up (yet): of `mongodb+srv` the driver gives what its DNS said.
  return error instanceof Error && 'syscall' in error && String(error.syscall).startsWith('query');
}
