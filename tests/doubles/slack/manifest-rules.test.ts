import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger } from './bolt-app.ts';
import { type SlackDouble, startSlack } from './slack.ts';
import type { Channel, User } from './world.ts';

/** A small app: one command, no shortcut, no Home, no messages tab, one event. */
const manifest = {
  display_information: { name: 'Little' },
  features: {
    bot_user: { display_name: 'little' },
    slash_commands: [{ command: '/little', description: 'x', url: 'https://little.example' }],
  },
  oauth_config: { scopes: { bot: ['commands', 'chat:write'] } },
  settings: {
    event_subscriptions: { request_url: 'https://little.example', bot_events: ['user_change'] },
  },
};

let slack: SlackDouble;
let maya: User;
let general: Channel;
let token: string;

beforeEach(async () => {
  slack = await startSlack({ manifest });
  const team = slack.addTeam();
  maya = slack.addUser(team, { name: 'maya' });
  general = slack.addChannel(team, { members: [maya] });
  token = slack.installIn(team).token;
});

afterEach(() => slack.close());

it('offers only what the manifest declares', async () => {
  const user = slack.as(maya, general);
  const said = slack.say(maya, general, 'Met Jane');
  await expect(user.slash('/convenor')).rejects.toThrow('no command /convenor');
  await expect(user.shortcut('log_this', said)).rejects.toThrow('no message shortcut log_this');
  await expect(user.globalShortcut('log')).rejects.toThrow('no global shortcut log');
  await expect(async () => user.openHome()).rejects.toThrow('no Home tab');
  expect(await slack.kick(general, maya)).toBeUndefined();
});

it('tells nobody of messages whose event is not subscribed', async () => {
  await slack.as(maya, general).write('hello');
  await slack.as(maya).write('hello');
  expect(slack.acks).toEqual([]);
});

it('gives the scopes of the manifest, and hides the messages tab if it says so', async () => {
  const client = new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    logger: silentLogger,
  });
  await expect(client.users.info({ user: maya.id })).rejects.toThrow('missing_scope');
  await expect(client.chat.postMessage({ channel: maya.id, text: 'x' })).rejects.toThrow(
    'messages_tab_disabled',
  );
  expect(slack.violations).toHaveLength(2);
});
