import { serialize } from 'bson';
import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { Cursors } from '../../../src/adapters/embedded/commands/cursors.ts';
import { errorOf, newCollection } from './fixture.ts';

const { Long } = mongoose.mongo;

async function newThousand() {
  const opened = await newCollection();
  await opened.things.insertMany(Array.from({ length: 1000 }, (_, n) => ({ _id: n as never, n })));
  return opened;
}

test('GIVEN more than a batch THEN getMore brings the rest, each document once', async () => {
  const { things } = await newThousand();
  const all = await things.find().batchSize(7).toArray();
  expect(all.map((doc) => doc.n)).toEqual(Array.from({ length: 1000 }, (_, n) => n));
  expect(await things.find({ n: { $gte: 500 } }).toArray()).toHaveLength(500);
  expect(await things.find().batchSize(10).limit(25).toArray()).toHaveLength(25);
});

test('GIVEN changes while a cursor is open THEN it shows what was there when it was made', async () => {
  const { things } = await newThousand();
  const cursor = things.find().sort({ n: 1 }).batchSize(10);
  expect(await cursor.next()).toMatchObject({ n: 0 });
  await things.deleteMany({ n: { $gte: 500 } });
  await things.updateOne({ n: 20 }, { $set: { n: -1 } });
  await things.insertOne({ n: 15.5 });
  const rest = await cursor.toArray();
  expect(rest.map((doc) => doc.n)).toEqual(Array.from({ length: 999 }, (_, n) => n + 1));
});

test('GIVEN a first batch of none, or a single batch THEN it is so', async () => {
  const { db } = await newThousand();
  const none = await db.command({ find: 'things', batchSize: 0 });
  expect(none.cursor).toMatchObject({ firstBatch: [], ns: 'convenor.things' });
  const id = Long.fromNumber(Number(none.cursor.id));
  const next = await db.command({ getMore: id, collection: 'things', batchSize: 2 });
  expect(next.cursor.nextBatch).toHaveLength(2);
  const single = await db.command({ find: 'things', batchSize: 5, singleBatch: true });
  expect(single.cursor.firstBatch).toHaveLength(5);
  expect(Number(single.cursor.id)).toBe(0);
  const plain = await db.command({ find: 'things' });
  expect(plain.cursor.firstBatch).toHaveLength(101);
});

test('GIVEN a killed cursor, one of another collection, one unknown THEN getMore refuses it', async () => {
  const { db } = await newThousand();
  const found = await db.command({ find: 'things', batchSize: 1 });
  const id = Long.fromNumber(Number(found.cursor.id));
  const more = (collection: string) => errorOf(db.command({ getMore: id, collection }));
  expect(await more('others')).toMatchObject({ code: 13 });
  const other = Long.fromNumber(5);
  expect(await db.command({ killCursors: 'things', cursors: [id, other] })).toMatchObject({
    cursorsKilled: [expect.anything()],
    cursorsNotFound: [5],
  });
  expect(await more('things')).toMatchObject({ code: 43 });
  expect(await errorOf(db.command({ getMore: 'x', collection: 'things' }))).toMatchObject({
    code: 14,
  });
});

test('GIVEN large documents THEN a batch stays within 16 MiB, and one always fits', async () => {
  const { db, things } = await newCollection();
  const text = 'x'.repeat(6 * 1024 * 1024);
  for (const n of [1, 2, 3]) await things.insertOne({ n, text });
  const first = await db.command({ find: 'things' });
  expect(first.cursor.firstBatch).toHaveLength(2);
  expect(await things.find({}, { projection: { n: 1 } }).toArray()).toHaveLength(3);
  expect(await things.find().toArray()).toHaveLength(3);
});

test('GIVEN ten minutes in which nobody asked THEN a cursor is dropped', () => {
  let now = 0;
  const cursors = new Cursors(() => now);
  const docs = [1, 2, 3].map((n) => Buffer.from(serialize({ n })));
  cursors.first({ namespace: 'db.things', docs, project: (doc) => doc }, 1);
  expect(cursors.size).toBe(1);
  now = 10 * 60_000;
  cursors.dropIdle();
  expect(cursors.size).toBe(1);
  now += 1;
  cursors.dropIdle();
  expect(cursors.size).toBe(0);
});
