import { once } from 'node:events';
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SlackDouble, startSlack } from '../doubles/slack/slack.ts';
import { begin, command } from '../fixtures/command.ts';
import { freePort } from '../fixtures/redis.ts';
import { newFolder, someMongodb, somethingElse } from './stage.ts';

let slack: SlackDouble;
let token: string;
beforeAll(async () => {
  slack = await startSlack();
  ({ token } = slack.installIn(slack.addTeam('Riverside')));
});
afterAll(() => slack?.close());

/** Runs setup with one answer to a line. Where Slack is stands in the settings, as it does for GovSlack. */
async function setup(folder: string, ...answers: string[]) {
  return command('setup', { folder, input: answers.map((answer) => `${answer}\n`).join('') });
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

/** The answers: no service, the embedded store, Slack by a socket, a free port, and who looks after it. */
async function answers(bot = token): Promise<string[]> {
  return ['n', '', '', '', 'y', 'n', bot, slack.app.appToken, String(await freePort()), 'Grace'];
}

it('asks, tries out, writes the settings for their owner alone, and a sheet without a secret', async () => {
  const folder = await newSetup();
  const given = await answers();
  const { code, output } = await setup(folder, ...given, 'y');
  expect(output).toContain('It takes the bot token, for Riverside');
  expect(code).toBe(0);
  expect(await settingsIn(folder)).toEqual({
    SLACK_API_URL: slack.apiUrl,
    LOG_LEVEL: 'warn',
    DATA_DIR: './data',
    BACKUP_DIR: './backups',
    SLACK_BOT_TOKEN: token,
    SLACK_APP_TOKEN: slack.app.appToken,
    SECRET_KEY: expect.stringMatching(/^[\w+/]{43}=$/),
    PORT: given.at(-2),
  });
  expect(await readFile(join(folder, '.env'), 'utf8')).toMatch(
    /^# Ours\n.*\nLOG_LEVEL=warn # quiet\n/,
  );
  expect((await stat(join(folder, '.env'))).mode & 0o777).toBe(0o600);
  expect((await readdir(folder)).sort()).toEqual(['.env', 'HANDOVER.md']);
  const sheet = await readFile(join(folder, 'HANDOVER.md'), 'utf8');
  expect(sheet).toContain('Looked after by: Grace\n');
  expect(sheet).toContain('| SLACK_BOT_TOKEN |');
  const { SECRET_KEY = '' } = await settingsIn(folder);
  for (const secret of [token, slack.app.appToken, SECRET_KEY]) {
    expect(sheet).not.toContain(secret);
    expect(output).not.toContain(secret);
  }
});

it('run again with nothing but Enter, changes nothing', async () => {
  const folder = await newSetup();
  await setup(folder, ...(await answers()), 'y');
  const read = () =>
    Promise.all(['.env', 'HANDOVER.md'].map((name) => readFile(join(folder, name), 'utf8')));
  const before = await read();
  await chmod(join(folder, '.env'), 0o644);
  const { code, output } = await setup(folder, ...Array<string>(12).fill(''));
  expect(output).toContain('stays as it is');
  expect(code).toBe(0);
  expect(await read()).toEqual(before);
  expect((await stat(join(folder, '.env'))).mode & 0o777).toBe(0o600);
});

it('asks again where a token is refused, or an answer cannot be', async () => {
  const folder = await newSetup();
  const [service, store, data, backups, onSlack, many, ...rest] = await answers();
  const wrong = ['not a token', 'xoxb-wrong', 'xapp-wrong', 'y'];
  const { code, output } = await setup(
    folder,
    ...[service, store, data, backups, onSlack, many].map(String),
    ...wrong,
    ...rest,
    'y',
  );
  expect(output).toContain('SLACK_BOT_TOKEN is not a bot token');
  expect(output).toContain('Slack does not take SLACK_BOT_TOKEN (invalid_auth)');
  expect(output).toContain('Slack does not take SLACK_APP_TOKEN (invalid_auth)');
  expect(code).toBe(0);
  expect(await settingsIn(folder)).toMatchObject({ SLACK_BOT_TOKEN: token });
});

it('leaves a file alone unless it may change it', async () => {
  const folder = await newSetup();
  const before = await readFile(join(folder, '.env'), 'utf8');
  const { code, output } = await setup(folder, ...(await answers()), 'n');
  expect(output).toContain('Nothing was written.');
  expect(code).toBe(1);
  expect(await readdir(folder)).toEqual(['.env']);
  expect(await readFile(join(folder, '.env'), 'utf8')).toBe(before);
});

it.each(['SIGINT', 'the end of its input'])(
  'stopped half-way by %s, has written nothing',
  async (how) => {
    const folder = await newFolder();
    const { child, output } = begin('setup', { folder });
    child.stdin.write('n\n\n');
    await expect.poll(output, { timeout: 15_000 }).toContain('Folder for the data');
    const ended = once(child, 'close');
    if (how === 'SIGINT') child.kill('SIGINT');
    else child.stdin.end();
    await ended;
    expect(child.exitCode).not.toBe(0);
    expect(await readdir(folder)).toEqual([]);
  },
);

it('tries a MongoDB and the port; and takes out what is no longer wanted', async () => {
  const folder = await newFolder();
  const { uri } = await someMongodb(await newFolder());
  const port = String(await freePort());
  const taken = String(await somethingElse());
  await writeFile(join(folder, '.env'), 'SLACK_BOT_TOKEN=xoxb-1\nSLACK_APP_TOKEN=xapp-1\n');
  const closed = `mongodb://convenor:hunter2@127.0.0.1:${await freePort()}/?serverSelectionTimeoutMS=300`;
  const asked = ['n', closed, 'y', uri, '', 'n', taken, 'y', port, 'Grace', 'y'];
  const { code, output } = await setup(folder, ...asked);
  expect(output).toMatch(/MongoDB: It cannot be used .*ECONNREFUSED/);
  expect(output).toContain('MongoDB: It answers, and is 4.4.0.');
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
