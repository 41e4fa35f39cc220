import { createConnection, type Model, trusted } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectionOptions } from '../../../src/adapters/mongo/connection-options.ts';
import { schemaOf } from '../../../src/adapters/mongo/schema.ts';
import type { Stored } from '../../../src/adapters/mongo/stored.ts';
import { acrossTenants } from '../../../src/adapters/mongo/tenant-guard.ts';
import { startTestServer, type TestServer } from '../../contracts/store/server.ts';
import { signs, things } from '../../contracts/store/things.ts';

/** Uses Mongoose directly, without the store: this second line of defence has to hold by itself. */
describe('tenant guard and filters', () => {
  let server: TestServer;
  let rows: Model<Stored>;
  let global: Model<Stored>;
  let close: () => Promise<void>;

  beforeAll(async () => {
    server = await startTestServer();
    const { uri } = server;
    const connection = createConnection(uri, connectionOptions(uri, server.database()));
    await connection.asPromise();
    rows = connection.model<Stored>('things', schemaOf(things));
    global = connection.model<Stored>('signs', schemaOf(signs));
    await rows.create([
      { _id: 'a', partnership: 'p', version: 1, key: 'a', group: 'x' },
      { _id: 'b', partnership: 'p', version: 1, key: 'b', group: null },
    ]);
    close = () => connection.close();
  });
  afterAll(async () => {
    await close?.();
    await server?.stop();
  });

  const foreign = { partnership: 'p', version: 1 };
  it.each<[string, () => PromiseLike<unknown>]>([
    ['find', () => rows.find({ key: 'a' })],
    ['find of everything', () => rows.find()],
    ['findOne', () => rows.findOne({ _id: 'a' })],
    ['findById', () => rows.findById('a')],
    ['exists', () => rows.exists({ key: 'a' })],
    ['countDocuments', () => rows.countDocuments({ key: 'a' })],
    ['estimatedDocumentCount', () => rows.estimatedDocumentCount()],
    ['distinct', () => rows.distinct('key', { group: 'x' })],
    ['updateOne', () => rows.updateOne({ _id: 'a' }, { $set: { group: 'y' } })],
    ['updateMany', () => rows.updateMany({}, { $set: { group: 'y' } })],
    ['replaceOne', () => rows.replaceOne({ _id: 'a' }, { ...foreign, key: 'c' })],
    ['deleteOne', () => rows.deleteOne({ _id: 'a' })],
    ['deleteMany', () => rows.deleteMany({})],
    ['findOneAndUpdate', () => rows.findOneAndUpdate({ _id: 'a' }, { $set: { group: 'y' } })],
    ['findOneAndReplace', () => rows.findOneAndReplace({ _id: 'a' }, { ...foreign, key: 'c' })],
    ['findOneAndDelete', () => rows.findOneAndDelete({ _id: 'a' })],
    ['aggregate', () => rows.aggregate([{ $match: { key: 'a' } }])],
    ['aggregate of everything', () => rows.aggregate([])],
    ['aggregate with a late match', () => rows.aggregate([{ $limit: 1 }, { $match: foreign }])],
    ['bulkWrite', () => rows.bulkWrite([{ deleteOne: { filter: { _id: 'a' } } }])],
    ['a cursor', () => rows.find({ key: 'a' }).cursor().next()],
    ['an empty partnership', () => rows.find({ partnership: '' })],
    ['no partnership', () => rows.find({ partnership: null })],
    ['any partnership', () => rows.find({ partnership: trusted({ $gt: '' }) })],
    ['some partnerships', () => rows.find({ partnership: trusted({ $in: ['p', 'q'] }) })],
    ['a partnership in a branch', () => rows.find({ $or: [{ partnership: 'p' }] })],
    ['the sweep’s pass on another question', () => acrossTenants(rows.find({ key: 'a' }))],
    [
      'the sweep’s pass on a delete',
      () => acrossTenants(rows.deleteMany({ nextRunAt: trusted({ $lte: new Date() }) })),
    ],
  ])('refuses %s without a partnership', async (_, query) => {
    await expect(query()).rejects.toThrow('without a partnership');
  });

  it('refuses to save a document that was read, and to insert one without a partnership', async () => {
    const read = await rows.findOne({ _id: 'a', partnership: 'p' });
    await expect(read?.set({ group: 'y' }).save()).rejects.toThrow('without a partnership');
    await expect(rows.create([{ _id: 'c', version: 1, key: 'c' }])).rejects.toThrow('partnership');
    await expect(rows.insertMany([{ _id: 'c', version: 1 }])).rejects.toThrow('partnership');
  });

  it('allows queries with a partnership, the sweep, and global collections', async () => {
    expect(await rows.find({ partnership: 'p' }).lean()).toHaveLength(2);
    expect(await rows.countDocuments({ partnership: 'q' })).toBe(0);
    const sweep = rows.find({ nextRunAt: trusted({ $lte: new Date() }) });
    expect(await acrossTenants(sweep)).toEqual([]);
    expect(await global.find({ text: 'x' })).toEqual([]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['an operator', { group: { $ne: null } }],
    ['an operator in equality’s clothes', { group: { $eq: { $ne: null } } }],
    ['an operator for an id', { _id: { $gt: '' } }],
    ['an expression', { $where: 'true' }],
    ['a server-side expression', { $expr: true }],
    ['an unknown field', { nobody: 'knows' }],
    ['a number for a text', { group: 7 }],
    ['a list for a text', { group: ['x', null] }],
  ])('refuses %s as a value', async (_, hostile) => {
    await expect(rows.find({ partnership: 'p', ...hostile }).lean()).rejects.toThrow();
    await expect(rows.deleteOne({ partnership: 'p', ...hostile })).rejects.toThrow();
    expect(await rows.countDocuments({ partnership: 'p' })).toBe(2);
  });

  it('refuses undeclared fields, and values of another type', async () => {
    const write = (more: object) => rows.create([{ _id: 'c', ...foreign, ...more }]);
    for (const more of [{ extra: 1 }, { rank: '1' }, { rank: 0.5 }, { done: 1 }, { at: 'now' }]) {
      await expect(write(more)).rejects.toThrow();
    }
    await expect(write({ tags: [{ $ne: 1 }] })).rejects.toThrow();
  });
});
