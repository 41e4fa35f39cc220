import mongoose from 'mongoose';
import { expect, onTestFinished, test } from 'vitest';
import { newCollection, newStore } from './fixture.ts';

const { Binary, Double, Int32, Long, ObjectId } = mongoose.mongo;

test('GIVEN documents THEN find answers equality, $in and ranges', async () => {
  const { things } = await newCollection();
  await things.insertMany([1, 2, 3, 4, 5].map((n) => ({ _id: n as never, n, even: n % 2 === 0 })));
  const ids = async (filter: object) =>
    (await things.find(filter).sort({ _id: 1 }).toArray()).map((doc) => Number(doc._id));
  expect(await ids({})).toEqual([1, 2, 3, 4, 5]);
  expect(await ids({ even: true })).toEqual([2, 4]);
  expect(await ids({ n: { $eq: 3 } })).toEqual([3]);
  expect(await ids({ n: { $in: [5, 1, 9] } })).toEqual([1, 5]);
  expect(await ids({ n: { $gt: 2 } })).toEqual([3, 4, 5]);
  expect(await ids({ n: { $gte: 2, $lt: 4 } })).toEqual([2, 3]);
  expect(await ids({ n: { $lte: 4 }, even: false })).toEqual([1, 3]);
  expect(await ids({ n: { $in: [] } })).toEqual([]);
  expect(await ids({ n: { $gt: 'a' } })).toEqual([]);
});

test('GIVEN null THEN it matches null and missing, and nothing else', async () => {
  const { things } = await newCollection();
  await things.insertMany([{ a: null }, {}, { a: 0 }, { a: [null, 1] }, { a: [] }]);
  expect(await things.countDocuments({ a: null })).toBe(3);
  expect(await things.countDocuments({ a: { $in: [null, 0] } })).toBe(4);
  expect(await things.countDocuments({ a: { $gte: null } })).toBe(3);
  expect(await things.countDocuments({ a: { $gt: null } })).toBe(0);
});

test('GIVEN an array THEN it matches by element and as a whole', async () => {
  const { things } = await newCollection();
  await things.insertMany([{ k: ['a', 'b'] }, { k: 'a' }, { k: ['c'] }, { k: [1, 9] }]);
  expect(await things.countDocuments({ k: 'a' })).toBe(2);
  expect(await things.countDocuments({ k: ['a', 'b'] })).toBe(1);
  expect(await things.countDocuments({ k: ['b', 'a'] })).toBe(0);
  // Each bound may be met by another element, as in MongoDB.
  expect(await things.countDocuments({ k: { $gt: 5, $lt: 3 } })).toBe(1);
});

test('GIVEN every kind of value THEN it comes back as what it was, also after a restart', async () => {
  const { store, things } = await newCollection();
  const doc = {
    _id: new ObjectId(),
    int: new Int32(7),
    whole: new Double(7),
    half: 0.5,
    minus0: new Double(-0),
    nan: Number.NaN,
    endless: Number.POSITIVE_INFINITY,
    long: Long.fromNumber(Number.MAX_SAFE_INTEGER),
    text: 'Zoë \u0000 😀',
    yes: true,
    no: false,
    when: new Date(-5),
    nothing: null,
    list: [1, 'two', [3], { four: 4 }],
    inner: { b: 1, a: { c: [] } },
    bytes: new Binary(Buffer.from([0, 1, 255]), 4),
    empty: '',
    '': 'a field with no name',
  };
  await things.insertOne(doc);
  const exact = { promoteValues: false, promoteLongs: false } as const;
  const expected = {
    ...doc,
    half: new Double(0.5),
    nan: new Double(Number.NaN),
    endless: new Double(Number.POSITIVE_INFINITY),
    list: [new Int32(1), 'two', [new Int32(3)], { four: new Int32(4) }],
    inner: { b: new Int32(1), a: { c: [] } },
  };
  expect(await things.findOne({ _id: doc._id }, exact)).toEqual(expected);
  await store.compact();
  await store.stop();
  const again = await newCollection({ dataDir: store.dataDir });
  expect(await again.things.findOne({ _id: doc._id }, exact)).toEqual(expected);
  expect(await again.things.findOne({ whole: 7, int: 7.0 })).toMatchObject({ whole: 7, int: 7 });
});

test('GIVEN undefined in a document THEN the driver stores null, or leaves it out', async () => {
  const { things } = await newCollection();
  await things.insertOne({ a: undefined, b: 1 });
  await things.insertOne({ a: undefined, b: 2 }, { ignoreUndefined: true });
  expect(await things.findOne({ b: 1 })).toHaveProperty('a', null);
  expect(await things.findOne({ b: 2 })).not.toHaveProperty('a');
});

