import type { App } from '@slack/bolt';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { httpApp } from './bolt-app.ts';
import { type SlackDouble, startSlack } from './slack.ts';

let slack: SlackDouble;
let bolt: Awaited<ReturnType<typeof httpApp>>;
const received: string[] = [];

beforeEach(async () => {
  received.length = 0;
  slack = await startSlack();
  bolt = await httpApp(slack, (app: App) => {
    app.command('/convenor', async ({ ack, command, context, say }) => {
      received.push(
        `${command.text} ${command.is_enterprise_install} ${context.isEnterpriseInstall}`,
      );
      await ack(command.text === 'quick' ? { text: 'At once.' } : undefined);
      if (command.text === 'tell all') await say('Hello all');
    });
    for (const name of ['app_uninstalled', 'user_change', 'member_left_channel', 'app_home_opened'])
      app.event(name, async ({ event }) => void received.push(event.type));
    app.event('tokens_revoked', async ({ event }) => {
      received.push(`${event.type} ${event.tokens.bot}`);
    });
  });
});

afterEach(async () => {
  await bolt.app.stop();
  await slack.close();
});

it('installs by OAuth, once for each code, and sends signed commands', async () => {
  const team = slack.addTeam('Riverside');
  const maya = slack.addUser(team, { name: 'maya' });
  const general = slack.addChannel(team, { members: [maya] });
  const installed = await slack.install(maya, bolt.installUrl);
  expect(installed.status).toBe(200);
  expect((await installed.again()).status).toBe(500);
  expect(bolt.kept.get(team.id)).toMatchObject({ bot: { scopes: ['commands', 'chat:write'] } });
  slack.invite(general, 'app');
  const user = slack.as(maya, general);
  expect((await (await user.slash('/convenor', 'quick')).reply()).text).toBe('At once.');
  await user.slash('/convenor', 'tell all');
  await slack.until('the message', () => slack.sees(maya, general)[1]);
  expect(received).toEqual(['quick false false', 'tell all false false']);
  expect(slack.violations).toEqual([]);
});

it('forged requests are refused everywhere', async () => {
  const team = slack.addTeam('Riverside');
  const maya = slack.addUser(team, { name: 'maya' });
  const forged = { withoutCookie: true };
  expect((await slack.install(maya, bolt.installUrl, forged)).status).toBe(400);
  expect((await slack.install(maya, bolt.installUrl, { state: 'guess' })).status).toBe(400);
  expect((await slack.install(maya, bolt.installUrl, { deny: true })).text).toContain('Oops');
  expect(bolt.kept.size).toBe(0);
  const body = JSON.stringify({ type: 'url_verification', challenge: 'c' });
  const json = { contentType: 'application/json' };
  expect(await slack.sendSigned(body, json)).toMatchObject({ status: 200 });
  expect(await slack.sendSigned(body, { ...json, signature: 'v0=00' })).toMatchObject({
    status: 401,
  });
  expect(await slack.sendSigned(body, { ...json, timestamp: 1 })).toMatchObject({ status: 401 });
});

it('installs for a whole organisation', async () => {
  const grid = slack.addEnterprise('County');
  const first = slack.addTeam('Riverside', grid);
  const second = slack.addTeam('Hillside', grid);
  const maya = slack.addUser(first, { name: 'maya' });
  const tom = slack.addUser(second, { name: 'tom' });
  await slack.install(maya, bolt.installUrl, { orgWide: true });
  expect([...bolt.kept.keys()]).toEqual([grid]);
  await slack.as(tom).slash('/convenor', 'tell all');
  expect(received).toEqual(['tell all true true']);
  await slack.until('the message', () => slack.sees(tom, slack.directOf(tom))[0]);
});

it('users of another workspace, or who have left, cannot use the command', async () => {
  const team = slack.addTeam('Riverside');
  const maya = slack.addUser(team, { name: 'maya' });
  const stranger = slack.addUser(slack.addTeam('Elsewhere'), { name: 'grace' });
  const general = slack.addChannel(team, { members: [maya, stranger] });
  await slack.install(maya, bolt.installUrl);
  await expect(slack.as(stranger, general).slash('/convenor')).rejects.toThrow('its own people');
  await slack.deactivate(maya);
  await expect(slack.as(maya, general).slash('/convenor')).rejects.toThrow('no longer there');
});

it('sends the events of a workspace, and sends one again on request', async () => {
  const team = slack.addTeam('Riverside');
  const maya = slack.addUser(team, { name: 'maya' });
  const general = slack.addChannel(team, { members: [maya] });
  await slack.install(maya, bolt.installUrl);
  const left = await slack.kick(general, maya);
  await slack.deactivate(maya);
  if (left) await slack.redeliver(left.envelope);
  await slack.uninstall(team);
  expect(received).toEqual([
    'member_left_channel',
    'user_change',
    'member_left_channel',
    expect.stringMatching(/^tokens_revoked U/),
    'app_uninstalled',
  ]);
  expect(() => slack.as(maya, general)).toThrow('not installed');
});
