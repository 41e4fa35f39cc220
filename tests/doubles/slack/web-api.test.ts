import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from './bolt-app.ts';
import { type SlackDouble, startSlack } from './slack.ts';
import type { Channel, Team, User } from './world.ts';

let slack: SlackDouble;
let team: Team;
let maya: User;
let tom: User;
let general: Channel;
let client: WebClient;

beforeEach(async () => {
  slack = await startSlack();
  team = slack.addTeam('Riverside');
  maya = slack.addUser(team, { name: 'maya', owner: true });
  tom = slack.addUser(team, { name: 'tom', zone: 'Europe/Paris' });
  general = slack.addChannel(team, { name: 'general', members: [maya, tom] });
  client = clientOf(slack.installIn(team).token);
  slack.invite(general, 'app');
});

afterEach(() => slack.close());

const clientOf = (token: string) =>
  new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    logger: silentLogger,
    rejectRateLimitedCalls: true,
  });

/** The error that Slack answers with. */
const refused = (call: Promise<unknown>) =>
  call.then(
    () => 'nothing',
    (error) => error.data?.error ?? error.code,
  );

const section = (text: string) => ({
  type: 'section' as const,
  text: { type: 'mrkdwn' as const, text },
});

describe('messages', () => {
  it('are posted, edited and deleted, and seen only by the members of the channel', async () => {
    const grace = slack.addUser(team, { name: 'grace' });
    const { ts = '' } = await client.chat.postMessage({ channel: general.id, text: 'One' });
    expect(slack.sees(tom, general)).toMatchObject([{ text: 'One', ephemeral: false }]);
    expect(slack.sees(grace, general)).toEqual([]);
    await client.chat.update({ channel: general.id, ts, text: 'Two' });
    expect(slack.sees(tom, general)).toMatchObject([{ ts, text: 'Two', edited: true }]);
    const { permalink } = await client.chat.getPermalink({ channel: general.id, message_ts: ts });
    expect(permalink).toContain(general.id);
    await client.chat.delete({ channel: general.id, ts });
    expect(slack.sees(tom, general)).toEqual([]);
    expect(slack.violations).toEqual([]);
  });

  it('that are ephemeral are seen only by their user, and no call reaches them later', async () => {
    const given = { channel: general.id, user: tom.id, text: 'For Tom' };
    const { message_ts: ts = '' } = await client.chat.postEphemeral(given);
    expect(slack.sees(tom, general)).toMatchObject([{ text: 'For Tom', ephemeral: true }]);
    expect(slack.sees(maya, general)).toEqual([]);
    const update = client.chat.update({ channel: general.id, ts, text: 'x' });
    expect(await refused(update)).toBe('message_not_found');
    const stranger = slack.addUser(team);
    const elsewhere = client.chat.postEphemeral({ ...given, user: stranger.id });
    expect(await refused(elsewhere)).toBe('user_not_in_channel');
  });

  it('show their mentions, but only those in markup', async () => {
    const call = `<@${tom.id}> <!here> <!date^1^{date}|soon> <#${general.id}>`;
    const words = { type: 'plain_text' as const, text: call };
    const blocks = [section(call), { type: 'section' as const, text: words }];
    await client.chat.postMessage({ channel: general.id, text: 'Hello', blocks });
    const calls = [`<@${tom.id}>`, '<!here>', `<#${general.id}>`];
    expect(slack.sees(maya, general)[0]?.mentions).toEqual(calls);
  });

  it('that are deleted cannot be edited', async () => {
    const { ts = '' } = await client.chat.postMessage({ channel: general.id, text: 'One' });
    const [seen] = slack.sees(maya, general);
    if (seen) slack.erase(seen);
    const update = client.chat.update({ channel: general.id, ts, text: 'Two' });
    expect(await refused(update)).toBe('message_not_found');
    const theirs = slack.say(maya, general, 'Mine');
    const meddling = client.chat.update({ channel: general.id, ts: theirs.ts, text: 'Ours' });
    expect(await refused(meddling)).toBe('cant_update_message');
  });

  it('are found again in direct messages by their metadata', async () => {
    const metadata = { event_type: 'delivery', event_payload: { key: 'k1' } };
    await client.chat.postMessage({ channel: maya.id, text: 'Hello', metadata });
    const { channel } = await client.conversations.open({ users: maya.id });
    const history = await client.conversations.history({
      channel: channel?.id ?? '',
      include_all_metadata: true,
      limit: 10,
    });
    expect(history.messages).toMatchObject([{ text: 'Hello', metadata }]);
    const without = await client.conversations.history({ channel: channel?.id ?? '' });
    expect(without.messages?.[0]).not.toHaveProperty('metadata');
    expect(await refused(client.conversations.history({ channel: general.id }))).toBe(
      'missing_scope',
    );
  });

  it('are refused where the app may not write', async () => {
    const post = (channel: string) => refused(client.chat.postMessage({ channel, text: 'x' }));
    const quiet = slack.addChannel(team);
    const secret = slack.addChannel(team, { kind: 'private' });
    const other = slack.addChannel(slack.addTeam('Elsewhere'));
    expect(await post('C404')).toBe('channel_not_found');
    expect(await post(quiet.id)).toBe('not_in_channel');
    expect(await post(secret.id)).toBe('channel_not_found');
    expect(await post(other.id)).toBe('channel_not_found');
    await slack.archive(general, maya);
    expect(await post(general.id)).toBe('is_archived');
    await slack.deactivate(tom);
    expect(await post(tom.id)).toBe('channel_not_found');
    expect(await refused(client.conversations.open({ users: tom.id }))).toBe('user_disabled');
    const bot = slack.addUser(team, { bot: true });
    expect(await refused(client.conversations.open({ users: bot.id }))).toBe(
      'invalid_user_combination',
    );
    expect(slack.violations).toEqual([]);
  });
});

