import { expect, it } from 'vitest';
import { plannedDeletion } from '../../../src/core/domain/partnership-deletion/partnership-deletion.ts';
import { type Reply, say } from '../../../src/core/message/reply.ts';
import { bold, rich } from '../../../src/core/message/rich-text.ts';
import { deliverSuite, outgoing } from '../deliver.suite.ts';
import { type DiscordTestBot, newTestBot } from './test-bot.ts';

const hello: Reply = {
  ...say(rich`Hello ${bold('*there* @everyone')}`),
  card: [{ kind: 'buttons', buttons: [{ label: 'Partners', command: 'partner list', args: {} }] }],
};

const channelIn = ({ double, guild }: DiscordTestBot, given = {}) =>
  double.addChannel(guild, given);

deliverSuite<DiscordTestBot>({
  name: 'Discord',
  newTestBot,
  hello,
  open: 'create_dm',
  post: 'create_message',
  id: /^\d+\/\d+$/,
  read: ({ inbox }, who) => inbox(who).map(({ words }) => words),
  expectNamed({ inbox, users }, who, other) {
    const mentions = [`<@${users[other].id}>`];
    expect(inbox(who)).toMatchObject([{ mentions, pings: [], buttons: ['Partners'] }]);
  },
  channel: (testBot, name) => channelIn(testBot, { name }).id,
  closed: [
    [
      'gone',
      (testBot) => {
        const channel = channelIn(testBot);
        testBot.double.deleteChannel(channel);
        return channel.id;
      },
      /^That channel is gone\.$/,
    ],
    [
      'hidden',
      (testBot) => channelIn(testBot, { kind: 'private' }).id,
      /^I cannot see that channel.+"View Channel"\.$/,
    ],
    [
      'read only',
      (testBot) => {
        const channel = channelIn(testBot);
        testBot.double.forbid(channel, 'SendMessages');
        return channel.id;
      },
      /^I may not write in that channel.+"Send Messages"/,
    ],
  ],
  gone({ double, inbox }, who) {
    const [seen] = inbox(who);
    if (!seen) throw new Error('Nothing came.');
    double.erase(seen);
    return `${seen.channel}/${seen.id}`;
  },
  chatter({ double, users }, who, lines) {
    const direct = double.directOf(users[who]);
    for (let said = 0; said < lines; said += 1) double.say(users[who], direct, `line ${said}`);
  },
  lookedThrough: 250,
});

it('a rate limit holds back only its channel, and nothing is posted twice', async () => {
  const testBot = await newTestBot();
  const { double, guild, convenor, users } = testBot;
  const busy = double.addChannel(guild, { name: 'busy' });
  const calm = double.addChannel(guild, { name: 'calm' });
  double.faults.next('create_message', { rateLimited: 7 }, { channel: busy.id });
  const first = outgoing(testBot, testBot.toChannel(busy.id), hello);
  const [held, sent] = await Promise.all([
    convenor.send(first),
    convenor.send(outgoing(testBot, testBot.toChannel(calm.id), hello)),
  ]);
  if (held.outcome !== 'later') throw new Error(held.outcome);
  expect(held.ms).toBeGreaterThanOrEqual(7_000);
  expect(held.ms).toBeLessThan(8_000);
  expect(sent).toMatchObject({ outcome: 'sent' });
  expect(double.sees(users.maya, busy)).toEqual([]);
  // Until then Convenor does not even ask Discord: each refusal counts towards a ban.
  const before = testBot.calls('create_message');
  expect(await convenor.send(first)).toMatchObject({ outcome: 'later' });
  expect(testBot.calls('create_message')).toBe(before);
  expect(await convenor.send(outgoing(testBot, testBot.toChannel(calm.id), hello))).toMatchObject({
    outcome: 'sent',
  });
});

it.each(['lost answer', 'lost call', 'server error', 'bad gateway'] as const)(
  'after a %s, sending again within minutes still gives one message',
  async (fault) => {
    const testBot = await newTestBot();
    testBot.double.faults.next('create_message', fault);
    const message = outgoing(testBot, testBot.to('tom'), hello);
    expect(await testBot.convenor.send(message)).toEqual({ outcome: 'unknown' });
    expect(testBot.inbox('tom')).toHaveLength(fault === 'lost answer' ? 1 : 0);
    expect(await testBot.convenor.send(message)).toMatchObject({ outcome: 'sent' });
    expect(testBot.inbox('tom')).toHaveLength(1);
  },
);

it('when a member takes no direct messages, the reason says what they can do', async () => {
  const testBot = await newTestBot();
  testBot.users.tom.direct = 'closed';
  expect(await testBot.convenor.send(outgoing(testBot, testBot.to('tom'), hello))).toEqual({
    outcome: 'permanent',
    reason: expect.stringMatching(/^They do not take direct messages.+Privacy Settings/),
    remedy: expect.stringContaining('switch on Direct Messages'),
  });
});

