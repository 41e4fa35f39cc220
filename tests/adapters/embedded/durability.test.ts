import { type FileHandle, open } from 'node:fs/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { errorOf, newCollection } from './fixture.ts';

type Step = 'datasync' | 'truncate' | 'sync' | 'write';

/** Puts something else in the place of one step of all open files, until the test ends. */
async function replaceStep(step: Step, by: (real: () => Promise<unknown>) => Promise<unknown>) {
  const file = await open('/dev/null', 'r');
  const prototype = Object.getPrototypeOf(file) as FileHandle;
  await file.close();
  const real = prototype[step] as (...args: unknown[]) => Promise<unknown>;
  const spy = vi.spyOn(prototype, step).mockImplementation(function (
    this: FileHandle,
    ...args: unknown[]
  ) {
    return by(() => real.apply(this, args)) as Promise<never>;
  } as never);
  onTestFinished(() => spy.mockRestore());
  return spy;
}

const broken = () => Promise.reject(new Error('EIO: i/o error'));

test('GIVEN a disk that takes its time THEN no write is answered before it is on it', async () => {
  const { things } = await newCollection();
  let release: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const spy = await replaceStep('datasync', (real) => gate.then(real));
  let answered = 0;
  const writes = ['a', 'b', 'c'].map(async (name) => {
    await things.insertOne({ name });
    answered++;
  });
  await vi.waitUntil(() => spy.mock.calls.length > 0);
  // Reads see it already, as with MongoDB's read concern "local".
  await vi.waitUntil(async () => (await things.countDocuments({})) === 3);
  expect(answered).toBe(0);
  release();
  await Promise.all(writes);
  expect(answered).toBe(3);
});

test('GIVEN a disk that fails for good THEN what is not on it is undone; reads go on, writes do not', async () => {
  const { store, things } = await newCollection();
  await things.createIndex({ name: 1 }, { unique: true });
  await things.insertMany([{ name: 'a', n: 1 }, { name: 'b' }]);
  const spy = await replaceStep('datasync', broken);
  const attempts = await Promise.all([
    errorOf(things.insertOne({ name: 'c' })),
    errorOf(things.deleteOne({ name: 'b' })),
    errorOf(things.updateOne({ name: 'a' }, { $set: { name: 'd' } })),
    errorOf(things.createIndex({ n: 1 })),
    errorOf(things.drop()),
  ]);
  for (const { code } of attempts) expect(code).toBe(1);
  spy.mockRestore();
  const all = async (of: typeof things) =>
    (await of.find().sort({ name: 1 }).toArray()).map((doc) => doc.name);
  // Taking the torn write back failed too: whatever is on disk, nothing more may follow it.
  const { message } = await errorOf(things.insertOne({ name: 'c' }));
  expect(message).toMatch(/The disk under .* has failed .* start the store again/);
  expect(await all(things)).toEqual(['a', 'b']);
  expect(await things.indexes()).toHaveLength(2);
  await expect(store.compact()).rejects.toThrow('has failed');
  await store.stop();
});

test('GIVEN a write that fails THEN what was written upon it meanwhile falls with it', async () => {
  const { store, things } = await newCollection();
  await things.createIndex({ name: 1 }, { unique: true });
  await things.insertOne({ _id: 1 as never, name: 'a' });
  let fail: () => void = () => {};
  const failing = new Promise((_, reject) => {
    fail = () => reject(new Error('EIO: i/o error'));
  });
  const steps = [() => failing];
  const spy = await replaceStep('datasync', (real) => (steps.shift() ?? real)());
  const first = errorOf(things.updateOne({ name: 'a' }, { $set: { name: 'b' } }));
  await vi.waitUntil(() => spy.mock.calls.length > 0);
  const second = errorOf(things.updateOne({ name: 'b' }, { $set: { name: 'c' } }));
  const third = errorOf(things.insertOne({ name: 'b' }));
  await vi.waitUntil(async () => (await things.countDocuments({})) === 2);
  await vi.waitUntil(async () => (await things.countDocuments({ name: 'c' })) === 1);
  fail();
  for (const error of [await first, await second, await third])
    expect(error).toMatchObject({
      code: 1,
      message: expect.stringContaining('nothing has changed'),
    });
  expect(await things.find().toArray()).toEqual([{ _id: 1, name: 'a' }]);
  await things.insertOne({ _id: 2 as never, name: 'b' });
  await store.stop();
  const again = await newCollection({ dataDir: store.dataDir });
  expect(await again.things.find().sort({ _id: 1 }).toArray()).toEqual([
    { _id: 1, name: 'a' },
    { _id: 2, name: 'b' },
  ]);
});

test('GIVEN a write that fails once THEN it is taken back, and the next one is kept', async () => {
  const { store, things } = await newCollection();
  await things.insertOne({ n: 1 });
  const spy = await replaceStep('write', broken);
  expect(await errorOf(things.insertOne({ n: 2 }))).toMatchObject({ code: 1 });
  spy.mockRestore();
  await things.insertOne({ n: 3 });
  await store.stop();
  const again = await newCollection({ dataDir: store.dataDir });
  const found = await again.things.find().sort({ n: 1 }).toArray();
  expect(found.map((doc) => doc.n)).toEqual([1, 3]);
});

test('GIVEN a compaction that fails THEN it is told, and the log that was there goes on', async () => {
  const { store, things } = await newCollection();
  await things.insertOne({ n: 1 });
  const spy = await replaceStep('sync', broken);
  await expect(store.compact()).rejects.toThrow('nothing has changed');
  spy.mockRestore();
  await things.insertOne({ n: 2 });
  await store.stop();
  const again = await newCollection({ dataDir: store.dataDir });
  expect(await again.things.countDocuments({})).toBe(2);
});