test('GIVEN an _id that is not first, or none THEN it is stored first', async () => {
  const { db, things } = await newCollection();
  await things.insertOne({ z: 1, _id: 'x' as never });
  await db.command({ insert: 'things', documents: [{ a: 1 }] });
  const docs = await things.find().toArray();
  expect(docs.map((doc) => Object.keys(doc)[0])).toEqual(['_id', '_id']);
  expect((await things.findOne({ a: 1 }))?._id).toBeInstanceOf(ObjectId);
});

test('GIVEN $set THEN fields keep their place, and new ones follow by name', async () => {
  const { things } = await newCollection();
  await things.insertOne({ _id: 1 as never, b: 1, a: 2 });
  const set = { $set: { z: 1, c: 1, b: 9, 10: 'ten', 9: 'nine' } };
  expect(await things.updateOne({ a: 2 }, set)).toMatchObject({
    matchedCount: 1,
    modifiedCount: 1,
  });
  expect(await things.updateOne({ a: 2 }, set)).toMatchObject({
    matchedCount: 1,
    modifiedCount: 0,
  });
  const [doc] = await things.find({}, { promoteValues: true }).toArray();
  expect([...Object.keys(doc ?? {})].sort()).toEqual(['10', '9', '_id', 'a', 'b', 'c', 'z']);
  const names = Object.keys(doc ?? {}).filter((name) => !/\d/.test(name));
  expect(names).toEqual(['_id', 'b', 'a', 'c', 'z']);
});

test('GIVEN a replacement THEN the whole document but its _id is another', async () => {
  const { things } = await newCollection();
  await things.insertMany([
    { _id: 1 as never, a: 1 },
    { _id: 2 as never, a: 1 },
  ]);
  expect(await things.replaceOne({ _id: 2 as never }, { b: 2 })).toMatchObject({
    modifiedCount: 1,
  });
  expect(await things.replaceOne({ _id: 2 as never }, { _id: 2, b: 2 })).toMatchObject({
    matchedCount: 1,
    modifiedCount: 0,
  });
  expect(await things.find().sort({ _id: 1 }).toArray()).toEqual([
    { _id: 1, a: 1 },
    { _id: 2, b: 2 },
  ]);
  expect(await things.replaceOne({ _id: 3 as never }, { b: 2 })).toMatchObject({ matchedCount: 0 });
});

test('GIVEN a version in the filter THEN of racing saves one alone matches', async () => {
  const { things } = await newCollection();
  await things.insertOne({ _id: 1 as never, version: 1 });
  const saves = Array.from({ length: 10 }, (_, by) =>
    things.updateOne({ _id: 1 as never, version: 1 }, { $set: { version: 2, by } }),
  );
  const outcomes = await Promise.all(saves);
  expect(outcomes.filter((outcome) => outcome.matchedCount === 1)).toHaveLength(1);
});

test('GIVEN deletes THEN one match goes, or all', async () => {
  const { things } = await newCollection();
  await things.insertMany([{ a: 1 }, { a: 1 }, { a: 1 }, { a: 2 }]);
  expect((await things.deleteOne({ a: 1 })).deletedCount).toBe(1);
  expect((await things.deleteMany({ a: 1 })).deletedCount).toBe(2);
  expect((await things.deleteMany({ a: 1 })).deletedCount).toBe(0);
  expect(await things.countDocuments({})).toBe(1);
});

test('GIVEN sort, limit and projection THEN they are obeyed', async () => {
  const { things } = await newCollection();
  await things.insertMany([3, 1, 2].map((n) => ({ _id: n as never, n, m: -n, x: 'x' })));
  const found = things.find({}, { projection: { n: 1, x: true } }).sort({ n: -1 });
  expect(await found.limit(2).toArray()).toEqual([
    { _id: 3, n: 3, x: 'x' },
    { _id: 2, n: 2, x: 'x' },
  ]);
  expect(await things.findOne({ n: 1 }, { projection: { _id: 0, m: 1 } })).toEqual({ m: -1 });
  expect(await things.findOne({ n: 1 }, { projection: { _id: 1 } })).toEqual({ _id: 1 });
  expect(await things.findOne({ n: 1 }, { projection: { nowhere: 1, _id: 0 } })).toEqual({});
});

test('GIVEN countDocuments THEN it counts, up to a limit', async () => {
  const { db, things } = await newCollection();
  expect(await things.countDocuments({})).toBe(0);
  await things.insertMany(Array.from({ length: 30 }, (_, n) => ({ n: n % 3 })));
  expect(await things.countDocuments({ n: 1 })).toBe(10);
  expect(await things.countDocuments({ n: 1 }, { limit: 4 })).toBe(4);
  expect(await db.collection('nowhere').countDocuments({ n: 1 })).toBe(0);
});

