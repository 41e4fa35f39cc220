import { chown } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { registerCommands } from '../../src/adapters/discord/connection/register.ts';
import { createRest } from '../../src/adapters/discord/connection/rest.ts';
import { botScopes } from '../../src/adapters/slack/manifest/manifest.ts';
import { allCommands } from '../../src/core/bot/commands.ts';
import { checkSpace } from '../../src/ops/checks/data-folder.ts';
import { formatFinding } from '../../src/ops/checks/finding.ts';
import { runChecks } from '../../src/ops/checks/run-checks.ts';
import { checkScopes, slackClients } from '../../src/ops/checks/slack.ts';
import { type DiscordDouble, startDiscord } from '../doubles/discord/discord.ts';
import { type SlackDouble, startSlack } from '../doubles/slack/slack.ts';
import { runCommand } from '../fixtures/command.ts';
import { startConvenor } from '../fixtures/convenor-process.ts';
import { freePort, hasRedisServer, type RedisProcess, startRedis } from '../fixtures/redis.ts';
import { faults } from './faults.ts';
import { type Env, newPlace, type Place, wrongs } from './harness.ts';

// What starts processes takes its time on a busy machine.
const patient = { timeout: 60_000 };

let slack: SlackDouble;
let team: ReturnType<SlackDouble['addTeam']>;
let discord: DiscordDouble;
beforeAll(async () => {
  slack = await startSlack();
  discord = await startDiscord();
  discord.addGuild('Riverside');
  team = slack.addTeam('Riverside');
});
afterAll(() => Promise.all([slack?.close(), discord?.close()]));

/** Everything as it should be. */
async function healthy({ dataDir, backupDir }: Place): Promise<Env> {
  return {
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
    BACKUP_DIR: backupDir,
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.installIn(team).token,
    SLACK_APP_TOKEN: slack.app.appToken,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_TOKEN: discord.botToken,
  };
}

/** Convenor in a process of its own, on the store of a place. */
async function startConvenorOn({ dataDir }: Place) {
  const convenor = await startConvenor('web,worker', { DATA_DIR: dataDir });
  onTestFinished(() => convenor.stop().then(() => undefined));
  await convenor.ready();
  return convenor;
}

it('a scope that may be declined is no fault, but it says what is missing', async () => {
  const bare = slack.addTeam('Bare');
  const scopes = botScopes.filter(({ optional }) => !optional).map(({ scope }) => scope);
  const client = slackClients(slack.apiUrl)(slack.installIn(bare, scopes).token);
  const findings = checkScopes(await client.auth.test(), 'Install it again.');
  expect(findings.map(formatFinding).join('\n')).toMatch(
    /with all it needs.*\n.*In Bare Convenor does without files:write.*docs\/slack\.md/s,
  );
});

it('finds nothing where all is well, and ends with 0', patient, async () => {
  const place = await newPlace();
  const { code, output } = await runCommand('doctor', {
    folder: place.folder,
    env: await healthy(place),
  });
  expect(output).toContain('Nothing has to be fixed.');
  expect(output).toMatch(
    /^ok +Slack: It takes the bot token, for Riverside, with all it needs\.$/m,
  );
  expect(code).toBe(0);
});

it('says all that is wrong, each with its remedy, and ends with 1', patient, async () => {
  const place = await newPlace();
  const env = { ...(await healthy(place)), SLACK_BOT_TOKEN: 'xoxb-hunter2', BACKUP_DIR: 'nowhere' };
  const { code, output } = await runCommand('doctor', { folder: place.folder, env });
  expect(output.match(/^WRONG .+/gm)).toHaveLength(2);
  expect(output).toContain('-> Type: npm run backup.');
  expect(output).toContain('To fix: 2.');
  expect(output).not.toContain('hunter2');
  expect(code).toBe(1);
});

it('says whether Discord offers the commands of this version', async () => {
  const place = await newPlace();
  const env = await healthy(place);
  const commandsIn = async () =>
    (await runChecks(env, place.envFile)).filter(({ message }) =>
      message.includes('commands of this'),
    );
  expect(await commandsIn()).toMatchObject([
    { status: 'advice', remedy: 'Start Convenor, or start it again: it then registers them.' },
  ]);
  const rest = createRest({ token: discord.botToken, apiUrl: discord.apiUrl });
  const how = { rest, commands: allCommands(), guild: undefined };
  await registerCommands(discord.applicationId, how);
  expect(await commandsIn()).toMatchObject([{ status: 'good' }]);
});

it('checks everything else when a setting is wrong', async () => {
  const place = await newPlace();
  const env = {
    ...(await healthy(place)),
    ...{ SLACK_BOT_TOKEN: 'nonsense', REDIS_URL: 'redis://127.0.0.1:9', BACKUP_DIR: 'nowhere' },
  };
  const findings = await runChecks(env, place.envFile);
  expect(wrongs(findings)).toEqual([
    expect.stringMatching(/^settings: SLACK_BOT_TOKEN is not a bot token/),
    expect.stringMatching(/^backups: There is none/),
    expect.stringMatching(/^Redis: .*ECONNREFUSED/),
  ]);
  const subjects = findings.map(({ subject }) => subject);
  expect(subjects).toEqual(expect.arrayContaining(['store', 'disk', 'Discord', 'Convenor']));
});

