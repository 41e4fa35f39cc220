import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { newCollection } from './fixture.ts';

const { Binary, Double, Long, ObjectId } = mongoose.mongo;

/** In MongoDB's order: by type, then within the type. Those in one list are equal. */
const ascending: unknown[][] = [
  [null],
  [Number.NaN],
  [Number.NEGATIVE_INFINITY],
  [-1e300],
  [-1],
  [-0.5],
  [0, new Double(-0)],
  [5e-324],
  [1, new Double(1), Long.fromNumber(1)],
  [1.5],
  [Long.fromNumber(Number.MAX_SAFE_INTEGER)],
  [Number.POSITIVE_INFINITY],
  [''],
  ['\0'],
  ['\0a'],
  ['A'],
  ['a'],
  ['a\0'],
  ['ab'],
  ['é'],
  // Behind each other as UTF-8, the other way round as UTF-16.
  ['\uffff'],
  ['😀'],
  [{}],
  [{ a: 1 }],
  [{ a: 1, b: 1 }],
  [{ a: 2 }],
  [{ b: 1 }],
  [{ a: 'x' }],
  [new Binary(Buffer.from([]))],
  [new Binary(Buffer.from([9]))],
  [new Binary(Buffer.from([1, 0]))],
  [new Binary(Buffer.from([1, 0]), 4)],
  [new ObjectId('000000000000000000000001')],
  [new ObjectId('ff0000000000000000000000')],
  [false],
  [true],
  [new Date(-1)],
  [new Date(0)],
  [new Date(8.64e15)],
];

const docs = ascending.flatMap((equals, place) => equals.map((v) => ({ v, place })));
const places = docs.map(({ place }) => place);

test.each([
  ['no index', undefined],
  ['an index', { v: 1 }],
  ['a descending index', { v: -1 }],
  ['an index on it last', { k: 1, v: 1 }],
] as const)('GIVEN every type and %s THEN it sorts in the order of BSON', async (_, index) => {
  const { things } = await newCollection();
  if (index) await things.createIndex(index);
  await things.insertMany([...docs].reverse().map((doc) => ({ ...doc, k: 1 })));
  const sorted = async (direction: 1 | -1) =>
    (await things.find({ k: 1 }).sort({ v: direction }).toArray()).map((doc) => doc.place);
  expect(await sorted(1)).toEqual(places);
  expect(await sorted(-1)).toEqual([...places].reverse());
});

test('GIVEN a range THEN it holds only values of its own type', async () => {
  const { things } = await newCollection();
  await things.insertMany(docs.map((doc) => ({ ...doc })));
  const found = async (v: object) =>
    (await things.find({ v }).sort({ place: 1 }).toArray()).map((doc) => doc.v);
  expect(await found({ $gt: 'ab' })).toEqual(['é', '\uffff', '😀']);
  expect(await found({ $lt: -1 })).toEqual([Number.NEGATIVE_INFINITY, -1e300]);
  expect(await found({ $gte: 1.5 })).toEqual([
    1.5,
    Number.MAX_SAFE_INTEGER,
    Number.POSITIVE_INFINITY,
  ]);
  expect(await found({ $lte: new Date(0) })).toEqual([new Date(-1), new Date(0)]);
  expect(await found({ $gt: false })).toEqual([true]);
});

test('GIVEN arrays THEN they sort by their least element, or descending by their greatest', async () => {
  const { things } = await newCollection();
  await things.insertMany([[2, 9], [], null, 5, [1, 3]].map((v, n) => ({ n, v })));
  const sorted = async (direction: 1 | -1) =>
    (await things.find().sort({ v: direction }).toArray()).map((doc) => doc.v);
  expect(await sorted(1)).toEqual([[], null, [1, 3], [2, 9], 5]);
  expect(await sorted(-1)).toEqual([[2, 9], 5, [1, 3], null, []]);
});

test('GIVEN an equality on a field that is sorted by THEN an array sorts by what else it holds', async () => {
  const { things } = await newCollection();
  await things.insertMany(['b', ['b', 'a'], ['b', 'c']].map((v, n) => ({ _id: n as never, v })));
  const sorted = async (direction: 1 | -1) =>
    (await things.find({ v: 'b' }).sort({ v: direction }).toArray()).map((doc) => Number(doc._id));
  expect((await sorted(1))[0]).toBe(1);
  expect((await sorted(-1))[0]).toBe(2);
});
