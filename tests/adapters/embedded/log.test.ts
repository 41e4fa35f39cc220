import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Log } from '../../../src/adapters/embedded/disk/log.ts';
import { startEmbeddedStore } from '../../../src/adapters/embedded/server.ts';
import { connect, errorOf, newCollection, newFolder, newStore } from './fixture.ts';
import { end, serveWithin } from './process.ts';

const entry = (text: string) => {
  const body = Buffer.from(`    ${text}\0`);
  body.writeInt32LE(body.length);
  return body;
};

/** Opens a log, and tells what it held. */
async function openLog(path: string) {
  const held: string[] = [];
  const notices: string[] = [];
  const log = await Log.open(path, {
    restore: (bytes) => held.push(bytes.toString('utf8', 4, bytes.length - 1)),
    snapshot: () => held.map(entry),
    onNotice: (sentence) => notices.push(sentence),
  });
  return { log, held, notices };
}

/** A log with three entries, each in a frame of its own; where the last frame begins. */
async function newLog() {
  const path = join(await newFolder(), 'store.log');
  const { log } = await openLog(path);
  const ends = [log.size];
  for (const text of ['one', 'two', 'three']) {
    log.append(entry(text), () => {});
    await log.commit();
    ends.push(log.size);
  }
  await log.close();
  return { path, bytes: await readFile(path), ends: ends as [number, number, number, number] };
}

test('GIVEN a log cut off at any byte of its last entry THEN the others are there, and it goes on', async () => {
  const { path, bytes, ends } = await newLog();
  for (let length = ends[2]; length < bytes.length; length++) {
    await writeFile(path, bytes.subarray(0, length));
    const { log, held, notices } = await openLog(path);
    expect(held).toEqual(['one', 'two']);
    expect(log.size).toBe(ends[2]);
    expect(notices).toHaveLength(length === ends[2] ? 0 : 1);
    log.append(entry('four'), () => {});
    await log.close();
    const again = await openLog(path);
    expect(again.held).toEqual(['one', 'two', 'four']);
    await again.log.close();
  }
});

test('GIVEN any byte of the last entry damaged THEN it is cut off, and a notice says so', async () => {
  const { path, bytes, ends } = await newLog();
  for (let at = ends[2]; at < bytes.length; at++) {
    const damaged = Buffer.from(bytes);
    damaged[at]! ^= 0xff;
    await writeFile(path, damaged);
    const { log, held, notices } = await openLog(path);
    await log.close();
    expect(held).toEqual(['one', 'two']);
    expect(notices.join()).toContain(`${bytes.length - ends[2]} bytes`);
  }
});

test('GIVEN any byte before the last entry damaged THEN it is refused, and nothing is changed', async () => {
  const { path, bytes, ends } = await newLog();
  for (let at = 0; at < ends[2]; at++) {
    const damaged = Buffer.from(bytes);
    damaged[at]! ^= 0xff;
    await writeFile(path, damaged);
    const { message } = await errorOf(openLog(path));
    expect(message).toContain(path);
    expect(message).toContain('from a backup');
    const frame = at < ends[1] ? ends[0] : ends[1];
    if (at >= ends[0]) expect(message).toContain(`at byte ${frame} of ${bytes.length}`);
    expect(await readFile(path)).toEqual(damaged);
  }
});

test('GIVEN a compacted log that is shorter than it was THEN it is refused: that is no torn write', async () => {
  const { path } = await newLog();
  const { log } = await openLog(path);
  await log.compact();
  await log.close();
  const bytes = await readFile(path);
  await writeFile(path, bytes.subarray(0, bytes.length - 1));
  await expect(openLog(path)).rejects.toThrow('damaged at byte');
});

test('GIVEN another file in its place THEN it is refused', async () => {
  const path = join(await newFolder(), 'store.log');
  for (const text of ['', 'something else entirely, and long enough to be a header']) {
    await writeFile(path, text);
    await expect(openLog(path)).rejects.toThrow('does not begin as a log');
  }
});

test('GIVEN a text that looks like a frame THEN it is not taken for one', async () => {
  const { path, bytes, ends } = await newLog();
  const other = join(await newFolder(), 'store.log');
  const { log } = await openLog(other);
  log.append(entry(bytes.toString('latin1', ends[0], ends[1])), () => {});
  await log.close();
  const whole = await readFile(other);
  await writeFile(other, whole.subarray(0, whole.length - 1));
  const { log: cut, held } = await openLog(other);
  await cut.close();
  expect(held).toEqual([]);
  expect(path).not.toBe(other);
});

test('GIVEN writes at the same time THEN they share an fdatasync', async () => {
  const { store, things } = await newCollection();
  await Promise.all(Array.from({ length: 200 }, (_, n) => things.insertOne({ n })));
  await store.stop();
  const bytes = await readFile(join(store.dataDir, 'store.log'));
  const salt = bytes.subarray(8, 16);
  let frames = -1;
  for (let at = bytes.indexOf(salt); at !== -1; at = bytes.indexOf(salt, at + 1)) frames++;
  expect(frames).toBeGreaterThan(0);
  expect(frames).toBeLessThan(150);
});

