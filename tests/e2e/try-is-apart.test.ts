import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { samplePartnership } from '../../src/adapters/playground/sample-partnership.ts';
import { collections } from '../../src/core/domain/collections.ts';
import { members, newMember } from '../../src/core/domain/members/member.ts';
import { openQuickly } from '../fixtures/store.ts';
import { newDataFolder, startTry } from '../fixtures/try-process.ts';

async function newFolder(): Promise<string> {
  const { dataDir, remove } = await newDataFolder();
  onTestFinished(remove);
  return dataDir;
}

/** The files of a folder, without its folders: their bytes, and when they were last changed. */
async function filesIn(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
  const contents = files.sort().map(async (path) => {
    const { mtimeMs, mode } = await stat(path);
    return { path, mtimeMs, mode, bytes: (await readFile(path)).toString('base64') };
  });
  return Promise.all(contents);
}

/** A server to which nothing should connect. */
async function startServer() {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { address: `127.0.0.1:${port}`, connections: () => connections };
}

it('the playground touches nothing but its own folder, whatever its environment says', async () => {
  // Real data where the settings have it by default, and where they say; even of a partnership with the sample's id.
  const folder = await newFolder();
  const usual = join(folder, 'data');
  await mkdir(usual, { mode: 0o700 });
  const { stores, close } = await openQuickly(usual, collections);
  for (const partnership of ['riverside', samplePartnership.id]) {
    const about = { name: 'Grace', role: 'coordinator' as const, identities: [] };
    const grace = newMember({ id: `grace of ${partnership}`, ...about });
    await stores.forPartnership(partnership).of(members).insert(grace);
  }
  await close();
  const elsewhere = join(await newFolder(), 'data');
  await cp(usual, elsewhere, { recursive: true });
  const server = await startServer();
  const settings = {
    DATA_DIR: elsewhere,
    BACKUP_DIR: elsewhere,
    MONGODB_URI: `mongodb://${server.address}/convenor`,
    REDIS_URL: `redis://${server.address}`,
    ROLES: 'slack,discord',
    HOST: '0.0.0.0',
    SLACK_BOT_TOKEN: 'xoxb-real',
    SLACK_APP_TOKEN: 'xapp-real',
    SLACK_API_URL: `http://${server.address}/api/`,
    DISCORD_TOKEN: 'real.discord.token',
    DISCORD_API_URL: `http://${server.address}/api`,
    SECRET_KEY: 'nonsense',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(join(folder, '.env'), lines.join(''));
  const before = [await filesIn(folder), await filesIn(usual), await filesIn(elsewhere)];

  const convenor = await startTry(folder, 'error', settings);
  onTestFinished(convenor.stop);
  const noted = await convenor.say('tom', 'log Groundwork UK met them');
  expect(noted.text).toContain('Noted, thanks.');
  await convenor.clock('1w');
  expect((await convenor.post('reset', {})).status).toBe(200);
  await convenor.stop();

  expect([await filesIn(folder), await filesIn(usual), await filesIn(elsewhere)]).toEqual(before);
  expect(await readdir(elsewhere)).toEqual(await readdir(usual).then(withoutOwnFolder));
  expect(await readdir(convenor.dataDir)).toContain('convenor.db');
  expect(server.connections()).toBe(0);
}, 60_000);

const withoutOwnFolder = (names: string[]) => names.filter((name) => name !== 'try');
