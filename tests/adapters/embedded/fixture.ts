import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose, { type mongo } from 'mongoose';
import { onTestFinished } from 'vitest';
import {
  type EmbeddedStore,
  type EmbeddedStoreOptions,
  startEmbeddedStore,
} from '../../../src/adapters/embedded/server.ts';

/** A folder of its own for one test, gone afterwards. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'embedded-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A store for one test; over `dataDir` if given. */
export async function newStore(
  options: Partial<EmbeddedStoreOptions> = {},
): Promise<EmbeddedStore & { dataDir: string }> {
  const dataDir = options.dataDir ?? (await newFolder());
  const store = await startEmbeddedStore({ ...options, dataDir });
  onTestFinished(() => store.stop());
  return { ...store, dataDir };
}

/** The real driver, connected. Gives up within two seconds when nobody is there. */
export async function connect(
  uri: string,
  options: mongo.MongoClientOptions = {},
): Promise<mongo.MongoClient> {
  const client = new mongoose.mongo.MongoClient(uri, {
    serverSelectionTimeoutMS: 2000,
    ...options,
  });
  onTestFinished(() => client.close());
  return client.connect();
}

/** A store, the driver and one collection. */
export async function newCollection(options: Partial<EmbeddedStoreOptions> = {}) {
  const store = await newStore(options);
  const client = await connect(store.uri);
  const db = client.db();
  return { store, client, db, things: db.collection('things') };
}

/** The error that a promise must end in. */
export async function errorOf(promise: Promise<unknown>): Promise<mongo.MongoServerError> {
  const outcome = await promise.then(
    () => undefined,
    (error: mongo.MongoServerError) => error,
  );
  if (!outcome) throw new Error('It should have failed');
  return outcome;
}
