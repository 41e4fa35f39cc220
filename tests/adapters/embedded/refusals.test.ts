import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose, { type mongo } from 'mongoose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedStore, startEmbeddedStore } from '../../../src/adapters/embedded/server.ts';
import { errorOf, newCollection } from './fixture.ts';

const { Code, Decimal128, Long, MaxKey, MinKey, ObjectId, Timestamp } = mongoose.mongo;
const { BSONRegExp, BSONSymbol, DBRef } = mongoose.mongo;

type Attempt = (db: mongo.Db) => Promise<unknown>;
type Row = [what: string, attempt: Attempt, code: number, names: string];

const find =
  (filter: object, options: object = {}): Attempt =>
  (db) =>
    db.collection('things').find(filter, options).toArray();
const command =
  (body: mongo.Document): Attempt =>
  (db) =>
    db.command(body);
const insert =
  (doc: object): Attempt =>
  (db) =>
    db.collection('things').insertOne(doc);
const update =
  (u: object, more: object = {}): Attempt =>
  (db) =>
    db.command({ update: 'things', updates: [{ q: { _id: 1 }, u, ...more }] });
const updateOne =
  (u: mongo.UpdateFilter<mongo.Document>): Attempt =>
  (db) =>
    db.collection('things').updateOne({}, u);
const replaceOne =
  (doc: object): Attempt =>
  (db) =>
    db.collection('things').replaceOne({}, doc);
const index =
  (key: object, more: object = {}): Attempt =>
  (db) =>
    db.command({ createIndexes: 'things', indexes: [{ key, name: 'an index', ...more }] });
const aggregate =
  (...pipeline: object[]): Attempt =>
  (db) =>
    db.collection('things').aggregate(pipeline).toArray();
const count = { $group: { _id: 1, n: { $sum: 1 } } };