describe('a wrong call is refused and recorded', () => {
  it.each([
    ['an unknown argument', 'invalid_arguments', { txet: 'x' }],
    ['neither text nor blocks', 'no_text', { text: '' }],
    ['blocks that are none', 'invalid_blocks', { blocks: [{ type: 'sectoin' }] }],
    ['a text above 3,000', 'invalid_blocks', { blocks: [section('x'.repeat(3001))] }],
    [
      'blocks above 13 kB in all',
      'msg_blocks_too_long',
      { blocks: Array.from({ length: 5 }, () => section('x'.repeat(2900))) },
    ],
    ['metadata without a type', 'invalid_metadata_format', { metadata: { event_payload: {} } }],
  ])('%s', async (_, code, fields) => {
    const given = { channel: general.id, text: 'x', ...fields };
    expect(await refused(client.apiCall('chat.postMessage', given))).toBe(code);
    expect(slack.violations).toEqual([expect.stringContaining(`chat.postMessage: ${code}`)]);
    expect(slack.sees(maya, general)).toEqual([]);
  });

  it('a scope that the token lacks', async () => {
    const poor = clientOf(slack.installIn(slack.addTeam('Poor'), ['commands']).token);
    expect(await refused(poor.chat.postMessage({ channel: general.id, text: 'x' }))).toBe(
      'missing_scope',
    );
    expect(slack.violations).toHaveLength(1);
  });

  it('an unknown method', async () => {
    expect(await refused(client.users.list({}))).toBe('unknown_method');
    expect(slack.violations).toHaveLength(1);
  });
});

describe('tokens', () => {
  it('end when the app is uninstalled or the token revoked', async () => {
    expect(await client.auth.test()).toMatchObject({ team_id: team.id, team: 'Riverside' });
    await client.auth.revoke();
    expect(await refused(client.auth.test())).toBe('token_revoked');
    const again = clientOf(slack.installIn(team).token);
    const { clientId: client_id, clientSecret: client_secret } = slack.app;
    await again.apps.uninstall({ client_id, client_secret });
    expect(await refused(again.auth.test())).toBe('account_inactive');
    expect(await refused(clientOf('xoxb-guess').auth.test())).toBe('invalid_auth');
  });

  it('show the users and channels of their team, and strangers in a shared channel', async () => {
    expect(await client.users.info({ user: tom.id })).toMatchObject({
      user: { tz: 'Europe/Paris', is_admin: false, team_id: team.id },
    });
    const stranger = slack.addUser(slack.addTeam('Elsewhere'));
    expect(await refused(client.users.info({ user: stranger.id }))).toBe('user_not_found');
    slack.invite(general, stranger);
    expect(await client.users.info({ user: stranger.id })).toMatchObject({
      user: { is_stranger: true },
    });
    const quiet = slack.addChannel(team, { name: 'quiet' });
    const all = await client.conversations.list({ limit: 1 });
    expect(all.channels).toMatchObject([{ name: 'general', is_member: true }]);
    const next = { limit: 1, cursor: all.response_metadata?.next_cursor ?? '' };
    expect((await client.conversations.list(next)).channels).toMatchObject([{ id: quiet.id }]);
    const mine = await client.users.conversations({ types: 'public_channel,private_channel' });
    expect(mine.channels).toMatchObject([{ id: general.id }]);
    await client.conversations.join({ channel: quiet.id });
    expect(await client.conversations.members({ channel: quiet.id })).toMatchObject({
      members: [expect.stringMatching(/^U/)],
    });
    expect(slack.violations).toEqual([]);
  });
});

