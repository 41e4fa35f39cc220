import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backUp, inspectLog, restore } from '../../../src/adapters/embedded/backup.ts';
import { startEmbeddedStore } from '../../../src/adapters/embedded/server.ts';
import { newCollection, newFolder } from './fixture.ts';

test('GIVEN backups under load, while the log is compacted THEN nothing acknowledged before each began is missing', async () => {
  const { store, things } = await newCollection();
  const acknowledged = new Map<string, number>();
  let isOver = false;
  const sides = Array.from({ length: 8 }, async (_, side) => {
    for (let n = 0; !isOver; n++) {
      const _id = `${side}.${n}`;
      await things.insertOne({ _id: _id as never, version: 1, text: 'x'.repeat(n % 300) });
      acknowledged.set(_id, 1);
      await things.updateOne({ _id: _id as never }, { $set: { version: 2 } });
      acknowledged.set(_id, 2);
    }
  });
  const compactions = (async () => {
    while (!isOver) await store.compact();
  })();
  const folder = await newFolder();
  const made: { file: string; before: Map<string, number> }[] = [];
  for (let n = 0; n < 12; n++) {
    const target = acknowledged.size + 50;
    while (acknowledged.size < target) await new Promise(setImmediate);
    const file = join(folder, `backup-${n}.log`);
    const before = new Map(acknowledged);
    await backUp(store.dataDir, file);
    made.push({ file, before });
  }
  isOver = true;
  await Promise.all([...sides, compactions]);

  for (const { file, before } of made) {
    const dataDir = join(await newFolder(), 'restored');
    await restore(file, dataDir);
    const again = await newCollection({ dataDir });
    const kept = new Map(
      (await again.things.find().toArray()).map((doc) => [String(doc._id), doc.version as number]),
    );
    const missing = [...before].filter(([id, version]) => (kept.get(id) ?? 0) < version);
    expect(missing).toEqual([]);
    await again.client.close();
    await again.store.stop();
  }
});

test('GIVEN a backup THEN it and the restored store are for their owner alone, and nothing else is left behind', async () => {
  const { store, things } = await newCollection();
  await things.insertOne({ n: 1 });
  const folder = join(await newFolder(), 'backups');
  const file = join(folder, 'one.log');
  expect(await backUp(store.dataDir, file)).toEqual(inspectLog(file));
  expect(await readdir(folder)).toEqual(['one.log']);
  const dataDir = join(await newFolder(), 'data');
  expect(await restore(file, dataDir)).toEqual({ documents: 1, bytes: (await stat(file)).size });
  expect(await readdir(dataDir)).toEqual(['store.log']);
  const modes = [folder, file, dataDir, join(dataDir, 'store.log')].map(
    async (path) => (await stat(path)).mode & 0o777,
  );
  expect(await Promise.all(modes)).toEqual([0o700, 0o600, 0o700, 0o600]);
});

test('GIVEN a folder that holds anything THEN nothing is restored there, and it says what to do', async () => {
  const { store } = await newCollection();
  const file = join(await newFolder(), 'one.log');
  await backUp(store.dataDir, file);
  const folder = await newFolder();
  await writeFile(join(folder, 'store.log'), 'what was there');
  await expect(restore(file, folder)).rejects.toThrow(/not empty.*move the folder away/);
  expect(await readFile(join(folder, 'store.log'), 'utf8')).toBe('what was there');
  await expect(restore(file, store.dataDir)).rejects.toThrow('Stop Convenor');
});

test.each([
  ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 5)],
  ['damaged', (bytes: Buffer) => bytes.fill(7, 60, 64)],
  ['something else', () => Buffer.from('something else entirely, and long enough for a header')],
])('GIVEN a backup that is %s THEN it is not restored, and no folder is made', async (_, spoil) => {
  const { store, things } = await newCollection();
  await things.insertMany([{ n: 1 }, { n: 2 }]);
  await store.compact();
  const file = join(await newFolder(), 'one.log');
  await backUp(store.dataDir, file);
  await writeFile(file, spoil(await readFile(file)));
  const parent = await newFolder();
  await expect(restore(file, join(parent, 'data'))).rejects.toThrow(/was not restored/);
  expect(await readdir(parent)).toEqual([]);
});

test('GIVEN a store whose last write was torn THEN the backup ends before it', async () => {
  const { store, things } = await newCollection();
  await things.insertOne({ n: 1 });
  await store.stop();
  const log = join(store.dataDir, 'store.log');
  const bytes = await readFile(log);
  await writeFile(log, Buffer.concat([bytes, bytes.subarray(8, 30)]));
  const file = join(await newFolder(), 'one.log');
  await backUp(store.dataDir, file);
  expect(await readFile(file)).toEqual(bytes);
});

test('GIVEN no store, or one that is damaged THEN no backup is made of it, and the last one stays', async () => {
  const folder = await newFolder();
  const file = join(folder, 'one.log');
  await writeFile(file, 'the last one');
  await expect(backUp(await newFolder(), file)).rejects.toThrow('No backup was made');
  const { store, things } = await newCollection();
  await things.insertMany([{ n: 1 }]);
  await things.insertMany([{ n: 2 }]);
  await store.stop();
  const log = join(store.dataDir, 'store.log');
  await writeFile(log, (await readFile(log)).fill(7, 60, 64));
  await expect(backUp(store.dataDir, file)).rejects.toThrow(/No backup was made.*damaged/);
  await expect(startEmbeddedStore({ dataDir: store.dataDir })).rejects.toThrow('damaged');
  expect(await readdir(folder)).toEqual(['one.log']);
  expect(await readFile(file, 'utf8')).toBe('the last one');
});
