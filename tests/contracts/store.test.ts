import { afterAll, beforeAll } from 'vitest';
import { type ConnectedStores, connectStores } from '../../src/adapters/mongo/connect.ts';
import { startTestServer, type TestServer } from './store/server.ts';
import { declarations } from './store/things.ts';
import { storeContract } from './store.contract.ts';

let server: TestServer;
let one: ConnectedStores;
let other: ConnectedStores;

beforeAll(async () => {
  server = await startTestServer();
  const { uri } = server;
  const database = server.database();
  one = await connectStores({ uri, database, declarations });
  other = await connectStores({ uri, database, declarations });
});

afterAll(async () => {
  await one?.close();
  await other?.close();
  await server?.stop();
  console.log(`The contract of the store port ran on ${server?.name}.`);
});

storeContract({ one: () => one.stores, other: () => other.stores });
