import { once } from 'node:events';
import { expect, it } from 'vitest';
import { startSlack } from '../doubles/slack/slack.ts';
import { atEnd } from '../fixtures/at-end.ts';
import { START_TIMEOUT_MS, startProcess } from '../fixtures/start-process.ts';

/** A Slack double with Convenor installed, and `npm start` against it. */
async function start(settings: Record<string, string> = {}) {
  const slack = await startSlack();
  atEnd(() => slack.close());
  const team = slack.addTeam('Riverside');
  const grace = slack.addUser(team, { name: 'Grace', owner: true });
  const { token } = slack.installIn(team);
  const running = await startProcess({
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: token,
    SLACK_APP_TOKEN: slack.app.appToken,
    ...settings,
  });
  return { ...running, slack, grace };
}

it('npm start answers in Slack, and stops on SIGTERM', async () => {
  const { slack, grace, child, readyStatus } = await start();
  await expect.poll(readyStatus, { timeout: START_TIMEOUT_MS }).toBe(200);
  const line = 'followup add ring the school by:"in 1 minute"';
  const noted = await (await slack.as(grace).slash('/convenor', line)).reply();
  expect(noted.text).toContain('ring the school');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

it('a wrong token ends the start with one sentence', async () => {
  const { child, printed } = await start({ SLACK_BOT_TOKEN: 'xoxb-wrong' });
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(printed()).toMatch(/^Slack does not take SLACK_BOT_TOKEN \(invalid_auth\): .+\.$/);
});

it('while Slack cannot be reached, the process says that it waits for it', async () => {
  const { ready } = await start({ SLACK_API_URL: 'http://127.0.0.1:9/api/' });
  const waiting = { ready: false, waitingFor: ['slack'] };
  await expect.poll(ready, { timeout: START_TIMEOUT_MS }).toEqual(waiting);
});
