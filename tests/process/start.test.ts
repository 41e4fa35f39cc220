import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readdir, readFile, readlink, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { databaseFile } from '../../src/adapters/sqlite/data-folder.ts';
import { openDatabase } from '../../src/adapters/sqlite/open-database.ts';
import { collections } from '../../src/core/domain/collections.ts';
import { startConvenor } from '../fixtures/convenor-process.ts';
import { freePort } from '../fixtures/redis.ts';
import { openQuickly } from '../fixtures/store.ts';
import { envWithOwnStore, newDataFolder, startTry } from '../fixtures/try-process.ts';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
/** An account without rights. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

async function newFolder(): Promise<string> {
  const { dataDir, remove } = await newDataFolder();
  onTestFinished(remove);
  return dataDir;
}

/** Starts Convenor on a data folder on which it cannot run. @returns what it printed, and its exit code. */
async function refusal(dataDir: string, uid?: number) {
  const env = envWithOwnStore({ DATA_DIR: dataDir, PORT: String(await freePort()) });
  const account = uid === undefined ? {} : { uid, gid: uid };
  const child = spawn(process.execPath, [MAIN], { env, ...account });
  let printed = '';
  child.stderr.on('data', (text) => {
    printed += text;
  });
  const [code] = await once(child, 'close');
  return { code, printed };
}

const oneSentence = (told: RegExp) => {
  const pattern = new RegExp(`^[^\\n]*(?:${told.source})[^\\n]*\\.\\n$`);
  return { code: 1, printed: expect.stringMatching(pattern) };
};

it.each<[string, (dataDir: string) => Promise<unknown>, RegExp]>([
  [
    'another process has it',
    async (dataDir) => {
      const { close } = await openQuickly(dataDir, collections);
      onTestFinished(close);
    },
    /Another process of Convenor has .*: stop it first/,
  ],
  [
    'it holds a store of another kind',
    (dataDir) => writeFile(join(dataDir, 'store.log'), 'rows'),
    /holds a store\.log, .*Name another folder in DATA_DIR/,
  ],
  [
    'its database is damaged',
    (dataDir) => writeFile(databaseFile(dataDir), 'no database '.repeat(1_000)),
    /is damaged\. Stop Convenor, .*npm run restore/,
  ],
  [
    'a newer Convenor has used it',
    async (dataDir) => {
      const database = openDatabase(databaseFile(dataDir));
      database.exec('PRAGMA user_version = 99');
      database.close();
    },
    /last used by a newer Convenor .*Start that newer version/,
  ],
])('a data folder is refused with a sentence when %s', async (_name, prepare, told) => {
  const dataDir = await newFolder();
  await prepare(dataDir);
  expect(await refusal(dataDir)).toEqual(oneSentence(told));
});

it.skipIf(!isRoot).each<[string, (dataDir: string) => Promise<unknown>, RegExp]>([
  ['its own folder', async () => {}, /EACCES\)\. Give it to the account that Convenor runs as/],
  [
    'a folder that others may read',
    async (dataDir) => {
      await (await openQuickly(dataDir, [])).close();
      await chmod(dataDir, 0o755);
      for (const name of await readdir(dataDir)) await chmod(join(dataDir, name), 0o644);
    },
    /belongs to another account\. Give it to the account that Convenor runs as|cannot be written to/,
  ],
])(
  'a folder that another account owns is refused with a sentence: %s',
  async (_name, prepare, told) => {
    const dataDir = await newFolder();
    await prepare(dataDir);
    expect(await refusal(dataDir, NOBODY)).toEqual(oneSentence(told));
  },
);

it('a path that is a file is refused with a sentence', async () => {
  const file = join(await newFolder(), 'file');
  await writeFile(file, '');
  expect(await refusal(file)).toEqual(oneSentence(/A file is where a folder should be/));
});

it('while its database is gone, /readyz is 503 and says so, with what to do', async () => {
  const dataDir = await newFolder();
  const convenor = await startConvenor('web,worker', { DATA_DIR: dataDir });
  onTestFinished(() => convenor.stop().then(() => undefined));
  await convenor.ready();
  await rename(databaseFile(dataDir), `${databaseFile(dataDir)}.away`);
  const response = await fetch(`${convenor.url}/readyz`);
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({
    ready: false,
    waitingFor: ['store'],
    remedies: [expect.stringMatching(/is no longer there.*restore the last backup/)],
  });
  await rename(`${databaseFile(dataDir)}.away`, databaseFile(dataDir));
  await convenor.ready();
}, 60_000);

/** The addresses on which a process listens, of every kind of socket: https://man7.org/linux/man-pages/man5/proc_net.5.html */
async function listeningSockets(pid: number): Promise<string[]> {
  const folder = `/proc/${pid}/fd`;
  const targets = await Promise.all(
    (await readdir(folder)).map((name) => readlink(join(folder, name)).catch(() => '')),
  );
  const inodes = new Set(targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []));
  const lines = async (name: string) =>
    (await readFile(`/proc/${pid}/net/${name}`, 'utf8').catch(() => ''))
      .trim()
      .split('\n')
      .slice(1);
  const tcp = [...(await lines('tcp')), ...(await lines('tcp6'))]
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode = '']) => state === '0A' && inodes.has(inode))
    .map(([, address = '']) => address);
  const unix = (await lines('unix'))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , flags, , , inode = '']) => flags === '00010000' && inodes.has(inode))
    .map(([, , , , , , , path = 'unnamed']) => path);
  return [...tcp, ...unix];
}

it.skipIf(process.platform !== 'linux')(
  'no process listens for its SQLite database: the playground has its one port, a worker has none',
  async () => {
    const convenor = await startTry(await newFolder());
    onTestFinished(convenor.stop);
    const port = Number(new URL(convenor.url).port).toString(16).toUpperCase().padStart(4, '0');
    expect(await listeningSockets(convenor.pid)).toEqual([expect.stringMatching(`:${port}$`)]);

    const worker = await startConvenor('worker', { DATA_DIR: await newFolder() });
    onTestFinished(() => worker.stop().then(() => undefined));
    await expect.poll(worker.printed, { timeout: 45_000 }).toContain('Convenor is running');
    expect(await listeningSockets(worker.pid())).toEqual([]);
  },
  90_000,
);
