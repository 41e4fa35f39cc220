import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { mongo } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { encodeValue } from './keys.ts';
import { type Mongo, startMongo } from './mongo.ts';

type Row = mongo.Document & { _id: string };

describe('the double of MongoDB', () => {
  let server: Mongo;
  let client: mongo.MongoClient;
  let database: mongo.Db;
  let rows: mongo.Collection<Row>;

  beforeAll(async () => {
    server = await startMongo();
    client = await new mongo.MongoClient(server.uri).connect();
    database = client.db('test');
    rows = database.collection('rows');
  });
  beforeEach(async () => {
    await database.dropDatabase();
    await rows.createIndex({ group: 1, rank: 1, _id: 1 }, { name: 'byGroup' });
    await rows.createIndex({ key: 1 }, { name: 'byKey', unique: true });
  });
  afterAll(async () => {
    await client?.close();
    await server?.stop();
  });

  const row = (_id: string, more: object = {}): Row => ({ _id, key: _id, ...more });

  it.each<[string, () => PromiseLike<unknown>]>([
    ["no such command: 'findAndModify'", () => rows.findOneAndDelete({ _id: 'a' })],
    ["no such command: 'distinct'", () => rows.distinct('key')],
    ['the operator $regex', () => rows.findOne({ key: { $regex: 'a' } })],
    ['the operator $ne', () => rows.findOne({ key: { $ne: 'a' } })],
    ['the operator $or', () => rows.findOne({ $or: [{ key: 'a' }] })],
    ['the path body.text', () => rows.findOne({ 'body.text': 'a' })],
    ['lists, objects and rare types', () => rows.findOne({ body: { text: 'a' } })],
    ['the update operator $unset', () => rows.updateOne({ _id: 'a' }, { $unset: { key: 1 } })],
    ['the path body.text', () => rows.updateOne({ _id: 'a' }, { $set: { 'body.text': 'b' } })],
    ['the option multi of update', () => rows.updateMany({ _id: 'a' }, { $set: { rank: 1 } })],
    [
      'the option upsert of update',
      () => rows.replaceOne({ _id: 'a' }, row('a'), { upsert: true }),
    ],
    ['the option collation of delete', () => rows.deleteOne({}, { collation: { locale: 'en' } })],
    ['the projection of key', () => rows.findOne({}, { projection: { key: 0 } })],
    ['the option skip of find', () => rows.findOne({}, { skip: 1 })],
    ['a sort that no index gives ({"rank":1})', () => rows.find().sort({ rank: 1 }).toArray()],
    [
      'a sort that no index gives ({"group":1,"rank":-1})',
      () => rows.find().sort({ group: 1, rank: -1 }).toArray(),
    ],
    [
      'a pipeline other than that of countDocuments ($match, $sort)',
      () => rows.aggregate([{ $match: {} }, { $sort: { key: 1 } }]).toArray(),
    ],
    ['the option sparse of an index', () => rows.createIndex({ a: 1 }, { sparse: true })],
    ['an index that descends', () => rows.createIndex({ a: -1 })],
    ['the option capped of create', () => database.createCollection('x', { capped: true })],
    ['an index on lists', () => rows.insertOne(row('b', { group: ['a'] }))],
    [
      'the option txnNumber of insert',
      () =>
        client.withSession((session) =>
          session.withTransaction(() => rows.insertOne(row('b'), { session })),
        ),
    ],
  ])('refuses, by name: %s', async (named, command) => {
    await rows.insertOne(row('a'));
    const error = await Promise.resolve(command()).catch((reason: unknown) => reason);
    expect(String(error)).toContain(named);
    expect(await rows.find({}, { sort: { _id: 1 } }).toArray()).toEqual([row('a')]);
  });

  it('sorts by an index: nulls and missing first, then numbers, text by its bytes, flags, dates', async () => {
    const values = [null, -5, 0.5, 7, '', 'Z', 'a', 'a\0', 'é', '\uffff', '😀', false, true];
    const ranks = [...values, new Date(-1), new Date(1)];
    const all = ranks.map((rank, index) => row(`${index}`, { group: 'g', rank }));
    await rows.insertMany([...all].reverse());
    const sorted = rows.find({ group: 'g' }).sort({ group: 1, rank: 1, _id: 1 });
    expect(await sorted.toArray()).toEqual(all);
    const texts = rows.find({ group: 'g', rank: { $gte: 'a' } }).sort({ group: -1, rank: -1 });
    expect((await texts.toArray()).map(({ rank }) => rank)).toEqual(values.slice(6, 11).reverse());
    expect(await rows.countDocuments({ group: 'g', rank: { $in: [null, 7, 7, 'é'] } })).toBe(3);
    expect(await rows.countDocuments({ group: null })).toBe(0);
    expect(await rows.countDocuments({ missing: null, rank: { $lt: 7 } })).toBe(2);
  });

  it('encodes values so that their bytes sort as they do', () => {
    const sortsLike = <T>(values: fc.Arbitrary<T>, compare: (a: T, b: T) => number) =>
      fc.assert(
        fc.property(values, values, (a, b) => {
          const order = Buffer.compare(encodeValue(a), encodeValue(b));
          expect(order).toBe(Math.sign(compare(a, b)) + 0);
        }),
      );
    sortsLike(fc.double({ noNaN: true }), (a, b) => Number(a > b) - Number(a < b));
    sortsLike(fc.date({ noInvalidDate: true }), (a, b) => a.getTime() - b.getTime());
    const text = fc.string({ unit: fc.constantFrom('\0', '\x01', 'a', 'é', '\uffff', '😀') });
    sortsLike(text, (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  });

  it('takes null in a unique key as a value, and returns each error of an unordered insert', async () => {
    const insert = (ordered: boolean) =>
      rows
        .insertMany([row('a'), row('b', { key: null }), row('c', { key: null }), row('d')], {
          ordered,
        })
        .catch((reason: mongo.MongoBulkWriteError) => [reason.writeErrors].flat());
    expect(await insert(false)).toMatchObject([{ index: 2, code: 11000 }]);
    expect(await rows.countDocuments()).toBe(3);
    expect(await insert(true)).toMatchObject([{ index: 0, code: 11000 }]);
    expect(await insert(false)).toHaveLength(4);
    await rows.insertMany([row('e', { group: 'x' }), row('f', { group: 'x' })]);
    await expect(rows.createIndex({ group: 1 }, { unique: true })).rejects.toThrow('E11000');
    expect(await rows.indexes()).toHaveLength(3);
  });

  it('sets, adds to and replaces, and keeps the id', async () => {
    await rows.insertOne(row('a', { rank: 1 }));
    await rows.updateOne({ _id: 'a' }, { $set: { group: 'x' }, $inc: { rank: 2, count: 1 } });
    expect(await rows.findOne()).toEqual(row('a', { rank: 3, group: 'x', count: 1 }));
    await rows.replaceOne({ key: 'a' }, { key: 'b' });
    expect(await rows.find({ key: 'b' }).toArray()).toEqual([{ _id: 'a', key: 'b' }]);
    const other = rows.updateOne({ _id: 'a' }, { $set: { _id: 'b' } });
    await expect(other).rejects.toThrow("immutable field '_id'");
    expect(await rows.find({ key: 'a' }).toArray()).toEqual([]);
  });
});

const SERVE = fileURLToPath(new URL('serve.mjs', import.meta.url));

it('keeps what it acknowledged when it is killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'convenor-mongo-'));
  let child: ChildProcess | undefined;
  const serve = async () => {
    const started = spawn(process.execPath, [SERVE, join(folder, 'rows.db')]);
    child = started;
    const [line] = await once(started.stdout, 'data');
    const uri = /Store ready: (\S+)/.exec(String(line))?.[1] ?? '';
    const client = await new mongo.MongoClient(uri).connect();
    return { client, rows: client.db().collection<Row>('rows') };
  };
  onTestFinished(async () => {
    child?.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });
  const before = await serve();
  const acknowledged: string[] = [];
  const write = async (writer: number) => {
    for (let number = 0; ; number += 1) {
      const _id = `${writer}-${number}`;
      await before.rows.insertOne({ _id });
      acknowledged.push(_id);
      if (acknowledged.length === 300) child?.kill('SIGKILL');
    }
  };
  await Promise.allSettled(Array.from({ length: 8 }, (_, writer) => write(writer)));
  await before.client.close();
  const after = await serve();
  const kept = new Set((await after.rows.find().toArray()).map(({ _id }) => _id));
  await after.client.close();
  expect(acknowledged.length).toBeGreaterThanOrEqual(300);
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
});
