import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import { type Failure, startMongo } from '../../doubles/mongo/mongo.ts';

/** A MongoDB for tests. */
export interface TestServer {
  /** The name for the test output. */
  readonly name: string;
  readonly uri: string;
  /** Commands that are to fail: tests may add to them. Absent if the server cannot be told to fail. */
  readonly failures?: Failure[];
  /** Makes the name of a new database, which `stop` drops. */
  database(): string;
  /** Drops the databases, and stops what was started for them. */
  stop(): Promise<void>;
}

/** The server that `MONGODB_URI` names, or the double of MongoDB. */
export async function startTestServer(): Promise<TestServer> {
  const databases: string[] = [];
  const database = () => {
    const name = `convenor_test_${randomBytes(6).toString('hex')}`;
    databases.push(name);
    return name;
  };
  const uri = process.env.MONGODB_URI;
  if (!uri) {
    const failures: Failure[] = [];
    // Like MongoDB it promises no order without a sort.
    const double = await startMongo({ shufflesUnsorted: true, failures });
    return { name: 'the double of MongoDB', ...double, failures, database };
  }
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
