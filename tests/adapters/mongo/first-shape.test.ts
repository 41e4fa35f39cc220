import { readFile } from 'node:fs/promises';
import mongoose from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ConnectedStores, connectStores } from '../../../src/adapters/mongo/connect.ts';
import { type Meta, meta } from '../../../src/adapters/mongo/migrate.ts';
import { collections } from '../../../src/core/domain/collections.ts';
import { startTestServer, type TestServer } from '../../contracts/store/server.ts';
import { type Talk, talkIn } from '../../fixtures/bot.ts';
import { newWorker } from '../../fixtures/worker.ts';

/** A store as the first version left it, on Wednesday 18 November 2026: it is never written anew, only migrated. */
const FIRST = new URL('../../fixtures/first-shape.json', import.meta.url);

let server: TestServer;
let connected: ConnectedStores;
let talk: Talk;

beforeAll(async () => {
  server = await startTestServer();
  const database = server.database();
  const raw = await mongoose.createConnection(server.uri, { dbName: database }).asPromise();
  const { EJSON } = mongoose.mongo.BSON;
  const rows = EJSON.parse(await readFile(FIRST, 'utf8')) as { [collection: string]: object[] };
  for (const [collection, documents] of Object.entries(rows)) {
    await raw.collection(collection).insertMany(documents);
  }
  await raw.close();
  connected = await connectStores({ uri: server.uri, database, declarations: collections });
  talk = talkIn('partnership-1', 'W', connected.stores);
  talk.clock.set('2026-11-18T16:05:00Z');
});
afterAll(async () => {
  await connected?.close();
  await server?.stop();
});

it('is brought to the newest version', async () => {
  const row = await connected.stores.global<Meta, never>(meta).get('schema');
  expect(row).toMatchObject({ holder: null });
  expect(row?.schemaVersion).toBeGreaterThanOrEqual(1);
});

it('what was noted is known', async () => {
  const list = await talk.say('tom', 'followup list');
  expect(list.text).toContain('send the plan');
  expect(list.text).toContain('put the bins out');
  const council = await talk.say('grace', 'partner show riverside council');
  expect(council.text).toContain('about the lease');
  expect((await talk.say('tom', 'why ring the school')).text).toMatch(/Sent|sent/);
  expect(talk.errors).toEqual([]);
});

it('what was done last can be taken back', async () => {
  const offered = await talk.say('tom', 'undo');
  expect((await talk.press('tom', 'Undo', offered)).text).toContain('as if it had not happened');
  expect((await talk.say('tom', 'followup list')).text).not.toContain('send the plan');
  expect(talk.errors).toEqual([]);
});

it('what was owed comes', async () => {
  const worker = await newWorker(talk);
  await worker.until('2026-11-19T16:00:00Z');
  expect(worker.inbox('maya').join()).toContain('bring the keys');
  expect(worker.inbox('tom').join()).toContain('put the bins out');
  await worker.until('2026-11-20T09:00:00Z');
  expect(worker.channel('news')).toHaveLength(1);
  expect([...worker.errors, ...talk.errors]).toEqual([]);
});
