import { createConnection, type Model, trusted } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectionOptions } from '../../../src/adapters/mongo/connection-options.ts';
import type { StoredRow } from '../../../src/adapters/mongo/row-codec.ts';
import { schemaOf } from '../../../src/adapters/mongo/schema.ts';
import { acrossTenants } from '../../../src/adapters/mongo/tenant-guard.ts';
import { startTestServer, type TestServer } from '../../contracts/store/server.ts';
import { signs, things } from '../../contracts/store/things.ts';

/** Uses Mongoose directly, without the store: this second line of defence has to hold by itself. */
describe('tenant guard and filters', () => {
  let server: TestServer;
  let rows: Model<StoredRow>;
  let global: Model<StoredRow>;
  let close: () => Promise<void>;

  const both = [
    { _id: 'a', partnership: 'p', version: 1, key: 'a', group: 'x' },
    { _id: 'b', partnership: 'p', version: 1, key: 'b', group: null },
  ];

  beforeAll(async () => {
    server = await startTestServer();
    const { uri } = server;
    const connection = createConnection(uri, connectionOptions(uri, server.database()));
    await connection.asPromise();
    rows = connection.model<StoredRow>('things', schemaOf(things));
    global = connection.model<StoredRow>('signs', schemaOf(signs));
    await rows.create(both);
    close = () => connection.close();
  });
  afterAll(async () => {
    await close?.();
    await server?.stop();
  });

  const foreign = { partnership: 'p', version: 1 };
  const own = { _id: 'a', partnership: 'p' };
  type Operation = Parameters<Model<StoredRow>['bulkWrite']>[0][number];
  const bulk = (...operations: unknown[]) =>
    rows.bulkWrite(operations as Operation[], { ordered: false, throwOnValidationError: true });
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
    [
      'create that is not validated',
      () => rows.create([{ _id: 'c', version: 1 }], { validateBeforeSave: false }),
    ],
    ['insertMany', () => rows.insertMany([{ _id: 'c', version: 1, key: 'c' }])],
    [
      'insertMany that is not validated',
      () => rows.insertMany([{ _id: 'c', version: 1, key: 'c' }], { lean: true }),
    ],
    ['insertOne in bulk', () => bulk({ insertOne: { document: { _id: 'c', version: 1 } } })],
    [
      'replaceOne in bulk',
      () => bulk({ replaceOne: { filter: { _id: 'a' }, replacement: { ...foreign, _id: 'a' } } }),
    ],
    [
      'replaceOne in bulk by a row without one',
      () =>
        bulk({
          replaceOne: {
            filter: { _id: 'a', partnership: 'p' },
            replacement: { _id: 'a', version: 1 },
          },
        }),
    ],
    ['deleteOne in bulk', () => bulk({ deleteOne: { filter: { _id: 'a' } } })],
    [
      'one of several in bulk',
      () =>
        bulk(
          { deleteOne: { filter: { _id: 'a', partnership: 'p' } } },
          { deleteOne: { filter: { _id: 'b' } } },
        ),
    ],
    [
      'replaceOne by a row without one',
      () => rows.replaceOne(own, { _id: 'a', version: 1, key: 'c' }),
    ],
    ['a cursor', () => rows.find({ key: 'a' }).cursor().next()],
    ['an empty partnership', () => rows.find({ partnership: '' })],
    ['no partnership', () => rows.find({ partnership: null })],
    ['any partnership', () => rows.find({ partnership: trusted({ $gt: '' }) })],
    ['some partnerships', () => rows.find({ partnership: trusted({ $in: ['p', 'q'] }) })],
    ['a partnership in a branch', () => rows.find({ $or: [{ partnership: 'p' }] })],
    ['the sweep’s pass on another question', () => acrossTenants(rows.find({ key: 'a' }))],
    [
      'the sweep’s pass on whole rows',
      () => acrossTenants(rows.find({ nextRunAt: trusted({ $lte: new Date() }) })),
    ],
    [
      'the sweep’s pass on another field',
      () => acrossTenants(rows.find({ nextRunAt: trusted({ $lte: new Date() }) }, { body: 1 })),
    ],
    [
      'the pass of a bulk on another field',
      () => acrossTenants(rows.find({ _id: 'a' }, { writeId: 1, group: 1 })),
    ],
    [
      'the sweep’s pass on a delete',
      () => acrossTenants(rows.deleteMany({ nextRunAt: trusted({ $lte: new Date() }) })),
    ],
  ])('refuses %s without a partnership', async (_, query) => {
    await expect(query()).rejects.toThrow('without a partnership');
    expect(await rows.find({ partnership: 'p' }).sort({ _id: 1 }).lean()).toMatchObject(both);
  });

  it('refuses to replace a row by one of another partnership, or to move it there', async () => {
    const theirs = { _id: 'a', partnership: 'q', version: 2, key: 'a' };
    const replaceOne = { filter: { _id: 'a', partnership: 'p' }, replacement: theirs };
    const refusal = 'by one of another partnership';
    await expect(rows.replaceOne(own, theirs)).rejects.toThrow(refusal);
    await expect(rows.findOneAndReplace(own, theirs)).rejects.toThrow(refusal);
    await expect(bulk({ replaceOne })).rejects.toThrow(refusal);
    // Mongoose leaves out a field that is immutable.
    await rows.updateOne(own, { $set: { partnership: 'q' } });
    expect(await rows.find({ partnership: 'p' }).sort({ _id: 1 }).lean()).toMatchObject(both);
  });

  it.each<[string, object]>([
    ['an operator', { version: { $ne: null } }],
    ['an operator that is marked as trusted', { version: trusted({ $gt: 0 }) }],
    ['an operator for an id', { _id: { $gt: '' } }],
    ['a list', { key: ['a', 'b'] }],
    ['an expression', { $where: 'true' }],
    ['an unknown field', { nobody: 'knows' }],
    ['a number for a text', { group: 7 }],
  ])('refuses %s in a filter in bulk', async (_, hostile) => {
    const filter = { partnership: 'p', ...hostile };
    await expect(bulk({ deleteOne: { filter } })).rejects.toThrow();
    await expect(
      bulk({ replaceOne: { filter, replacement: { ...both[0], key: 'c' } } }),
    ).rejects.toThrow();
    expect(await rows.find({ partnership: 'p' }).sort({ _id: 1 }).lean()).toMatchObject(both);
  });

  it('refuses invalid rows and other operations in bulk, and a bulk that would not report them', async () => {
    const replacement = { _id: 'a', partnership: 'p', version: 0.5, key: 'c' };
    await expect(bulk({ replaceOne: { filter: own, replacement } })).rejects.toThrow();
    const updateOne = { filter: own, update: { $set: { group: 'y' } } };
    await expect(bulk({ updateOne })).rejects.toThrow('does not take updateOne');
    const deleteOne = { filter: own };
    await expect(rows.bulkWrite([{ deleteOne }], { ordered: false })).rejects.toThrow(
      'throwOnValidationError',
    );
    const sign = { deleteOne: { filter: { text: { $ne: null } } } } as unknown as Operation;
    await expect(global.bulkWrite([sign])).rejects.toThrow('filter of bulkWrite');
    expect(await rows.find({ partnership: 'p' }).sort({ _id: 1 }).lean()).toMatchObject(both);
  });

  it('validates a replacement', async () => {
    const replace = (more: object) =>
      rows.replaceOne(own, { ...both[0], ...more }, { runValidators: true });
    for (const more of [{ rank: 0.5 }, { rank: '1' }, { extra: 1 }, { version: null }]) {
      await expect(replace(more)).rejects.toThrow();
    }
  });

  it('allows operations in bulk that name their partnership', async () => {
    const document = { _id: 'd', partnership: 'q', version: 1, key: 'd' };
    const filter = { _id: 'd', partnership: 'q', version: 1 };
    await bulk({ insertOne: { document } });
    const replaced = await bulk(
      { replaceOne: { filter, replacement: { ...document, version: 2 } } },
      { replaceOne: { filter, replacement: { ...document, version: 3 } } },
    );
    expect(replaced.matchedCount).toBe(1);
    const deleted = await bulk({ deleteOne: { filter: { ...filter, version: 2 } } });
    expect(deleted.deletedCount).toBe(1);
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
    const due = { nextRunAt: trusted({ $lte: new Date() }) };
    expect(await acrossTenants(rows.find(due, { partnership: 1, claim: 1 }))).toEqual([]);
    const saved = rows.find({ _id: trusted({ $in: ['a', 'b'] }) }, { writeId: 1 });
    expect(await acrossTenants(saved.lean())).toHaveLength(2);
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
