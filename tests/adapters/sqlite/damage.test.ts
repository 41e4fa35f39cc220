import { open, rename, stat } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import { DatabaseSync } from '../../../src/adapters/sqlite/binding.ts';
import { databaseFile } from '../../../src/adapters/sqlite/data-folder.ts';
import type { OpenStore } from '../../../src/adapters/sqlite/open.ts';
import { StoreError } from '../../../src/core/ports/store.ts';
import { thing, things } from '../../contracts/store/things.ts';
import { openQuickly } from '../../fixtures/store.ts';
import { scratchFolder } from './folder.ts';

const COUNT = 200;
const ids = Array.from({ length: COUNT }, (_, index) => `thing-${String(index).padStart(3, '0')}`);

/** A folder with a store of things, closed. */
async function filledFolder(): Promise<string> {
  const folder = await scratchFolder();
  const { stores, close } = await openQuickly(folder, [things]);
  const rows = ids.map((id) => thing({ id, body: 'x'.repeat(2_000) }));
  await stores.forPartnership('p').of(things).insertAll(rows);
  await close();
  return folder;
}

async function reopen(folder: string): Promise<OpenStore> {
  const store = await openQuickly(folder, [things]);
  onTestFinished(store.close);
  return store;
}

const rowsOf = ({ stores }: OpenStore) => stores.forPartnership('p').of(things);
const damaged = expect.objectContaining({ name: 'StoreError', trouble: 'damaged' });

it('says that the database is damaged when a read finds it, and is not ready from then on', async () => {
  const folder = await filledFolder();
  const file = await open(databaseFile(folder), 'r+');
  const { size } = await file.stat();
  // The pages of the rows; the first ones have the schema.
  const noise = Buffer.alloc(size / 2, 0xa5);
  await file.write(noise, 0, noise.length, size / 2);
  await file.close();
  const store = await reopen(folder);
  await store.ping();
  const reads = await Promise.allSettled(ids.map((id) => rowsOf(store).get(id)));
  const reasons = reads.flatMap((read) => (read.status === 'rejected' ? [read.reason] : []));
  expect(reasons.length).toBeGreaterThan(0);
  for (const reason of reasons) expect(reason).toEqual(damaged);
  await expect(store.ping()).rejects.toEqual(damaged);
});

it('takes a row whose fields cannot be read for damage', async () => {
  const folder = await filledFolder();
  const database = new DatabaseSync(databaseFile(folder));
  database.exec(`UPDATE things SET fields = '{"key":"thi' WHERE id = '${ids[3]}'`);
  database.close();
  const store = await reopen(folder);
  expect(await rowsOf(store).get(ids[2] ?? '')).toBeDefined();
  await expect(rowsOf(store).get(ids[3] ?? '')).rejects.toEqual(damaged);
  await expect(store.ping()).rejects.toEqual(damaged);
});

it('notes nothing in a database whose file is gone, and goes on when it is back', async () => {
  const folder = await filledFolder();
  const store = await reopen(folder);
  const file = databaseFile(folder);
  await rename(file, `${file}.away`);
  const refused = await rowsOf(store)
    .insert(thing({ id: 'lost' }))
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(StoreError);
  expect(refused).toMatchObject({ message: expect.stringContaining('no longer there') });
  await rename(`${file}.away`, file);
  expect((await stat(file)).size).toBeGreaterThan(0);
  await rowsOf(store).insert(thing({ id: 'kept' }));
  expect(await rowsOf(store).get('lost')).toBeUndefined();
  await store.ping();
});
