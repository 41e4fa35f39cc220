import {
  chmod,
  chown,
  mkdir,
  open,
  readdir,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { samplePartnership } from '../../src/adapters/playground/sample-partnership.ts';
import { backUp } from '../../src/adapters/sqlite/backup.ts';
import { collections } from '../../src/core/domain/collections.ts';
import { contacts } from '../../src/core/domain/contacts/contact.ts';
import { members } from '../../src/core/domain/members/member.ts';
import { listBackups, newBackupPath, removeOldBackups } from '../../src/ops/files/backup-files.ts';
import {
  readTombstones,
  tombstoneFile,
  tombstonesOfBackup,
} from '../../src/process/erasure-records.ts';
import { runCommand } from '../fixtures/command.ts';
import { openQuickly } from '../fixtures/store.ts';
import { startTry } from '../fixtures/try-process.ts';
import { newFolder, newPlace } from './harness.ts';

// What starts processes takes its time on a busy machine.
const patient = { timeout: 60_000 };

it(
  'a backup of a running Convenor under load restores to one in which nothing acknowledged is missing',
  patient,
  async () => {
    const folder = await newFolder();
    const convenor = await startTry(folder);
    onTestFinished(() => convenor.stop());
    const env = { DATA_DIR: convenor.dataDir, BACKUP_DIR: join(folder, 'backups') };
    const acknowledged = new Set<string>();
    let isOver = false;
    const talkers = Array.from({ length: 8 }, async (_, talker) => {
      for (let n = 0; !isOver; n++) {
        const note = `contact ${talker}.${n}`;
        const { text } = await convenor.say('tom', `log Groundwork UK ${note}`);
        expect(text).toContain('Noted, thanks.');
        acknowledged.add(note);
      }
    });
    await expect.poll(() => acknowledged.size, { timeout: 45_000 }).toBeGreaterThan(50);
    const before = [...acknowledged];
    const backup = await runCommand('backup', { folder, env });
    isOver = true;
    await Promise.all(talkers);
    expect(backup).toEqual({
      code: 0,
      output: expect.stringMatching(/^Backed up to .+\.db: [\d.]+ MB, rows: \d+\.\n$/),
    });

    const [file = ''] = await listBackups(env.BACKUP_DIR);
    const args = [file];
    const refused = await runCommand('restore', { folder, env, args });
    expect(refused).toEqual({
      code: 1,
      output: expect.stringMatching(/Another process of Convenor has .+: stop it first.*\n$/),
    });
    await convenor.stop();
    const again = await runCommand('restore', { folder, env, args });
    expect(again).toEqual({
      code: 1,
      output: expect.stringMatching(/not empty\. Stop Convenor.*\n$/),
    });
    const dataDir = join(folder, 'restored');
    const restored = await runCommand('restore', { folder, env: { DATA_DIR: dataDir }, args });
    expect(restored).toEqual({ code: 0, output: expect.stringContaining('Start Convenor again.') });
    const kept = await openQuickly(dataDir, collections);
    const notes = new Set<string | null>();
    const rows = kept.stores.forPartnership(samplePartnership.id).of(contacts);
    for await (const { note } of rows.all({ index: 'byId' })) notes.add(note);
    await kept.close();
    expect(before.filter((note) => !notes.has(note))).toEqual([]);
  },
);

it('those of the last 30 days are kept with their checksums, and nothing that is no backup is removed', async () => {
  const { dataDir, backupDir, backup } = await newPlace();
  await backUp(dataDir, join(backupDir, 'of-my-own.db'));
  const now = Date.now();
  const daysAgo = (days: number) => newBackupPath(backupDir, new Date(now - days * 86_400_000));
  const [oldest, ...rest] = [daysAgo(31), daysAgo(29), daysAgo(1)];
  for (const file of [oldest, ...rest]) await backUp(dataDir, file);
  await removeOldBackups(backupDir, new Date(now));
  expect(await listBackups(backupDir)).toEqual([backup, ...rest.reverse()]);
  const names = (await readdir(backupDir)).map((name) => join(backupDir, name));
  expect(names).toContain(join(backupDir, 'of-my-own.db'));
  expect(names).toContain(`${backup}.sha256`);
  expect(names).not.toContain(oldest);
  expect(names).not.toContain(`${oldest}.sha256`);
});

it('each backup has what was erased since, and a restoration erases it again', async () => {
  const { folder, dataDir, backupDir, backup } = await newPlace();
  const tombstone = {
    ...{ id: 'e1', partnership: 'riverside', day: '2026-11-18', keyId: 'another key' },
    ...{ name: ['a', 'b'], texts: [], member: null },
    places: [{ collection: 'members', id: 'grace', field: 'name' }],
  };
  await writeFile(tombstoneFile(dataDir), `${JSON.stringify(tombstone)}\n`);
  const env = { DATA_DIR: dataDir, BACKUP_DIR: backupDir };
  expect((await runCommand('backup', { folder, env })).code).toBe(0);
  for (const file of await listBackups(backupDir))
    expect(await readTombstones([tombstonesOfBackup(file)])).toEqual([tombstone]);

  const restoredDir = join(folder, 'new');
  const options = { folder, env: { DATA_DIR: restoredDir }, args: [backup] };
  const restored = await runCommand('restore', options);
  expect(restored).toEqual({
    code: 0,
    output: expect.stringContaining('Erasures done again: 1. Start Convenor again.'),
  });
  expect(await readTombstones([tombstoneFile(restoredDir)])).toEqual([tombstone]);
  const { stores, close } = await openQuickly(restoredDir, collections);
  const grace = await stores.forPartnership('riverside').of(members).get('grace');
  expect(grace?.name).toBe('[erased]');
  await close();
  expect(await readdir(restoredDir)).not.toContain('restore.part');
});

it('restores into a folder in which the playground has its own', async () => {
  const { folder, backup } = await newPlace();
  const dataDir = join(folder, 'new');
  await mkdir(join(dataDir, 'try'), { recursive: true });
  const restored = await runCommand('restore', {
    folder,
    env: { DATA_DIR: dataDir },
    args: [backup],
  });
  expect(restored.output).toContain('Restored to');
  const { stores, close } = await openQuickly(dataDir, collections);
  expect(await stores.forPartnership('riverside').of(members).get('grace')).toBeDefined();
  await close();
});

it.skipIf(process.getuid?.() !== 0)(
  'what root restores belongs to the account of the folder',
  async () => {
    const { folder, backup } = await newPlace();
    const dataDir = join(folder, 'new');
    await mkdir(dataDir);
    await chown(dataDir, 65_534, 65_534);
    const options = { folder, env: { DATA_DIR: dataDir }, args: [backup] };
    expect((await runCommand('restore', options)).code).toBe(0);
    const { uid, mode } = await stat(join(dataDir, 'convenor.db'));
    expect([uid, mode & 0o777]).toEqual([65_534, 0o600]);
  },
);

it.each([
  ['cut short', (file: string) => truncate(file, 30_000), /had \d+ when it was made/],
  [
    'with one byte changed',
    async (file: string) => {
      const handle = await open(file, 'r+');
      await handle.write(Buffer.from([7]), 0, 1, 20_000);
      await handle.close();
    },
    /altered since it was made/,
  ],
])('restore refuses a backup %s with a sentence, and makes nothing', async (_name, spoil, told) => {
  const { folder, backup } = await newPlace();
  await spoil(backup);
  const dataDir = join(folder, 'new');
  const done = await runCommand('restore', { folder, env: { DATA_DIR: dataDir }, args: [backup] });
  expect(done.code).toBe(1);
  expect(done.output).toMatch(/^[^\n]+\n$/);
  expect(done.output).toMatch(told);
  await expect(stat(dataDir)).rejects.toThrow('ENOENT');
});

it.skipIf(process.getuid?.() !== 0).each(['stopped', 'running'])(
  'an account that may only read the data can back it up while Convenor is %s',
  patient,
  async (state) => {
    const { folder, dataDir } = await newPlace();
    const nobody = 65_534;
    const backupDir = await newFolder();
    for (const path of [folder, backupDir]) await chmod(path, 0o755);
    await chown(backupDir, nobody, nobody);
    if (state === 'running') {
      const { close } = await openQuickly(dataDir, collections);
      onTestFinished(close);
    } else {
      // Readers leave them. Without them they would have to be created, which this account may not do.
      for (const end of ['-wal', '-shm']) {
        await rm(join(dataDir, `convenor.db${end}`), { force: true });
      }
    }
    await chmod(dataDir, 0o755);
    const names = await readdir(dataDir);
    for (const name of names) await chmod(join(dataDir, name), 0o644);
    const env = { DATA_DIR: dataDir, BACKUP_DIR: backupDir };
    const done = await runCommand('backup', { folder: backupDir, env, uid: nobody });
    expect(done.output).toContain('Backed up to');
    expect(done.code).toBe(0);
    expect(await readdir(dataDir)).toEqual(names);
  },
);

it.each([
  ['backup', [], /mongodump/],
  ['restore', ['some.db'], /mongorestore/],
])('with MongoDB %s says what to do instead', async (name, args, told) => {
  const env = { MONGODB_URI: 'mongodb://127.0.0.1:9/convenor' };
  const done = await runCommand(name, { folder: await newFolder(), env, args });
  expect(done).toEqual({ code: 1, output: expect.stringMatching(told) });
});

it.each([
  ['no file', [], 'Say which backup'],
  ['a file that is not there', ['nowhere.db'], 'there is no such file'],
])('restore of %s says so in a sentence', async (_name, args, told) => {
  const done = await runCommand('restore', { folder: await newFolder(), args });
  expect(done.code).toBe(1);
  expect(done.output).toMatch(/^[^\n]+\n$/);
  expect(done.output).toContain(told);
});
