import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openDataFolder } from '../../../src/adapters/sqlite/data-folder.ts';
import { openStore } from '../../../src/adapters/sqlite/open.ts';
import { thing, things } from '../../contracts/store/things.ts';
import { scratchFolder } from './folder.ts';

const OPEN = fileURLToPath(new URL('../../../dist/adapters/sqlite/open.js', import.meta.url));

/** Opens the store of a folder in a process of its own, says so, and waits. */
const opening = (folder: string) => [
  '--input-type=module',
  '-e',
  `const { openStore } = await import(${JSON.stringify(OPEN)});
   await openStore({ dataDir: ${JSON.stringify(folder)}, shapes: [] }).then(
     () => { console.log('open'); setInterval(() => {}, 1000); },
     (error) => console.log(error.name + ': ' + error.message));`,
];

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

it('refuses a second process, and says what to do', async () => {
  const folder = await scratchFolder();
  const store = await openStore({ dataDir: folder, shapes: [] });
  const { stdout } = spawnSync(process.execPath, opening(folder), { encoding: 'utf8' });
  expect(stdout).toContain(`DataFolderError: Another process of Convenor has ${folder}`);
  await store.close();
  await (await openStore({ dataDir: folder, shapes: [] })).close();
});

it('is free again as soon as the process that had it was killed', async () => {
  const folder = await scratchFolder();
  const other = spawn(process.execPath, opening(folder), { stdio: ['ignore', 'pipe', 'inherit'] });
  expect(String((await once(other.stdout, 'data'))[0])).toBe('open\n');
  await expect(openDataFolder(folder)).rejects.toThrow('Another process of Convenor has');
  other.kill('SIGKILL');
  await once(other, 'exit');
  (await openDataFolder(folder)).release();
});

it('keeps its lock although somebody tries to open the folder in the same process', async () => {
  const folder = await scratchFolder();
  const store = await openStore({ dataDir: folder, shapes: [] });
  await expect(openStore({ dataDir: folder, shapes: [] })).rejects.toThrow(
    'Another process of Convenor has',
  );
  const { stdout } = spawnSync(process.execPath, opening(folder), { encoding: 'utf8' });
  expect(stdout).toContain('Another process of Convenor has');
  await store.close();
});

it('lets no other account read anything', async () => {
  const folder = join(await scratchFolder(), 'data');
  const store = await openStore({ dataDir: folder, shapes: [things] });
  await store.stores.forPartnership('p').of(things).insert(thing());
  expect(await modeOf(folder)).toBe(0o700);
  for (const file of ['convenor.db', 'convenor.db-wal', 'convenor.db-shm', 'convenor.lock']) {
    expect(await modeOf(join(folder, file))).toBe(0o600);
  }
  await store.close();
});

it('takes away what others may do in a folder that is there', async () => {
  const folder = join(await scratchFolder(), 'data');
  await mkdir(folder);
  await writeFile(join(folder, 'convenor.db'), '');
  await chmod(folder, 0o755);
  await chmod(join(folder, 'convenor.db'), 0o644);
  await (await openStore({ dataDir: folder, shapes: [] })).close();
  expect(await modeOf(folder)).toBe(0o700);
  expect(await modeOf(join(folder, 'convenor.db'))).toBe(0o600);
});

it('leaves a folder alone that holds a store of another kind', async () => {
  const folder = await scratchFolder();
  await writeFile(join(folder, 'store.log'), 'rows');
  await expect(openStore({ dataDir: folder, shapes: [] })).rejects.toThrow('holds a store.log');
  expect(await readFile(join(folder, 'store.log'), 'utf8')).toBe('rows');
  await expect(stat(join(folder, 'convenor.db'))).rejects.toThrow('ENOENT');
});

it('has everything in one file when it is closed', async () => {
  const folder = await scratchFolder();
  const store = await openStore({ dataDir: folder, shapes: [things] });
  const row = await store.stores.forPartnership('p').of(things).insert(thing());
  await store.close();
  const copy = await scratchFolder();
  await copyFile(join(folder, 'convenor.db'), join(copy, 'convenor.db'));
  const again = await openStore({ dataDir: copy, shapes: [things] });
  expect(await again.stores.forPartnership('p').of(things).get(row.id)).toEqual(row);
  await again.close();
});

it('works without a write-ahead log, as on a network share', async () => {
  const folder = await scratchFolder();
  const store = await openStore({ dataDir: folder, shapes: [things], journalMode: 'delete' });
  const rows = store.stores.forPartnership('p').of(things);
  await Promise.all(Array.from({ length: 20 }, () => rows.insert(thing())));
  expect(await rows.count({ index: 'byId' })).toBe(20);
  await expect(stat(join(folder, 'convenor.db-wal'))).rejects.toThrow('ENOENT');
  await store.close();
});

it('says that it cannot write any more when its writer has ended', async () => {
  const store = await openStore({
    dataDir: await scratchFolder(),
    shapes: [things],
    startWriter: async () => ({
      write: () => Promise.reject(new Error('The store is closed.')),
      async close() {},
    }),
  });
  const ended = {
    trouble: 'unreachable',
    message: expect.stringContaining('Start Convenor again'),
  };
  await expect(store.stores.forPartnership('p').of(things).insert(thing())).rejects.toMatchObject(
    ended,
  );
  await expect(store.ping()).rejects.toMatchObject(ended);
  await store.close();
});

it('names trouble of the disk when asked, until a write goes through again, and logs it once', async () => {
  let isFull = false;
  const logged: unknown[] = [];
  const store = await openStore({
    dataDir: await scratchFolder(),
    shapes: [things],
    log: { info() {}, error: (fields) => void logged.push(fields) },
    startWriter: async () => ({
      async write({ statements }) {
        const failure = { code: 13, message: 'database or disk is full' };
        return isFull ? { failure } : { results: statements.map(() => 1) };
      },
      async close() {},
    }),
  });
  const rows = store.stores.forPartnership('p').of(things);
  await store.ping();
  isFull = true;
  const full = { trouble: 'full', message: expect.stringMatching(/is full\. Make room/) };
  for (let time = 0; time < 3; time++)
    await expect(rows.insert(thing())).rejects.toMatchObject(full);
  await expect(store.ping()).rejects.toMatchObject(full);
  expect(logged).toEqual([{ trouble: 'full' }]);
  isFull = false;
  await store.ping();
  await rows.insert(thing());
  await store.close();
});
