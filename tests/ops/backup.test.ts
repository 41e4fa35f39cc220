import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { backUp } from '../../src/adapters/embedded/backup.ts';
import { startEmbeddedStore } from '../../src/adapters/embedded/server.ts';
import {
  listBackups,
  MAX_BACKUPS,
  newBackupPath,
  removeOldBackups,
} from '../../src/ops/files/backup-files.ts';
import { connect } from '../adapters/embedded/fixture.ts';
import { end, serve } from '../adapters/embedded/process.ts';
import { runCommand } from '../fixtures/command.ts';
import { newFolder, newPlace } from './harness.ts';

// What starts processes takes its time on a busy machine.
const patient = { timeout: 60_000 };

it(
  'a backup of a running store under load restores to one in which nothing acknowledged is missing',
  patient,
  async () => {
    const folder = await newFolder();
    const env = { DATA_DIR: join(folder, 'data'), BACKUP_DIR: join(folder, 'backups') };
    const { child, uri = '' } = await serve('--data', env.DATA_DIR);
    const things = (await connect(uri)).db().collection<{ _id: string }>('things');
    const acknowledged = new Set<string>();
    let isOver = false;
    const sides = Array.from({ length: 10 }, async (_, side) => {
      for (let n = 0; !isOver; n++) {
        await things.insertOne({ _id: `${side}.${n}` });
        acknowledged.add(`${side}.${n}`);
      }
    });
    await expect.poll(() => acknowledged.size, { timeout: 45_000 }).toBeGreaterThan(500);
    const before = [...acknowledged];
    const backup = await runCommand('backup', { folder, env });
    isOver = true;
    await Promise.all(sides);
    expect(await end(child, 'SIGTERM')).toBe(0);
    expect(backup).toEqual({
      code: 0,
      output: expect.stringMatching(/^Backed up to .+, documents: \d+/),
    });

    const [file = ''] = await listBackups(env.BACKUP_DIR);
    const args = [file];
    const refused = await runCommand('restore', { folder, env, args });
    expect(refused).toEqual({
      code: 1,
      output: expect.stringMatching(/not empty\. Stop Convenor.*\n$/),
    });
    const dataDir = join(folder, 'restored');
    const restored = await runCommand('restore', { folder, env: { DATA_DIR: dataDir }, args });
    expect(restored).toEqual({ code: 0, output: expect.stringContaining('Start Convenor again.') });
    const again = await startEmbeddedStore({ dataDir });
    onTestFinished(() => again.stop());
    const kept = (await connect(again.uri)).db().collection<{ _id: string }>('things');
    const ids = new Set((await kept.find().toArray()).map(({ _id }) => _id));
    expect(before.filter((id) => !ids.has(id))).toEqual([]);
  },
);

it('the newest are kept, and nothing that is no backup is removed', async () => {
  const { dataDir, backupDir, backup } = await newPlace();
  await backUp(dataDir, join(backupDir, 'of-my-own.log'));
  const days = Array.from({ length: MAX_BACKUPS }, (_, day) =>
    newBackupPath(backupDir, new Date(Date.UTC(2020, 0, 1 + day))),
  );
  for (const file of days) await backUp(dataDir, file);
  await removeOldBackups(backupDir);
  const [oldest = '', ...rest] = days;
  expect(await listBackups(backupDir)).toEqual([backup, ...rest.reverse()]);
  expect(await readdir(backupDir)).toContain('of-my-own.log');
  expect(await readdir(backupDir)).not.toContain(oldest);
});

it.each([
  ['backup', [], /mongodump/],
  ['restore', ['some.log'], /mongorestore/],
])('with MongoDB %s says what to do instead', async (name, args, told) => {
  const env = { MONGODB_URI: 'mongodb://127.0.0.1:9/convenor' };
  const done = await runCommand(name, { folder: await newFolder(), env, args });
  expect(done).toEqual({ code: 1, output: expect.stringMatching(told) });
});

it.each([
  ['no file', [], 'Say which backup'],
  ['a file that is not there', ['nowhere.log'], 'was not restored: ENOENT'],
])('restore of %s says so in a sentence', async (_name, args, told) => {
  const done = await runCommand('restore', { folder: await newFolder(), args });
  expect(done.code).toBe(1);
  expect(done.output).toMatch(/^[^\n]+\n$/);
  expect(done.output).toContain(told);
});
