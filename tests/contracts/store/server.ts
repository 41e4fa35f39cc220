import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { startEmbeddedStore } from '../../../src/adapters/embedded/server.ts';

/** A server for tests. */
export interface TestServer {
  /** The name for the test output. */
  readonly name: string;
  readonly uri: string;
  /** Makes the name of a new database, which `stop` drops. */
  database(): string;
  /** Drops the databases, and stops what was started for them. */
  stop(): Promise<void>;
}

/** MongoDB if `MONGODB_URI` is set, else the embedded store in a temporary folder. */
export async function startTestServer(): Promise<TestServer> {
  const databases: string[] = [];
  const database = () => {
    const name = `convenor_test_${randomBytes(6).toString('hex')}`;
    databases.push(name);
    return name;
  };
  const uri = process.env.MONGODB_URI;
  if (!uri) return { ...(await embedded()), database };
  return {
    name: 'the server of MONGODB_URI',
    uri,
    database,
    async stop() {
      const connection = await mongoose.createConnection(uri).asPromise();
      for (const name of databases) await connection.useDb(name).dropDatabase();
      await connection.close();
    },
  };
}

async function embedded() {
  const dataDir = await mkdtemp(join(tmpdir(), 'convenor-store-'));
  // Like MongoDB it promises no order without a sort.
  const faults = { shuffleUnsorted: true };
  const { uri, stop } = await startEmbeddedStore({ dataDir, faults });
  return {
    name: 'the embedded store',
    uri,
    async stop() {
      await stop();
      await rm(dataDir, { recursive: true });
    },
  };
}