const rows: Row[] = [
  ...['findAndModify', 'count', 'distinct', 'mapReduce', 'renameCollection', 'dropIndexes'].map(
    (name): Row => [`the command ${name}`, command({ [name]: 'things' }), 59, name],
  ),
  ['the command HELLO', command({ HELLO: 1 }), 59, 'HELLO'],
  ['the command toString', command({ toString: 1 }), 59, 'toString'],

  ...['$or', '$and', '$nor', '$expr', '$where', '$text', '$jsonSchema'].map(
    (name): Row => [`the operator ${name}`, find({ [name]: [{ a: 1 }] }), 2, name],
  ),
  ...[
    '$ne',
    '$nin',
    '$not',
    '$regex',
    '$exists',
    '$type',
    '$all',
    '$elemMatch',
    '$size',
    '$mod',
  ].map((name): Row => [`the operator ${name}`, find({ a: { [name]: 1 } }), 2, name]),
  ['an unknown operator', find({ a: { $near: 1 } }), 2, '$near'],
  ['operators mixed with fields', find({ a: { $gt: 1, b: 2 } }), 2, 'b'],
  ['a dotted path in a filter', find({ 'a.b': 1 }), 2, 'a.b'],
  ['a regular expression', find({ a: /x/ }), 2, 'regular expression'],
  ['a regular expression in $in', find({ a: { $in: [/x/] } }), 2, 'regular expression'],
  ['$in without an array', find({ a: { $in: 1 } }), 2, '$in'],
  ['a range over an object', find({ a: { $gt: { b: 1 } } }), 2, '$gt'],
  ['a range over an array', find({ a: { $lte: [1] } }), 2, '$lte'],
  ['a range over NaN', find({ a: { $gte: Number.NaN } }), 2, 'NaN'],
  ['a Decimal128 in a filter', find({ a: new Decimal128('1') }), 2, 'Decimal128'],

  ['skip', find({}, { skip: 1 }), 2, 'skip'],
  ['hint', find({}, { hint: { a: 1 } }), 2, 'hint'],
  ['collation', find({}, { collation: { locale: 'en' } }), 2, 'collation'],
  ['min', find({}, { min: { a: 1 } }), 2, 'min'],
  ['tailable', find({}, { tailable: true }), 2, 'tailable'],
  ['let', find({}, { let: { x: 1 } }), 2, 'let'],
  ['a sort by text score', find({}, { sort: { a: { $meta: 'textScore' } } }), 2, "'a'"],
  ['a sort by a dotted path', find({}, { sort: { 'a.b': 1 } }), 2, 'a.b'],
  ['a sort by natural order', find({}, { sort: { $natural: 1 } }), 2, '$natural'],
  ['a negative limit', command({ find: 'things', limit: -1 }), 2, 'limit'],
  ['a limit of text', command({ find: 'things', limit: 'x' }), 14, 'limit'],
  ['a filter of text', command({ find: 'things', filter: 'x' }), 14, 'filter'],
  ['an excluding projection', find({}, { projection: { a: 0 } }), 2, "'a'"],
  ['a projection without _id alone', find({}, { projection: { _id: 0 } }), 2, "'_id'"],
  ['a projected path', find({}, { projection: { 'a.b': 1 } }), 2, 'a.b'],
  ['a projected expression', find({}, { projection: { a: '$b' } }), 2, "'a'"],
  ['a projected slice', find({}, { projection: { a: { $slice: 1 } } }), 2, "'a'"],

  ...['$unset', '$inc', '$push', '$pull', '$rename', '$min', '$setOnInsert', '$currentDate'].map(
    (name): Row => [`the update operator ${name}`, update({ [name]: { a: 1 } }), 2, name],
  ),
  ['$set with another operator', update({ $set: { a: 1 }, $inc: { b: 1 } }), 2, '$inc'],
  ['$set of a path', update({ $set: { 'a.b': 1 } }), 57, 'a.b'],
  ['$set of nothing', update({ $set: {} }), 9, '$set'],
  ['$set of no object', update({ $set: 1 }), 9, '$set'],
  ['an update by pipeline', update([{ $set: { a: 1 } }]), 14, "'u'"],
  ['an update of many', update({ $set: { a: 1 } }, { multi: true }), 2, 'multi'],
  ['an upsert', update({ $set: { a: 1 } }, { upsert: true }), 2, 'upsert'],
  ['array filters', update({ $set: { a: 1 } }, { arrayFilters: [] }), 2, 'arrayFilters'],
  ['a hint in an update', update({ $set: { a: 1 } }, { hint: 'x' }), 2, 'hint'],
  ['a delete of three', command({ delete: 'things', deletes: [{ q: {}, limit: 3 }] }), 2, 'limit'],
  ['a delete without a limit', command({ delete: 'things', deletes: [{ q: {} }] }), 2, 'limit'],
  ['an unknown option', command({ insert: 'things', documents: [{}], often: 1 }), 2, 'often'],
  ['an insert of nothing', command({ insert: 'things', documents: [] }), 2, 'statements'],
  ['an insert without a list', command({ insert: 'things' }), 14, 'documents'],

  ['a pipeline', aggregate({ $project: { a: 1 } }), 2, '$project'],
  ['a pipeline without a count', aggregate({ $match: {} }), 2, 'pipeline'],
  ['a count with $skip', aggregate({ $match: {} }, { $skip: 1 }, count), 2, '$skip'],
  ['another $group', aggregate({ $match: {} }, { $group: { _id: '$a' } }), 2, '$group'],
  ['more after the count', aggregate({ $match: {} }, count, count), 2, 'pipeline'],
  ['a count of matches by $or', aggregate({ $match: { $or: [] } }, count), 2, '$or'],
  ['a count limited to 0', aggregate({ $match: {} }, { $limit: 0 }, count), 2, '$limit'],

  ['a Decimal128', insert({ a: new Decimal128('1.5') }), 2, 'Decimal128'],
  ['a Decimal128 deep inside', insert({ a: [{ b: new Decimal128('1') }] }), 2, "'b'"],
  ['a timestamp', insert({ a: new Timestamp({ t: 1, i: 1 }) }), 2, 'timestamp'],
  ['a stored regular expression', insert({ a: new BSONRegExp('x', 'i') }), 2, 'regular expression'],
  ['code', insert({ a: new Code('x') }), 2, 'JavaScript'],
  ['code with a scope', insert({ a: new Code('x', { y: 1 }) }), 2, 'JavaScript with scope'],
  ['a symbol', insert({ a: new BSONSymbol('x') }), 2, 'symbol'],
  ['a MinKey', insert({ a: new MinKey() }), 2, 'MinKey'],
  ['a MaxKey', insert({ a: new MaxKey() }), 2, 'MaxKey'],
  ['a DBRef', insert({ a: new DBRef('x', new ObjectId()) }), 52, '$ref'],
  ['a long beyond 2^53', insert({ a: Long.fromString('9007199254740993') }), 2, 'long'],
  ['a field that begins with $', insert({ $a: 1 }), 52, '$a'],
  ['a deep field that begins with $', insert({ a: { $b: 1 } }), 52, '$b'],
  ['a field with a dot', insert({ 'a.b': 1 }), 57, 'a.b'],
  ['an array as _id', insert({ _id: [1] }), 53, '_id'],
  ['101 documents inside each other', insert(nested(101)), 15, '100'],

  ['another _id by $set', updateOne({ $set: { _id: 2 } }), 66, '_id'],
  ['another _id by replacement', replaceOne({ _id: 2 }), 66, '_id'],

  ['a text index', index({ a: 'text' }), 2, "'a'"],
  ['a hashed index', index({ a: 'hashed' }), 2, "'a'"],
  ['an index on a path', index({ 'a.b': 1 }), 2, 'a.b'],
  ['a wildcard index', index({ '$**': 1 }), 2, '$**'],
  ['an index on nothing', index({}), 67, 'fields'],
  ...['sparse', 'partialFilterExpression', 'expireAfterSeconds', 'collation', 'hidden'].map(
    (name): Row => [`an index that is ${name}`, index({ a: 1 }, { [name]: 1 }), 2, name],
  ),

  ['a capped collection', command({ create: 'capped', capped: true }), 2, 'capped'],
  ['a collection that is there', command({ create: 'things' }), 48, 'things'],
  ['dropping what is not there', command({ drop: 'nowhere' }), 26, 'ns'],
  ['listing indexes of nothing', command({ listIndexes: 'nowhere' }), 26, 'nowhere'],
  ['a collection without a name', command({ find: '' }), 73, "''"],
  ['a collection with $', command({ find: 'a$b' }), 73, 'a$b'],
  ['a system collection', command({ find: 'system.users' }), 73, 'system.users'],
  ['a collection by number', command({ find: 7 }), 14, 'find'],
  [
    'a write concern of 2',
    command({ insert: 'things', documents: [{}], writeConcern: { w: 2 } }),
    2,
    'write concern',
  ],
  [
    'a transaction',
    command({ find: 'things', autocommit: false, startTransaction: true }),
    263,
    'Transactions',
  ],
  [
    'ending a transaction',
    (db) => db.admin().command({ commitTransaction: 1 }),
    59,
    'commitTransaction',
  ],
];