describe('faults', () => {
  const post = (text: string, channel = general.id) =>
    refused(client.chat.postMessage({ channel, text }));
  const texts = () => slack.sees(maya, general).map((message) => message.text);

  it('come as often as set, in one channel if it is given', async () => {
    slack.faults.next('chat.postMessage', { rateLimited: 30 }, { times: 2, channel: general.id });
    const limited = 'slack_webapi_rate_limited_error';
    expect(await post('for Maya', maya.id)).toBe('nothing');
    expect([await post('1'), await post('2'), await post('3')]).toEqual([
      limited,
      limited,
      'nothing',
    ]);
    expect(texts()).toEqual(['3']);
  });

  it('lose a call, or only its answer', async () => {
    slack.faults.next('chat.postMessage', 'lost call');
    slack.faults.next('chat.postMessage', 'lost answer');
    slack.faults.next('chat.postMessage', 'server error');
    slack.faults.next('chat.postMessage', { error: 'fatal_error' });
    slack.faults.next('chat.postMessage', { slow: 20 });
    expect(await post('1')).toBe('slack_webapi_request_error');
    expect(await post('2')).toBe('slack_webapi_request_error');
    expect(await post('3')).toBe('slack_webapi_http_error');
    expect(await post('4')).toBe('fatal_error');
    expect(await post('5')).toBe('nothing');
    expect(texts()).toEqual(['2', '5']);
  });
});

describe('files', () => {
  const bytes = Buffer.from('Grüße');
  async function uploaded(name = 'plan.txt', length = bytes.length) {
    const { file_id: id = '', upload_url: url = '' } = await client.files.getUploadURLExternal({
      filename: name,
      length,
    });
    await fetch(url, { method: 'POST', body: bytes });
    return id;
  }

  it('are seen once they are shared, and are gone once they are deleted', async () => {
    const id = await uploaded();
    const direct = slack.directOf(tom);
    expect(slack.sees(tom, direct)).toEqual([]);
    const blocks = [{ ...section('Here it is.'), block_id: 'mine' }];
    const files: [{ id: string; title: string }] = [{ id, title: 'Our plan' }];
    await client.files.completeUploadExternal({ files, channel_id: direct.id, blocks });
    expect(slack.sees(tom, direct)).toMatchObject([
      { words: 'Here it is.', files: [{ name: 'plan.txt', title: 'Our plan', bytes }] },
    ]);
    const { messages } = await client.conversations.history({ channel: direct.id });
    expect(messages).toMatchObject([{ files: [{ id }], blocks: [{ block_id: 'mine' }] }]);
    await client.files.delete({ file: id });
    expect(slack.sees(tom, direct)).toMatchObject([{ files: [{ bytes: undefined }] }]);
    expect(await refused(client.files.delete({ file: id }))).toBe('file_deleted');
    expect(slack.violations).toEqual([]);
  });

  it('cannot be empty, nor shared twice, nor before they are uploaded', async () => {
    expect(await refused(uploaded('empty.txt', 0))).toBe('invalid_arguments');
    const { file_id: early = '' } = await client.files.getUploadURLExternal({
      filename: 'early.txt',
      length: 3,
    });
    const share = (id: string) =>
      client.files.completeUploadExternal({ files: [{ id }], channel_id: general.id });
    expect(await refused(share(early))).toBe('file_not_found');
    const id = await uploaded();
    await share(id);
    expect(await refused(share(id))).toBe('file_not_found');
    expect(await refused(client.files.delete({ file: 'F0' }))).toBe('file_not_found');
  });

  it('are as long as was announced', async () => {
    await uploaded('short.txt', 100);
    expect(slack.violations).toEqual([expect.stringContaining('100 were announced')]);
  });
});
