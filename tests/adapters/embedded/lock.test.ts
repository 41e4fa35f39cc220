import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  type EmbeddedStore,
  StoreHeld,
  startEmbeddedStore,
} from '../../../src/adapters/embedded/server.ts';
import { connect, newFolder, newStore } from './fixture.ts';
import { end, serve } from './process.ts';

test('GIVEN a folder in use THEN a second store is refused at once, told by whom and what to do', async () => {
  const { dataDir, uri } = await newStore();
  const started = performance.now();
  const error = await startEmbeddedStore({ dataDir }).catch((reason: unknown) => reason);
  expect(performance.now() - started).toBeLessThan(1000);
  expect(error).toBeInstanceOf(StoreHeld);
  const { message } = error as StoreHeld;
  expect(message).toContain(dataDir);
  expect(message).toContain(`process ${process.pid} on `);
  expect(message).toContain(uri);
  expect(message).toMatch(/since \d{4}-\d\d-\d\dT/);
  expect(message).toContain('DATA_DIR');
  expect(await (await connect(uri)).db().command({ ping: 1 })).toMatchObject({ ok: 1 });
});

test('GIVEN a holder that was killed THEN the next process takes over; while it lives, none does', async () => {
  const folder = await newFolder();
  const first = await serve('--data', folder);
  const second = await serve('--data', folder);
  expect(second.code).toBe(2);
  expect(second.stderr).toMatch(
    new RegExp(`^[^\n]*process ${first.child.pid} [^\n]*DATA_DIR[^\n]*\n$`),
  );
  await end(first.child, 'SIGKILL');
  const third = await serve('--data', folder);
  expect(third.uri).toBeDefined();
  // What dead holders left behind is gone.
  const left = (await readdir(folder)).filter((name) => name.startsWith('lock-'));
  expect(left).toHaveLength(2);
});

test('GIVEN a holder that hangs THEN a second process is refused all the same', async () => {
  const folder = await newFolder();
  const { child } = await serve('--data', folder);
  child.kill('SIGSTOP');
  const started = performance.now();
  const error = await startEmbeddedStore({ dataDir: folder }).catch((reason: unknown) => reason);
  expect(performance.now() - started).toBeLessThan(1000);
  expect(error).toBeInstanceOf(StoreHeld);
});

test('GIVEN a dead holder whose pid lives on as something else THEN the folder is free', async () => {
  const folder = await newFolder();
  const holder = { pid: process.pid, host: 'here', since: 'then', socket: 'lock-dead.sock' };
  await writeFile(join(folder, 'lock-7'), JSON.stringify(holder));
  await newStore({ dataDir: folder });
  expect(await readdir(folder)).toContain('lock-8');
});

test('GIVEN a lock file that a power cut emptied THEN the folder is free', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, 'lock-3'), '');
  await newStore({ dataDir: folder });
});

test('GIVEN twenty processes after a killed one THEN exactly one has the folder', async () => {
  const folder = await newFolder();
  const { child } = await serve('--data', folder);
  await end(child, 'SIGKILL');
  const racers = await Promise.all(Array.from({ length: 20 }, () => serve('--data', folder)));
  expect(racers.filter(({ uri }) => uri !== undefined)).toHaveLength(1);
  expect(racers.filter(({ code }) => code === 2)).toHaveLength(19);
});

test('GIVEN twenty racing starts, again and again THEN exactly one wins each time', async () => {
  const folder = await newFolder();
  for (let round = 0; round < 15; round++) {
    const starts = Array.from({ length: 20 }, () => startEmbeddedStore({ dataDir: folder }));
    const outcomes = await Promise.allSettled(starts);
    const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    await Promise.all(won.map(({ value }: { value: EmbeddedStore }) => value.stop()));
    expect(won).toHaveLength(1);
    for (const { reason } of lost) expect(reason).toBeInstanceOf(StoreHeld);
  }
});

test('GIVEN a new folder THEN it and its files are for the owner alone', async () => {
  const folder = join(await newFolder(), 'deep', 'data');
  await newStore({ dataDir: folder });
  const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
  expect(await mode(folder)).toBe('700');
  for (const name of await readdir(folder))
    if (!name.endsWith('.sock')) expect(await mode(join(folder, name))).toBe('600');
});

test('GIVEN a folder whose path is too long for a socket THEN a sentence says so', async () => {
  const folder = join(await newFolder(), 'x'.repeat(120));
  await expect(startEmbeddedStore({ dataDir: folder })).rejects.toThrow(/too long .*DATA_DIR/);
});
