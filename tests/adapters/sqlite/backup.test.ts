import { open, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backUp, inspectBackup, restore } from '../../../src/adapters/sqlite/backup.ts';
import { openStore } from '../../../src/adapters/sqlite/open.ts';
import { thing, things } from '../../contracts/store/things.ts';
import { scratchFolder } from './folder.ts';

async function backedUp(count: number) {
  const folder = await scratchFolder();
  const store = await openStore({ dataDir: join(folder, 'data'), shapes: [things] });
  const rows = store.stores.forPartnership('p').of(things);
  await rows.insertAll(Array.from({ length: count }, (_, index) => thing({ id: `row-${index}` })));
  const file = join(folder, 'backup.db');
  const facts = await backUp(join(folder, 'data'), file);
  await store.close();
  return { folder, file, facts };
}

it('restores what was backed up while the store was open', async () => {
  const { folder, file, facts } = await backedUp(300);
  expect(facts.rows).toBe(300);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await restore(file, join(folder, 'new'))).toEqual(facts);
  const store = await openStore({ dataDir: join(folder, 'new'), shapes: [things] });
  expect(await store.stores.forPartnership('p').of(things).count({ index: 'byId' })).toBe(300);
  await store.close();
});

it('holds all that was acknowledged before a backup under load', async () => {
  const folder = await scratchFolder();
  const store = await openStore({ dataDir: join(folder, 'data'), shapes: [things] });
  const rows = store.stores.forPartnership('p').of(things);
  const acknowledged: string[] = [];
  let isOver = false;
  const writing = Array.from({ length: 12 }, async () => {
    while (!isOver) acknowledged.push((await rows.insert(thing())).id);
  });
  for (let round = 0; round < 4; round++) {
    const file = join(folder, `backup-${round}.db`);
    const before = [...acknowledged];
    await backUp(join(folder, 'data'), file);
    await restore(file, join(folder, `restored-${round}`));
    const restored = await openStore({
      dataDir: join(folder, `restored-${round}`),
      shapes: [things],
    });
    const there = restored.stores.forPartnership('p').of(things);
    const missing = [];
    for (const id of before) if (!(await there.get(id))) missing.push(id);
    expect(missing).toEqual([]);
    await restored.close();
  }
  isOver = true;
  await Promise.all(writing);
  await store.close();
});

it.each([10, 50, 90])('refuses a backup that was cut at %d %%', async (percent) => {
  const { folder, file, facts } = await backedUp(500);
  await truncate(file, Math.floor((facts.bytes * percent) / 100));
  await expect(restore(file, join(folder, 'new'))).rejects.toThrow(
    `had ${facts.bytes} when it was made`,
  );
  await expect(stat(join(folder, 'new'))).rejects.toThrow('ENOENT');
});

it('refuses a backup with one byte changed, whichever', async () => {
  const { file, facts } = await backedUp(200);
  await fc.assert(
    fc.asyncProperty(fc.nat(facts.bytes - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const handle = await open(file, 'r+');
      const byte = Buffer.alloc(1);
      await handle.read(byte, 0, 1, at);
      const was = Buffer.from(byte);
      byte[0] = (byte[0] as number) ^ by;
      await handle.write(byte, 0, 1, at);
      await expect(inspectBackup(file)).rejects.toThrow('it has been altered since it was made');
      await handle.write(was, 0, 1, at);
      await handle.close();
    }),
    { numRuns: 20 },
  );
  expect(await inspectBackup(file)).toEqual(facts);
});

it('refuses what is no backup, and a folder that is not empty', async () => {
  const { folder, file } = await backedUp(1);
  const stranger = join(folder, 'stranger.db');
  await writeFile(stranger, 'no database');
  await expect(inspectBackup(stranger)).rejects.toThrow('stranger.db.sha256 is missing');
  await expect(restore(file, join(folder, 'data'))).rejects.toThrow('is not empty');
  await expect(backUp(join(folder, 'nowhere'), file)).rejects.toThrow('No backup was made');
  expect(await readdir(folder)).not.toContain('backup.db.part');
  expect(await readFile(stranger, 'utf8')).toBe('no database');
});
