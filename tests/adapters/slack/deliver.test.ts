import { expect, it } from 'vitest';
import { type Reply, say } from '../../../src/core/message/reply.ts';
import { bold, rich } from '../../../src/core/message/rich-text.ts';
import type { Outgoing } from '../../../src/core/ports/platform.ts';
import { deliverSuite, outgoing } from '../deliver.suite.ts';
import { newTestBot, type SlackTestBot } from './test-bot.ts';

const hello: Reply = say(rich`Hello ${bold('*there* <!channel>')}`);

/** A channel with Convenor and all three members. */
function channelIn({ double, team, users }: SlackTestBot, name: string) {
  const channel = double.addChannel(team, { name, members: Object.values(users) });
  double.invite(channel, 'app');
  return channel;
}

deliverSuite<SlackTestBot>({
  name: 'Slack',
  newTestBot,
  hello,
  open: 'conversations.open',
  post: 'chat.postMessage',
  id: /^D\w+\/\d+\.\d+$/,
  read: ({ inbox }, who) => inbox(who),
  expectNamed({ double, users }, who, other) {
    const [seen] = double.sees(users[who], double.directOf(users[who]));
    expect(JSON.stringify(seen?.blocks)).toContain(users[other].id);
  },
  channel: (testBot, name) => channelIn(testBot, name).id,
  closed: [
    [
      'archived',
      (testBot) => Object.assign(channelIn(testBot, 'old'), { archived: true }).id,
      /^That channel is archived\.$/,
    ],
    [
      'without Convenor',
      ({ double, team }) => double.addChannel(team, { kind: 'public' }).id,
      /^I am not in that channel: type \/invite @Convenor there\.$/,
    ],
    [
      'private',
      ({ double, team }) => double.addChannel(team, { kind: 'private' }).id,
      /^I cannot see that channel/,
    ],
  ],
  gone: ({ double, users }, who) => `${double.directOf(users[who]).id}/1700000000.000001`,
  chatter({ double, users }, who, lines) {
    const direct = double.directOf(users[who]);
    for (let said = 0; said < lines; said += 1) double.say(users[who], direct, `line ${said}`);
  },
  lookedThrough: 40,
});

it('an edited message is still the same delivery', async () => {
  const testBot = await newTestBot();
  const message = outgoing(testBot, testBot.to('tom'), hello);
  const sent = await testBot.convenor.send(message);
  if (sent.outcome !== 'sent') throw new Error(sent.outcome);
  await testBot.convenor.edit(message.address, sent.id, say(rich`Changed.`));
  expect(await testBot.convenor.findSent(message)).toBe(sent.id);
});

it('a rate limit holds back only its channel, and nothing is posted twice', async () => {
  const testBot = await newTestBot();
  const { double, convenor, users } = testBot;
  const busy = channelIn(testBot, 'busy');
  const calm = channelIn(testBot, 'calm');
  double.faults.next('chat.postMessage', { rateLimited: 7 }, { channel: busy.id });
  const first = outgoing(testBot, testBot.toChannel(busy.id), hello);
  const [held, sent] = await Promise.all([
    convenor.send(first),
    convenor.send(outgoing(testBot, testBot.toChannel(calm.id), hello)),
  ]);
  expect(held).toEqual({ outcome: 'later', ms: 7_000 });
  expect(sent).toMatchObject({ outcome: 'sent' });
  expect(double.sees(users.maya, busy)).toEqual([]);
  expect(await convenor.send(first)).toMatchObject({ outcome: 'sent' });
  expect(double.sees(users.maya, busy)).toHaveLength(1);
  expect(double.sees(users.maya, calm)).toHaveLength(1);
});

it('says that a member has left Slack, even when an earlier message reached them', async () => {
  const testBot = await newTestBot();
  await testBot.convenor.send(outgoing(testBot, testBot.to('tom'), hello));
  testBot.users.tom.deleted = true;
  const message = outgoing(testBot, testBot.to('tom'), hello);
  expect(await testBot.convenor.send(message)).toEqual({ outcome: 'later', ms: 0 });
  expect(await testBot.convenor.send(message)).toEqual({
    outcome: 'permanent',
    reason: 'They are no longer on Slack.',
  });
});

it('with a revoked token, or in another workspace, it says that Convenor was removed', async () => {
  const testBot = await newTestBot();
  const elsewhere: Outgoing['address'] = {
    to: 'user',
    identity: { platform: 'slack', workspace: 'T0ELSEWHERE', user: 'U1' },
  };
  const removed = { outcome: 'permanent', reason: expect.stringContaining('was removed') };
  expect(await testBot.convenor.send(outgoing(testBot, elsewhere, hello))).toEqual(removed);
  await testBot.convenor.send(outgoing(testBot, testBot.to('tom'), hello));
  for (const installation of testBot.double.world.installations) installation.state = 'revoked';
  const message = outgoing(testBot, testBot.to('tom'), hello);
  expect(await testBot.convenor.send(message)).toEqual(removed);
  expect(await testBot.convenor.edit(message.address, 'D1/1.1', hello)).toEqual(removed);
});

it('cannot look for a message in a channel, nor while Slack limits the rate', async () => {
  const testBot = await newTestBot();
  const channel = channelIn(testBot, 'news');
  const posted = outgoing(testBot, testBot.toChannel(channel.id), hello);
  await testBot.convenor.send(posted);
  expect(await testBot.convenor.findSent(posted)).toBeUndefined();
  expect(testBot.calls('conversations.history')).toBe(0);
  const direct = outgoing(testBot, testBot.to('tom'), hello);
  await testBot.convenor.send(direct);
  testBot.double.faults.next('conversations.history', { rateLimited: 30 });
  await expect(testBot.convenor.findSent(direct)).rejects.toThrow();
  expect(await testBot.convenor.findSent(direct)).toBeDefined();
});

it('says what it lacks in a channel before a digest is promised there', async () => {
  const testBot = await newTestBot();
  const { double, team, convenor } = testBot;
  const problemIn = (id: string) => convenor.postingProblem(testBot.toChannel(id).channel, 'post');
  expect(await problemIn(channelIn(testBot, 'news').id)).toBeUndefined();
  expect(await problemIn(double.addChannel(team, { kind: 'public' }).id)).toBe(
    'I am not in it yet: type /invite @Convenor there.',
  );
  expect(await problemIn(double.addChannel(team, { kind: 'private' }).id)).toContain(
    'type /invite @Convenor there',
  );
  const old = Object.assign(channelIn(testBot, 'old'), { archived: true });
  expect(await problemIn(old.id)).toBe('It is archived: choose another channel.');
});
