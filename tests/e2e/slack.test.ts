import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { startSlack } from '../doubles/slack/slack.ts';
import { freePort } from '../fixtures/redis.ts';
import { dataFolder } from '../fixtures/try-process.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

/** Slack with Convenor installed, and `npm start` against it. */
async function start(settings: Record<string, string> = {}) {
  const slack = await startSlack();
  opened.push(() => slack.close());
  const team = slack.addTeam('Riverside');
  const grace = slack.addUser(team, { name: 'Grace', owner: true });
  const { token } = slack.installIn(team);
  const folder = await dataFolder();
  opened.push(() => folder.remove());
  const port = String(await freePort());
  const { MONGODB_URI: _, REDIS_URL: __, ...env } = process.env;
  const own = { PORT: port, DATA_DIR: folder.dataDir, SLACK_API_URL: slack.apiUrl };
  const tokens = { SLACK_BOT_TOKEN: token, SLACK_APP_TOKEN: slack.app.appToken };
  const child = spawn(process.execPath, ['dist/main.js'], {
    env: { ...env, ...own, ...tokens, ...settings },
  });
  opened.push(() => stop(child));
  let printed = '';
  child.stderr.on('data', (text) => {
    printed += text;
  });
  return { slack, grace, child, url: `http://127.0.0.1:${port}`, printed: () => printed };
}

async function stop(child: ChildProcess) {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

it('npm start answers in Slack, and ends when told to', async () => {
  const { slack, grace, child, url } = await start();
  const ready = () => fetch(`${url}/readyz`).then((response) => response.status);
  await expect.poll(() => ready().catch(() => 0), { timeout: 15_000 }).toBe(200);
  const line = 'followup add ring the school by:"in 1 minute"';
  const noted = await (await slack.as(grace).slash('/convenor', line)).reply();
  expect(noted.text).toContain('ring the school');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

it('a wrong token ends the start with one sentence', async () => {
  const { child, printed } = await start({ SLACK_BOT_TOKEN: 'xoxb-wrong' });
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(printed().trim()).toMatch(/^Slack does not take SLACK_BOT_TOKEN \(invalid_auth\): .+\.$/);
});

it('while Slack is out of reach the process says that it waits for it', async () => {
  const { url } = await start({ SLACK_API_URL: 'http://127.0.0.1:9/api/' });
  const ready = () => fetch(`${url}/readyz`).then((response) => response.json());
  const waiting = { ready: false, waitingFor: ['slack'] };
  await expect.poll(() => ready().catch(() => 0), { timeout: 15_000 }).toEqual(waiting);
});