test('GIVEN collections THEN they are made, listed and dropped', async () => {
  const { client, db, things } = await newCollection();
  await db.createCollection('more');
  await things.insertOne({ a: 1 });
  await client.db('other').collection('elsewhere').insertOne({ a: 1 });
  const list = async (filter = {}) =>
    (await db.listCollections(filter).toArray()).map(({ name }) => name);
  expect(await list()).toEqual(['more', 'things']);
  expect(await list({ name: 'more' })).toEqual(['more']);
  expect(await db.listCollections({}, { nameOnly: true }).toArray()).toEqual([
    { name: 'more', type: 'collection' },
    { name: 'things', type: 'collection' },
  ]);
  await things.drop();
  expect(await list()).toEqual(['more']);
  expect(await things.countDocuments({})).toBe(0);
  await db.dropDatabase();
  expect(await list()).toEqual([]);
  expect(await client.db('other').collection('elsewhere').countDocuments({})).toBe(1);
});

test('GIVEN the commands around a connection THEN it poses as a standalone of MongoDB 4.4', async () => {
  const { client, db } = await newCollection();
  const hello = await db.admin().command({ hello: 1 });
  expect(hello).toMatchObject({ isWritablePrimary: true, minWireVersion: 0, maxWireVersion: 9 });
  expect(Math.abs(hello.localTime.getTime() - Date.now())).toBeLessThan(1000);
  expect(hello).not.toHaveProperty('setName');
  expect(await db.admin().command({ isMaster: 1 })).toMatchObject({ ismaster: true });
  expect(await db.admin().ping()).toMatchObject({ ok: 1 });
  expect(await db.admin().command({ buildInfo: 1 })).toMatchObject({ version: '4.4.0' });
  const session = client.startSession();
  await db.collection('things').insertOne({ a: 1 }, { session });
  await session.endSession();
});

test('GIVEN write concerns THEN those of a standalone are met; 0 is not answered, but done', async () => {
  const { client, things } = await newCollection();
  await things.insertOne({ n: 1 }, { writeConcern: { w: 'majority', journal: true } });
  const one = client.db().collection('things', { writeConcern: { w: 0 } });
  expect(await one.insertOne({ n: 2 })).toMatchObject({ acknowledged: false });
  await expect.poll(() => things.countDocuments({})).toBe(2);
});

test('GIVEN mongoose THEN models save, find, change and go', async () => {
  const { uri } = await newStore();
  const connection = await mongoose.createConnection(uri).asPromise();
  onTestFinished(() => connection.close());
  const schema = new mongoose.Schema(
    {
      partnership: String,
      name: String,
      kinds: [String],
      level: { type: String, default: 'local' },
    },
    { timestamps: true, strictQuery: 'throw' },
  );
  schema.index({ partnership: 1, name: 1 }, { unique: true });
  const Partner = connection.model('Partner', schema);
  await Partner.init();
  const [one] = await Partner.create([{ partnership: 'p', name: 'School', kinds: ['grant'] }]);
  await Partner.insertMany([{ partnership: 'p', name: 'Council' }]);
  await expect(Partner.create({ partnership: 'p', name: 'Council' })).rejects.toMatchObject({
    code: 11000,
  });
  if (!one) throw new Error('nothing was made');
  one.level = 'national';
  await one.save();
  const filter = mongoose.trusted({ $in: ['School', 'Church'] });
  const found = await Partner.find({ partnership: 'p', name: filter })
    .setOptions({ sanitizeFilter: true })
    .sort({ name: 1 })
    .lean();
  expect(found).toMatchObject([{ name: 'School', level: 'national', kinds: ['grant'] }]);
  await Partner.replaceOne({ _id: one._id }, { partnership: 'p', name: 'Academy' });
  expect(await Partner.exists({ name: 'School' })).toBeNull();
  expect(await Partner.countDocuments({ partnership: 'p' })).toBe(2);
  const names: unknown[] = [];
  for await (const doc of Partner.find().sort({ name: 1 }).cursor({ batchSize: 1 }))
    names.push(doc.name);
  expect(names).toEqual(['Academy', 'Council']);
  expect((await Partner.listIndexes()).map(({ name }) => name)).toEqual([
    '_id_',
    'partnership_1_name_1',
  ]);
  await Partner.deleteMany({ partnership: 'p' });
  expect(await Partner.findOne()).toBeNull();
});
