import { threads } from '../adapters/discord/delivery/thread-row.ts';
import { servers } from '../adapters/discord/installing/server-row.ts';
import { playgroundClocks } from '../adapters/playground/clock.ts';
import { playgroundMessages } from '../adapters/playground/messages.ts';
import { installations } from '../adapters/slack/installing/installation-row.ts';
import { usedStates } from '../adapters/slack/installing/oauth-states.ts';
import { openStore } from '../adapters/sqlite/open.ts';
import { type Clock, systemClock } from '../core/base/clock.ts';
import { collections } from '../core/domain/collections.ts';
import type { AnyDeclaration, Stores } from '../core/ports/store.ts';
import type { ProcessContext } from './lifecycle.ts';

/** The collections of the domain and of all adapters. */
export const allCollections: readonly AnyDeclaration[] = [
  ...collections,
  ...[installations, usedStates],
  ...[servers, threads],
  ...[playgroundMessages, playgroundClocks],
];

/** The store of a process. */
interface ProcessStore {
  stores: Stores;
  /** Shared by all processes that use the store. */
  clock: Clock;
  /** @throws StoreError while the store cannot be used. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Connects to the MongoDB of the settings, and waits for it if it is not there yet; without one, opens the SQLite
 * database of the data folder.
 * @throws an error for the operator when the store cannot be used (src/main.ts lists them).
 */
export async function openStores(context: ProcessContext): Promise<ProcessStore> {
  const { config, readiness, started } = context;
  readiness.addPart('store', () => false);
  const store = await (config.mongodbUri
    ? connectMongodb(config.mongodbUri, context)
    : openSqlite(context));
  started.push({ stop: store.close });
  readiness.addPart('store', () => store.ping().then(() => true));
  return store;
}

/** Brings a large library, which is loaded only where it is used. */
async function connectMongodb(uri: string, { log }: ProcessContext): Promise<ProcessStore> {
  const { connectWhenThere } = await import('../adapters/mongo/connect.ts');
  return connectWhenThere({ uri, declarations: allCollections, log });
}

async function openSqlite({ config, log }: ProcessContext): Promise<ProcessStore> {
  const { dataDir, journalMode } = config;
  const store = await openStore({ dataDir, journalMode, shapes: allCollections, log });
  return { ...store, clock: systemClock };
}