it('says nothing of a store of which it does not know where it is', async () => {
  const place = await newPlace();
  const env = { ...(await healthy(place)), MONGODB_URI: 'localhost', PORT: 'http' };
  const findings = await runChecks(env, place.envFile);
  expect(wrongs(findings)).toEqual([
    expect.stringMatching(/^settings: MONGODB_URI is not/),
    expect.stringMatching(/^settings: PORT is not/),
  ]);
  const subjects = findings.map(({ subject }) => subject);
  expect(subjects).not.toEqual(expect.arrayContaining(['store']));
  expect(subjects).not.toEqual(expect.arrayContaining(['PORT']));
});

it('looks at the database while Convenor runs: its size, whether it is whole, and the room', async () => {
  const place = await newPlace();
  const env = await healthy(place);
  const running = await startConvenorOn(place);
  const { output } = await runCommand('doctor', { folder: place.folder, env });
  expect(output).toMatch(/^ok +store: \d\.\d MB, undamaged \(rows: 1\)\.$/m);
  expect(output).toMatch(/^ok +disk: [\d,.]+ MB are free for a store of \d\.\d MB\.$/m);
  expect(output).toMatch(/^ok +backups: The newest is 0 hours old\.$/m);
  expect(await running.stop()).toBe(0);
}, 60_000);

describe('a planted fault is found, alone, with its remedy', () => {
  it.each(faults)('%s', async (_name, plant, told) => {
    const place = await newPlace();
    const env = { ...(await healthy(place)), ...(await plant(place, { slack, team, discord })) };
    const findings = await runChecks(env, place.envFile);
    expect(wrongs(findings)).toEqual([expect.stringMatching(told)]);
    expect(findings.map(formatFinding).join('\n')).not.toContain('hunter2');
  });

  it.skipIf(process.getuid?.() !== 0)(
    'files that belong to another than their folder',
    async () => {
      const place = await newPlace();
      await chown(join(place.dataDir, 'convenor.db'), 65_534, 65_534);
      const findings = await runChecks(await healthy(place), place.envFile);
      expect(wrongs(findings)).toEqual([
        expect.stringMatching(/^data folder: convenor\.db.*chown -R 0:0/),
      ]);
    },
  );

  it('a disk that is nearly full', () => {
    const MB = 1024 * 1024;
    expect(checkSpace(100 * MB, MB)).toMatchObject({ status: 'wrong', remedy: /Make room/ });
    expect(checkSpace(1000 * MB, 600 * MB)).toMatchObject({ status: 'wrong' });
    expect(checkSpace(1000 * MB, 100 * MB)).toMatchObject({ status: 'good' });
  });
});

describe.skipIf(!hasRedisServer)('a fault of Redis is found, alone, with its remedy', () => {
  let redis: RedisProcess;
  beforeAll(async () => {
    redis = await startRedis('--requirepass', 'hunter2');
  });
  afterAll(() => redis?.stop());

  const urlWith = (password: string) => redis.url.replace('//', `//:${password}@`);

  /** The findings with this Redis, when everything else is well. */
  async function found(url: string) {
    const place = await newPlace();
    return runChecks({ ...(await healthy(place)), REDIS_URL: url }, place.envFile);
  }

  it('that it is not there', async () => {
    expect(wrongs(await found('redis://127.0.0.1:9'))).toEqual([
      expect.stringMatching(/^Redis: .*ECONNREFUSED.*systemctl status redis-server/),
    ]);
  });

  it('a wrong password', async () => {
    const findings = await found(urlWith('wrong'));
    expect(wrongs(findings)).toEqual([
      expect.stringMatching(/^Redis: .*WRONGPASS.*Correct the user and password in REDIS_URL/),
    ]);
  });

  it('that it drops jobs when its memory is full; and advice to keep them on disk', async () => {
    const client = new Redis(urlWith('hunter2'));
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const findings = await found(urlWith('hunter2'));
    await client.config('SET', 'maxmemory-policy', 'noeviction');
    client.disconnect();
    expect(wrongs(findings)).toEqual([
      expect.stringMatching(/^Redis: .*drops jobs.*config set maxmemory-policy noeviction/),
    ]);
    expect(findings).toContainEqual(
      expect.objectContaining({
        status: 'advice',
        remedy: expect.stringContaining('appendonly yes'),
      }),
    );
  });

  it('a clock that is wrong', patient, async () => {
    const place = await newPlace();
    const clock = fileURLToPath(new URL('../chaos/machine-clock.mjs', import.meta.url));
    const { output } = await runCommand('doctor', {
      folder: place.folder,
      env: { ...(await healthy(place)), REDIS_URL: urlWith('hunter2') },
      node: ['--import', clock],
      args: [JSON.stringify({ skew: 600_000 })],
    });
    expect(output).toMatch(
      /Redis: Its clock is \d+ seconds behind this machine’s\.\n.*set-ntp true/,
    );
  });
});
