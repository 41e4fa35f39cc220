import { appendFile, chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Tombstone } from '../../src/core/ports/erasure-records.ts';
import {
  addTombstones,
  openErasureRecords,
  readTombstones,
  tombstoneFile,
  tombstonesOfBackup,
} from '../../src/process/erasure-records.ts';

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'convenor-records-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const tombstone = (id: string): Tombstone => ({
  id,
  partnership: 'p',
  day: '2026-11-18',
  keyId: 'k',
  name: ['a', 'b'],
  texts: [],
  member: null,
  places: [{ collection: 'contacts', id: 'c1', field: 'note' }],
});

const modeOf = async (file: string) => (await stat(file)).mode & 0o777;

it('the key is made once, and others cannot read it', async () => {
  const dataDir = join(await newFolder(), 'data');
  const [one, other] = await Promise.all([
    openErasureRecords({ dataDir }),
    openErasureRecords({ dataDir }),
  ]);
  expect(one.hash('jane')).toBe(other.hash('jane'));
  expect(one.hash('jane')).not.toBe(one.hash('joan'));
  const elsewhere = await openErasureRecords({ dataDir: await newFolder() });
  expect(elsewhere.hash('jane')).not.toBe(one.hash('jane'));
  expect(elsewhere.keyId).not.toBe(one.keyId);
  expect(await modeOf(join(dataDir, 'erased.key'))).toBe(0o600);
  expect(await modeOf(dataDir)).toBe(0o700);
});

it('a damaged key is a sentence with the remedy', async () => {
  const dataDir = await newFolder();
  await writeFile(join(dataDir, 'erased.key'), 'abc');
  await expect(openErasureRecords({ dataDir })).rejects.toThrow(
    /erased\.key is damaged\. Put it back/,
  );
});

it('a tombstone is beside the store and beside each backup', async () => {
  const [dataDir, backupDir] = [await newFolder(), await newFolder()];
  const backup = join(backupDir, 'convenor-20261118T023000Z.db');
  await writeFile(backup, '');
  const { record } = await openErasureRecords({ dataDir, backupDir });
  await record(tombstone('e1'));
  await record(tombstone('e1'));
  for (const file of [tombstoneFile(dataDir), tombstonesOfBackup(backup)]) {
    expect(await readTombstones([file])).toEqual([tombstone('e1')]);
    expect(await modeOf(file)).toBe(0o600);
  }
});

it.skipIf(process.getuid?.() === 0)(
  'backups that belong to another account do not matter',
  async () => {
    const [dataDir, backupDir] = [await newFolder(), await newFolder()];
    await writeFile(join(backupDir, 'convenor-20261118T023000Z.db'), '');
    await chmod(backupDir, 0o500);
    const { record } = await openErasureRecords({ dataDir, backupDir });
    await record(tombstone('e1'));
    expect(await readTombstones([tombstoneFile(dataDir)])).toHaveLength(1);
    await chmod(backupDir, 0o700);
  },
);

it('there may be no backups yet', async () => {
  const dataDir = await newFolder();
  const { record } = await openErasureRecords({ dataDir, backupDir: join(dataDir, 'none') });
  await record(tombstone('e1'));
  expect(await readTombstones([tombstoneFile(dataDir)])).toHaveLength(1);
});

it('a line that was cut off does not hide the next one', async () => {
  const dataDir = await newFolder();
  const file = tombstoneFile(dataDir);
  const { record } = await openErasureRecords({ dataDir });
  await record(tombstone('e1'));
  await appendFile(file, JSON.stringify(tombstone('e2')).slice(0, 40));
  await record(tombstone('e3'));
  expect((await readTombstones([file])).map(({ id }) => id)).toEqual(['e1', 'e3']);
});

it('tombstones of a backup are added to those of the folder, each once', async () => {
  const [from, to] = [join(await newFolder(), 'a'), join(await newFolder(), 'b')];
  await writeFile(from, ['e1', 'e2'].map((id) => JSON.stringify(tombstone(id))).join('\n'));
  await writeFile(to, `${JSON.stringify(tombstone('e2'))}\n`);
  expect((await addTombstones([from], to)).map(({ id }) => id).toSorted()).toEqual(['e1', 'e2']);
  await addTombstones([from], to);
  expect((await readFile(to, 'utf8')).match(/"id":"e1"/g)).toHaveLength(1);
});
