import { once } from 'node:events';
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startDiscord } from '../doubles/discord/discord.ts';
import { type SlackDouble, startSlack } from '../doubles/slack/slack.ts';
import { runCommand, startCommand } from '../fixtures/command.ts';
import { freePort } from '../fixtures/redis.ts';
import { newFolder, someMongodb, somethingElse } from './harness.ts';

// What starts processes takes its time on a busy machine.
const patient = { timeout: 60_000 };

let slack: SlackDouble;
let token: string;
beforeAll(async () => {
  slack = await startSlack();
  ({ token } = slack.installIn(slack.addTeam('Riverside')));
});
afterAll(() => slack?.close());

/** Runs setup with one answer on each line. Slack's address is in the settings, as with GovSlack. */
async function setup(folder: string, ...answers: string[]) {
  return runCommand('setup', { folder, input: answers.map((answer) => `${answer}\n`).join('') });
}

/** A folder in which only Slack's address is set. */
async function newSetup(): Promise<string> {
  const folder = await newFolder();
  await writeFile(
    join(folder, '.env'),
    `# Ours\nSLACK_API_URL=${slack.apiUrl}\nLOG_LEVEL=warn # quiet\n`,
  );
  return folder;
}

const settingsIn = async (folder: string) => parseEnv(await readFile(join(folder, '.env'), 'utf8'));

/** No service, SQLite, and Slack by a socket. */
const BEGINNING = ['n', '', '', '', 'y', 'n'];

/** The tokens, no Discord, a free port, and who looks after it. */
const ending = (port: number) => [token, slack.app.appToken, 'n', String(port), 'Grace'];

it(
  'asks, asks again what is refused, writes for its owner alone, and a record without a secret',
  patient,
  async () => {
    const folder = await newSetup();
    const port = await freePort();
    const refused = ['not a token', 'xoxb-wrong', 'xapp-wrong', 'y'];
    const { code, output } = await setup(folder, ...BEGINNING, ...refused, ...ending(port), 'y');
    expect(output).toContain('SLACK_BOT_TOKEN is not a bot token');
    expect(output).toContain('Slack does not take SLACK_BOT_TOKEN (invalid_auth)');
    expect(output).toContain('Slack does not take SLACK_APP_TOKEN (invalid_auth)');
    expect(output).toContain('It takes the bot token, for Riverside');
    expect(code).toBe(0);
    const settings = await settingsIn(folder);
    expect(settings).toEqual({
      SLACK_API_URL: slack.apiUrl,
      LOG_LEVEL: 'warn',
      DATA_DIR: './data',
      BACKUP_DIR: './backups',
      SLACK_BOT_TOKEN: token,
      SLACK_APP_TOKEN: slack.app.appToken,
      SECRET_KEY: expect.stringMatching(/^[\w+/]{43}=$/),
      PORT: String(port),
    });
    const text = await readFile(join(folder, '.env'), 'utf8');
    expect(text).toMatch(/^# Ours\n.*\nLOG_LEVEL=warn # quiet\n/);
    expect((await stat(join(folder, '.env'))).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).sort()).toEqual(['.env', 'HANDOVER.md']);
    const record = await readFile(join(folder, 'HANDOVER.md'), 'utf8');
    expect(record).toContain('Looked after by: Grace\n');
    expect(record).toContain('| SLACK_BOT_TOKEN |');
    for (const secret of [token, slack.app.appToken, String(settings.SECRET_KEY)]) {
      expect(record).not.toContain(secret);
      expect(output).not.toContain(secret);
    }

    // Once more, with nothing but Enter: it mends what others could read, and changes nothing.
    await chmod(join(folder, '.env'), 0o644);
    const again = await setup(folder, ...Array<string>(13).fill(''));
    expect(again.output).toContain('stays as it is');
    expect(again.code).toBe(0);
    expect(await readFile(join(folder, '.env'), 'utf8')).toBe(text);
    expect(await readFile(join(folder, 'HANDOVER.md'), 'utf8')).toBe(record);
    expect((await stat(join(folder, '.env'))).mode & 0o777).toBe(0o600);
  },
);

it('leaves a file alone unless it may change it', patient, async () => {
  const folder = await newSetup();
  const before = await readFile(join(folder, '.env'), 'utf8');
  const { code, output } = await setup(folder, ...BEGINNING, ...ending(await freePort()), 'n');
  expect(output).toContain('Nothing was written.');
  expect(code).toBe(1);
  expect(await readdir(folder)).toEqual(['.env']);
  expect(await readFile(join(folder, '.env'), 'utf8')).toBe(before);
});

it.each(['SIGINT', 'the end of its input'])(
  'stopped half-way by %s, has written nothing',
  patient,
  async (how) => {
    const folder = await newFolder();
    const { child, output } = startCommand('setup', { folder });
    child.stdin.write('n\n\n');
    await expect.poll(output, { timeout: 45_000 }).toContain('Folder for the data');
    const ended = once(child, 'close');
    if (how === 'SIGINT') child.kill('SIGINT');
    else child.stdin.end();
    await ended;
    expect(child.exitCode).not.toBe(0);
    expect(await readdir(folder)).toEqual([]);
  },
);

it('tries a MongoDB and the port; and takes out what is no longer wanted', patient, async () => {
  const folder = await newFolder();
  const { uri } = await someMongodb();
  const port = String(await freePort());
  const taken = String(await somethingElse());
  await writeFile(join(folder, '.env'), 'SLACK_BOT_TOKEN=xoxb-1\nSLACK_APP_TOKEN=xapp-1\n');
  const closed = `mongodb://convenor:hunter2@127.0.0.1:${await freePort()}/?serverSelectionTimeoutMS=300`;
  const asked = ['n', closed, 'y', uri, '', 'n', 'n', taken, 'y', port, 'Grace', 'y'];
  const { code, output } = await setup(folder, ...asked);
  expect(output).toMatch(/MongoDB: It cannot be used .*ECONNREFUSED/);
  expect(output).toContain('MongoDB: It answers, and is 6.0.0.');
  expect(output).toContain(`Port ${taken} is taken`);
  expect(output).not.toContain('hunter2');
  expect(code).toBe(0);
  expect(await settingsIn(folder)).toEqual({
    MONGODB_URI: uri,
    SECRET_KEY: expect.any(String),
    PORT: port,
  });
  expect(await readFile(join(folder, 'HANDOVER.md'), 'utf8')).toContain('By `mongorestore`');
});

it('tries a token of Discord, and waits until Convenor is invited', patient, async () => {
  const discord = await startDiscord();
  onTestFinished(() => discord.close());
  const folder = await newFolder();
  await writeFile(join(folder, '.env'), `DISCORD_API_URL=${discord.apiUrl}\n`);
  const port = String(await freePort());
  const { child, output } = startCommand('setup', { folder });
  const ended = once(child, 'close');
  child.stdin.write(['n', '', '', '', 'n', 'y', discord.botToken, ''].join('\n'));
  await expect.poll(output, { timeout: 45_000 }).toContain('Convenor is on no server.');
  expect(output()).toContain(`client_id=${discord.applicationId}`);
  discord.addGuild('Riverside');
  child.stdin.end(['y', '', port, 'Grace', 'y', ''].join('\n'));
  await ended;
  expect(output()).toContain('Convenor is on a server');
  expect(await settingsIn(folder)).toMatchObject({ DISCORD_TOKEN: discord.botToken });
  expect(await readFile(join(folder, 'HANDOVER.md'), 'utf8')).toContain('| DISCORD_TOKEN |');
  expect(output()).not.toContain(discord.botToken);
});
