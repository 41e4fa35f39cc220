import type { mongo } from 'mongoose';
import { expect, test } from 'vitest';
import { errorOf, newCollection } from './fixture.ts';

type BulkError = mongo.MongoBulkWriteError;

async function newUnique() {
  const opened = await newCollection();
  await opened.things.createIndex({ p: 1, name: -1 }, { unique: true });
  await opened.things.insertOne({ _id: 0 as never, p: 'p', name: 'a' });
  return opened;
}

test('GIVEN a taken key THEN E11000 names the index, its fields and the values', async () => {
  const { things } = await newUnique();
  const error = await errorOf(things.insertOne({ p: 'p', name: 'a', secret: 's' }));
  expect(error).toMatchObject({
    code: 11000,
    keyPattern: { p: 1, name: -1 },
    keyValue: { p: 'p', name: 'a' },
  });
  expect(error.message).toBe(
    'E11000 duplicate key error collection: convenor.things index: p_1_name_-1 dup key: { p, name }',
  );
  const byId = await errorOf(things.insertOne({ _id: 0 as never, p: 'q', name: 'a' }));
  expect(byId).toMatchObject({ code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 0 } });
});

test('GIVEN missing fields THEN they are null in a unique index', async () => {
  const { things } = await newUnique();
  await things.insertOne({ p: 'q' });
  const error = await errorOf(things.insertOne({ p: 'q', name: null }));
  expect(error).toMatchObject({ code: 11000, keyValue: { p: 'q', name: null } });
});

test('GIVEN numbers of several types THEN equal ones are duplicates', async () => {
  const { things } = await newUnique();
  await things.insertOne({ p: 1, name: 2 });
  expect(await errorOf(things.insertOne({ p: 1.0, name: 2n }))).toMatchObject({ code: 11000 });
});

const batch = ['b', 'a', 'c', 'a', 'd'].map((name, i) => ({ _id: i + 1, p: 'p', name }));

test('GIVEN an ordered bulk THEN it ends at the first duplicate', async () => {
  const { things } = await newUnique();
  const error = (await errorOf(things.insertMany(batch as never[]))) as unknown as BulkError;
  expect(error).toMatchObject({ code: 11000, insertedCount: 1 });
  expect(error.writeErrors).toMatchObject([{ index: 1, code: 11000 }]);
  expect(await things.countDocuments({})).toBe(2);
});

test('GIVEN an unordered bulk THEN all that can be are inserted, and all errors told', async () => {
  const { things } = await newUnique();
  const inserting = things.insertMany(batch as never[], { ordered: false });
  const error = (await errorOf(inserting)) as unknown as BulkError;
  expect(error).toMatchObject({ code: 11000, insertedCount: 3 });
  expect(error.writeErrors).toMatchObject([{ index: 1 }, { index: 3 }]);
  expect(await things.countDocuments({})).toBe(4);
});

test('GIVEN an update onto a taken key THEN E11000, and the document is as it was', async () => {
  const { things } = await newUnique();
  await things.insertOne({ _id: 1 as never, p: 'p', name: 'b' });
  const change = things.updateOne({ _id: 1 as never }, { $set: { name: 'a' } });
  expect(await errorOf(change)).toMatchObject({ code: 11000, keyValue: { p: 'p', name: 'a' } });
  expect(await things.findOne({ p: 'p', name: 'b' })).toMatchObject({ _id: 1 });
  // Its own key is not in its way, and a key that was left is free.
  await things.updateOne({ _id: 0 as never }, { $set: { name: 'z' } });
  await things.updateOne({ _id: 1 as never }, { $set: { name: 'a', more: 1 } });
  await things.deleteOne({ _id: 0 as never });
  await things.insertOne({ p: 'p', name: 'z' });
  expect(await things.countDocuments({})).toBe(2);
});

test('GIVEN racing inserts of one key THEN one alone succeeds', async () => {
  const { things } = await newUnique();
  const inserts = Array.from({ length: 20 }, () => things.insertOne({ p: 'p', name: 'race' }));
  const outcomes = await Promise.allSettled(inserts);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('GIVEN duplicates THEN no unique index can be built over them', async () => {
  const { things } = await newCollection();
  await things.insertMany([{ a: 1 }, { a: 1 }]);
  const error = await errorOf(things.createIndex({ a: 1 }, { unique: true }));
  expect(error).toMatchObject({ code: 11000, keyPattern: { a: 1 }, keyValue: { a: 1 } });
  expect(await things.indexes()).toHaveLength(1);
  await things.insertOne({ a: 1 });
});

test('GIVEN an array THEN a unique index refuses it, and another index takes it', async () => {
  const { things } = await newCollection();
  await things.createIndex({ u: 1 }, { unique: true });
  await things.createIndex({ k: 1 });
  expect(await errorOf(things.insertOne({ u: [1] }))).toMatchObject({ code: 2 });
  await things.insertOne({ u: 1, k: ['a', 'b'] });
  expect(await things.countDocuments({ k: 'b' })).toBe(1);
  await things.updateOne({ u: 1 }, { $set: { k: 'c' } });
  expect(await things.countDocuments({ k: 'b' })).toBe(0);
  expect(await things.countDocuments({ k: 'c' })).toBe(1);
});

test('GIVEN an index that is there THEN making it again changes nothing; conflicts are told', async () => {
  const { db, things } = await newCollection();
  const make = (key: object, name: string, more = {}) =>
    db.command({ createIndexes: 'things', indexes: [{ key, name, ...more }] });
  expect(await make({ a: 1 }, 'one')).toMatchObject({
    createdCollectionAutomatically: true,
    numIndexesBefore: 1,
    numIndexesAfter: 2,
  });
  expect(await make({ a: 1 }, 'one')).toMatchObject({ numIndexesBefore: 2, numIndexesAfter: 2 });
  expect(await make({ _id: 1 }, '_id_')).toMatchObject({ numIndexesAfter: 2 });
  expect(await errorOf(make({ a: 1 }, 'two'))).toMatchObject({ code: 85 });
  expect(await errorOf(make({ a: -1 }, 'one'))).toMatchObject({ code: 86 });
  expect(await errorOf(make({ a: 1 }, 'one', { unique: true }))).toMatchObject({ code: 86 });
  expect(await things.indexes()).toEqual([
    { v: 2, key: { _id: 1 }, name: '_id_' },
    { v: 2, key: { a: 1 }, name: 'one' },
  ]);
});

test('GIVEN a restart THEN indexes are there and as unique as before', async () => {
  const { store } = await newUnique();
  await store.stop();
  const { things } = await newCollection({ dataDir: store.dataDir });
  expect(await things.indexes()).toMatchObject([
    { name: '_id_' },
    { name: 'p_1_name_-1', key: { p: 1, name: -1 }, unique: true },
  ]);
  expect(await errorOf(things.insertOne({ p: 'p', name: 'a' }))).toMatchObject({ code: 11000 });
});

test('GIVEN a collection that was dropped THEN its indexes are gone, also after a restart', async () => {
  const { store, things, db } = await newUnique();
  await db.collection('others').createIndex({ a: 1 }, { unique: true });
  await db.collection('others').drop();
  await things.drop();
  const twice = [
    { p: 'p', name: 'a' },
    { p: 'p', name: 'a' },
  ];
  await things.insertMany(twice.map((doc) => ({ ...doc })));
  await store.stop();
  const again = await newCollection({ dataDir: store.dataDir });
  expect(await again.things.indexes()).toHaveLength(1);
  await again.things.insertMany(twice.map((doc) => ({ ...doc })));
  expect(await again.db.listCollections().toArray()).toHaveLength(1);
});
