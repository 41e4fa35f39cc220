import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { holdFolder } from '../../../src/adapters/sqlite/data-folder.ts';
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
  await expect(holdFolder(folder)).rejects.toThrow('Another process of Convenor has');
  other.kill('SIGKILL');
  await once(other, 'exit');
  (await holdFolder(folder)).release();
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

it('leaves a folder alone that holds an embedded store of before', async () => {
  const folder = await scratchFolder();
  await writeFile(join(folder, 'store.log'), 'rows');
  await expect(openStore({ dataDir: folder, shapes: [] })).rejects.toThrow('holds a store.log');
  expect(await readFile(join(folder, 'store.log'), 'utf8')).toBe('rows');
  await expect(stat(join(folder, 'convenor.db'))).rejects.toThrow('ENOENT');
});