it('their messages go to a private thread of their own, and are found there', async () => {
  const testBot = await newTestBot();
  const { double, guild, users, convenor } = testBot;
  const office = double.addChannel(guild, { name: 'office' });
  users.tom.direct = 'closed';
  const { channel } = testBot.toChannel(office.id);
  const address = { ...testBot.to('tom'), fallback: { how: 'thread', channel } } as const;
  const message = outgoing(testBot, address, hello);
  const sent = await convenor.send(message);
  await convenor.send(outgoing(testBot, address, hello));
  const [thread, ...others] = double.threads(users.tom, office);
  if (!thread || sent.outcome !== 'sent') throw new Error('There is no thread.');
  expect(others).toEqual([]);
  expect(double.sees(users.tom, thread)).toHaveLength(2);
  expect(double.threads(users.maya, office)).toEqual([]);
  expect(double.sees(users.maya, office)).toEqual([]);
  expect(await convenor.findSent(message)).toBe(sent.id);
  expect(await convenor.edit(address, sent.id, say(rich`Changed.`))).toEqual(sent);
  // An archived thread is opened again. After a deleted one there is a new one.
  double.archive(thread);
  expect(await convenor.send(outgoing(testBot, address, hello))).toMatchObject({ outcome: 'sent' });
  double.deleteChannel(thread);
  expect(await convenor.send(outgoing(testBot, address, hello))).toMatchObject({ outcome: 'sent' });
  expect(double.threads(users.tom, office)).toHaveLength(1);
  expect(double.violations).toEqual([]);
});

it('without private threads a channel mentions them, and shows nothing of the content', async () => {
  const testBot = await newTestBot();
  const { double, guild, users, convenor } = testBot;
  const office = double.addChannel(guild, { name: 'office' });
  users.tom.direct = 'closed';
  const { channel } = testBot.toChannel(office.id);
  const address = { ...testBot.to('tom'), fallback: { how: 'mention', channel } } as const;
  const message = outgoing(testBot, address, say(rich`The lease runs out.`));
  const sent = await convenor.send(message);
  if (sent.outcome !== 'sent') throw new Error(sent.outcome);
  const seen = () => double.sees(users.maya, office);
  expect(seen()).toMatchObject([{ pings: [users.tom.id], buttons: ['Show me'] }]);
  expect(await convenor.findSent(message)).toBe(sent.id);
  expect(await convenor.edit(address, sent.id, message.reply)).toEqual(sent);
  expect(seen()[0]?.words).not.toContain('lease');
  // When they take direct messages again, the next one goes there.
  users.tom.direct = 'open';
  testBot.talk.clock.move({ minutes: 11 });
  await convenor.send(outgoing(testBot, address, message.reply));
  expect(testBot.inbox('tom')).toHaveLength(1);
});

it('after Convenor is removed from the server, nothing is tried until it is back', async () => {
  const testBot = await newTestBot();
  const { double, guild, convenor, talk } = testBot;
  await convenor.start(talk.bot);
  await convenor.send(outgoing(testBot, testBot.to('tom'), hello));
  double.uninstall(guild);
  const removed = { outcome: 'permanent', reason: expect.stringContaining('was removed') };
  const message = outgoing(testBot, testBot.to('tom'), hello);
  await expect.poll(() => convenor.send(message)).toEqual(removed);
  expect(await convenor.edit(message.address, '1/1', hello)).toEqual(removed);
  expect(await convenor.remove(message.address, '1/1')).toEqual(removed);
  // If it does not come back within 90 days, everything goes.
  await expect.poll(() => plannedDeletion(talk.store)).toMatchObject({ reason: 'uninstalled' });
  double.installIn(guild);
  await expect.poll(() => convenor.send(message)).toMatchObject({ outcome: 'sent' });
  await expect.poll(() => plannedDeletion(talk.store)).toBeUndefined();
});

it('with a refused token everything is kept, and Convenor does not keep trying', async () => {
  const testBot = await newTestBot();
  await testBot.convenor.send(outgoing(testBot, testBot.to('tom'), hello));
  const { app } = testBot.double.world;
  const { token } = app;
  Object.assign(app, { token: 'another' });
  const message = outgoing(testBot, testBot.to('tom'), hello);
  expect(await testBot.convenor.send(message)).toEqual({ outcome: 'later', ms: 600_000 });
  Object.assign(app, { token });
  const calls = testBot.double.calls.length;
  expect(await testBot.convenor.send(message)).toEqual({ outcome: 'later', ms: 10_000 });
  expect(testBot.double.calls).toHaveLength(calls);
});

it('cannot look for a message while Discord limits the rate', async () => {
  const testBot = await newTestBot();
  const message = outgoing(testBot, testBot.to('tom'), hello);
  await testBot.convenor.send(message);
  testBot.double.faults.next('list_messages', { rateLimited: 1 });
  await expect(testBot.convenor.findSent(message)).rejects.toThrow();
});