test('GIVEN compaction THEN what was erased is on disk no more, and all else is', async () => {
  const { store, things } = await newCollection();
  await things.createIndex({ name: 1 }, { unique: true });
  await things.insertMany([{ name: 'Jane Secret' }, { name: 'Riverside' }, { name: 'old' }]);
  await things.deleteOne({ name: 'Jane Secret' });
  await things.updateOne({ name: 'old' }, { $set: { name: 'new' } });
  const path = join(store.dataDir, 'store.log');
  expect((await readFile(path)).includes('Jane Secret')).toBe(true);
  await store.compact();
  expect((await readFile(path)).includes('Jane Secret')).toBe(false);
  expect((await readdir(store.dataDir)).filter((name) => name.endsWith('.next'))).toEqual([]);
  await things.insertOne({ name: 'after' });
  await store.stop();
  const again = await newCollection({ dataDir: store.dataDir });
  const names = (await again.things.find().sort({ name: 1 }).toArray()).map((doc) => doc.name);
  expect(names).toEqual(['Riverside', 'after', 'new']);
  expect(await errorOf(again.things.insertOne({ name: 'new' }))).toMatchObject({ code: 11000 });
});

test('GIVEN compaction under load, several times THEN no write is lost', async () => {
  const { store, things } = await newCollection();
  await things.createIndex({ key: 1 }, { unique: true });
  const work = Array.from({ length: 8 }, async (_, worker) => {
    for (let n = 0; n < 40; n++) {
      await things.insertOne({ _id: `${worker}.${n}` as never, key: `${worker}` });
      await things.updateOne(
        { _id: `${worker}.${n}` as never },
        { $set: { key: `${worker}.${n}` } },
      );
      if (n % 2) await things.deleteOne({ _id: `${worker}.${n}` as never });
    }
  });
  const compactions = (async () => {
    for (let n = 0; n < 10; n++) await store.compact();
  })();
  await Promise.all([...work, compactions]);
  const before = await things.find().sort({ _id: 1 }).toArray();
  await store.stop();
  const again = await newCollection({ dataDir: store.dataDir });
  expect(before).toHaveLength(8 * 20);
  expect(await again.things.find().sort({ _id: 1 }).toArray()).toEqual(before);
});

test('GIVEN a log of mostly garbage THEN it is compacted at the start', async () => {
  const { store, things } = await newCollection();
  const text = 'x'.repeat(100_000);
  for (let n = 0; n < 15; n++) await things.replaceOne({ _id: 1 as never }, { text, n });
  await things.insertOne({ _id: 1 as never, text });
  for (let n = 0; n < 15; n++) await things.replaceOne({ _id: 1 as never }, { text, n });
  await store.stop();
  const path = join(store.dataDir, 'store.log');
  expect((await readFile(path)).length).toBeGreaterThan(1_500_000);
  const again = await newCollection({ dataDir: store.dataDir });
  expect((await readFile(path)).length).toBeLessThan(150_000);
  expect(await again.things.findOne()).toMatchObject({ n: 14 });
});

test('GIVEN a log that grows by garbage while it runs THEN it compacts itself', async () => {
  const path = join(await newFolder(), 'store.log');
  const { log } = await openLog(path);
  for (let n = 0; n < 5; n++) {
    log.append(entry('x'.repeat(10_000_000)), () => {});
    await log.commit();
  }
  await log.close();
  expect((await readFile(path)).length).toBeLessThan(20_000_000);
});

test('GIVEN what a killed compaction left THEN it is ignored and taken away', async () => {
  const { store, things } = await newCollection();
  await things.insertOne({ n: 1 });
  await store.stop();
  const next = join(store.dataDir, 'store.log.next');
  await writeFile(next, (await readFile(join(store.dataDir, 'store.log'))).subarray(0, 40));
  const again = await newCollection({ dataDir: store.dataDir });
  expect(await again.things.countDocuments({})).toBe(1);
  expect(await readdir(store.dataDir)).not.toContain('store.log.next');
});

test('GIVEN a disk that is full THEN writes fail, all is as it was, and smaller ones go on', async () => {
  const folder = await newFolder();
  const { child, uri } = await serveWithin(200, '--data', folder);
  const client = await connect(uri ?? '');
  const things = client.db().collection('things');
  await things.createIndex({ key: 1 }, { unique: true });
  await things.insertOne({ _id: 1 as never, key: 'a', text: 'x'.repeat(100_000) });
  const large = 'y'.repeat(300_000);
  const attempts = await Promise.allSettled([
    things.insertOne({ _id: 2 as never, key: 'b', large }),
    things.insertMany([{ key: 'c' }, { key: 'd', large }]),
    things.updateOne({ _id: 1 as never }, { $set: { key: 'e', large } }),
    client.db().collection('others').insertOne({ large }),
  ]);
  for (const attempt of attempts)
    expect(attempt).toMatchObject({ status: 'rejected', reason: { code: 14031 } });
  expect(await things.find({}, { projection: { key: 1 } }).toArray()).toEqual([
    { _id: 1, key: 'a' },
  ]);
  expect(await things.countDocuments({ key: { $in: ['b', 'c', 'd', 'e'] } })).toBe(0);
  expect(await client.db().listCollections().toArray()).toHaveLength(1);
  await things.insertMany(['b', 'c', 'd', 'e'].map((key) => ({ key })));
  await end(child, 'SIGKILL');
  const again = await newCollection({ dataDir: folder });
  expect(await again.things.countDocuments({})).toBe(5);
});

test('GIVEN a damaged log THEN the store does not start, says why, and lets go of the folder', async () => {
  const { store, things } = await newCollection();
  await things.insertOne({ n: 1 });
  await things.insertOne({ n: 2 });
  await store.stop();
  const path = join(store.dataDir, 'store.log');
  const bytes = await readFile(path);
  const damaged = Buffer.from(bytes);
  damaged[40]! ^= 1;
  await writeFile(path, damaged);
  await expect(startEmbeddedStore({ dataDir: store.dataDir })).rejects.toThrow('damaged at byte');
  await writeFile(path, bytes);
  await newStore({ dataDir: store.dataDir });
});
