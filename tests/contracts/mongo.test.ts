import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ConnectedStores, connectStores } from '../../src/adapters/mongo/connect.ts';
import { startTestServer, type TestServer } from './store/server.ts';
import { declarations, thing, things } from './store/things.ts';
import { storeContract } from './store.contract.ts';

let server: TestServer;
let database: string;
let one: ConnectedStores;
let other: ConnectedStores;

beforeAll(async () => {
  server = await startTestServer();
  const { uri } = server;
  database = server.database();
  one = await connectStores({ uri, database, declarations });
  other = await connectStores({ uri, database, declarations });
});

afterAll(async () => {
  await one?.close();
  await other?.close();
  await server?.stop();
  console.log(`The contract of the store port ran on ${server?.name}.`);
});

storeContract({
  one: () => one.stores,
  other: () => other.stores,
  isCommitAtomic: false,
  ...(!process.env.MONGODB_URI && { failAfter }),
});

function failAfter(count: number): () => void {
  const failure = { command: /^(?:insert|update|delete)$/, code: 8, after: count };
  server.failures?.push({ ...failure, times: Number.POSITIVE_INFINITY });
  return () => void server.failures?.splice(0);
}

const WRITER = fileURLToPath(new URL('store/writer-process.mjs', import.meta.url));

it('two processes on one database lose no update, and claim no row twice', async () => {
  const rows = one.stores.forPartnership('processes').of(things);
  await rows.insert(thing({ id: 'counter', rank: 0 }));
  const ids = Array.from({ length: 100 }, (_, index) => `claim-${index}`);
  await rows.insertAll(ids.map((id) => thing({ id })));
  const run = async (name: string): Promise<string[]> => {
    const args = [WRITER, server.uri, database, name];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return JSON.parse(stdout);
  };
  const [first, second] = await Promise.all([run('first'), run('second')]);
  expect(await rows.get('counter')).toMatchObject({ rank: 80, version: 81 });
  expect([...first, ...second].sort()).toEqual(ids.sort());
  const all = await rows.find({ index: 'byId', where: { id: ids } }, ids.length);
  const claimedBy = (name: string) =>
    all.rows.filter(({ claim }) => claim === name).map(({ id }) => id);
  expect(claimedBy('first')).toEqual(first.sort());
  expect(claimedBy('second')).toEqual(second.sort());
});