function nested(depth: number): object {
  return depth === 0 ? {} : { a: nested(depth - 1) };
}

let store: EmbeddedStore;
let client: mongo.MongoClient;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'embedded-'));
  store = await startEmbeddedStore({ dataDir });
  client = await new mongoose.mongo.MongoClient(store.uri).connect();
});

afterAll(async () => {
  await client.close();
  await store.stop();
  await rm(dataDir, { recursive: true });
});

test.each(rows)(
  'GIVEN %s THEN it is refused, and nothing changes',
  async (...[, attempt, code, names]) => {
    const db = client.db();
    const things = db.collection('things');
    await things.deleteMany({});
    await things.insertOne({ _id: 1 as never, a: 1 });
    const error = await errorOf(attempt(db));
    expect(error.message).toContain(names);
    expect(error.code).toBe(code);
    expect(await things.find().toArray()).toEqual([{ _id: 1, a: 1 }]);
    expect(await things.indexes()).toHaveLength(1);
  },
);

test('GIVEN a document over 16 MiB THEN it is refused, also when it grows there', async () => {
  const { things } = await newCollection();
  const text = 'x'.repeat(16 * 1024 * 1024 - 100);
  await things.insertOne({ _id: 1 as never, text });
  const grown = things.updateOne({ _id: 1 as never }, { $set: { more: 'y'.repeat(200) } });
  expect(await errorOf(grown)).toMatchObject({ code: 10334 });
  const large = things.insertOne({ _id: 2 as never, text: `${text}${'z'.repeat(200)}` });
  expect(await errorOf(large)).toMatchObject({ code: 10334 });
  expect(await things.countDocuments({})).toBe(1);
});

test('GIVEN one bad statement of several THEN an update does none of them', async () => {
  const { db, things } = await newCollection();
  await things.insertOne({ _id: 1 as never });
  const updates = [
    { q: { _id: 1 }, u: { $set: { a: 1 } } },
    { q: { _id: 1 }, u: { $inc: { a: 1 } } },
  ];
  expect(await errorOf(db.command({ update: 'things', updates }))).toMatchObject({ code: 2 });
  expect(await things.findOne()).toEqual({ _id: 1 });
});

test('GIVEN a transaction by the driver THEN it is refused', async () => {
  const { client, things } = await newCollection();
  const session = client.startSession();
  session.startTransaction();
  expect(await errorOf(things.insertOne({ a: 1 }, { session }))).toMatchObject({ code: 263 });
  await session.endSession();
});
