import { MessageFlags } from 'discord.js';
import { beforeAll, expect, it } from 'vitest';
import { type Reply, say } from '../../../src/core/message/reply.ts';
import { bold, rich } from '../../../src/core/message/rich-text.ts';
import { outgoing } from '../deliver.suite.ts';
import { type DiscordTestBot, newTestBot } from './test-bot.ts';

const button = { label: 'Partners', command: 'partner list', args: {} };

const reminder: Reply = {
  text: rich`A reminder: ${bold('ring the school')}`,
  card: [
    { kind: 'note', text: rich`It is for the fair.` },
    { kind: 'buttons', buttons: [button] },
  ],
};

/** Its rows have buttons of their own, which a message of the older kind cannot show beside them. */
const brief: Reply = {
  text: rich`Hello Tom. 2 things are due today.`,
  card: [
    { kind: 'row', text: rich`ring the school`, buttons: [{ ...button, label: 'Done' }] },
    { kind: 'row', text: rich`book the hall`, buttons: [{ ...button, label: 'Done' }] },
    { kind: 'buttons', buttons: [button] },
  ],
};

// The first calls compile the double's schemas, which can take longer than a call may.
beforeAll(async () => {
  const testBot = await newTestBot();
  await testBot.convenor.send(outgoing(testBot, testBot.to('tom'), brief));
});

/** The body of each post: what a phone's notification is made of. */
const posts = ({ double }: DiscordTestBot) =>
  double.calls
    .filter(({ method }) => method === 'create_message')
    .map(({ body }) => body as { content?: string; flags?: number });

it('a reminder is one message of the older kind, whose text begins with its first sentence', async () => {
  const testBot = await newTestBot();
  const message = outgoing(testBot, testBot.to('tom'), reminder);
  const sent = await testBot.convenor.send(message);
  expect(posts(testBot).at(-1)).toMatchObject({
    content: 'A reminder\\: **ring the school**\n-# It is for the fair.',
  });
  expect(posts(testBot).at(-1)).not.toHaveProperty('flags');
  expect(testBot.calls('update_message')).toBe(0);
  expect(testBot.inbox('tom')).toMatchObject([{ buttons: ['Partners'], edited: false }]);
  expect(sent).toEqual({ outcome: 'sent', id: await testBot.convenor.findSent(message) });
  // Later it can become one of components.
  if (sent.outcome !== 'sent') throw new Error(sent.outcome);
  expect(await testBot.convenor.edit(message.address, sent.id, brief)).toEqual(sent);
  expect(testBot.inbox('tom')).toMatchObject([{ buttons: ['Done', 'Done', 'Partners'] }]);
  expect(testBot.double.violations).toEqual([]);
});

it('a brief is posted with its first sentence, and edited into the whole of it at once', async () => {
  const testBot = await newTestBot();
  const message = outgoing(testBot, testBot.to('tom'), brief);
  const sent = await testBot.convenor.send(message);
  expect(posts(testBot).at(-1)?.content).toBe('Hello Tom. 2 things are due today.');
  expect(testBot.inbox('tom')).toMatchObject([
    { buttons: ['Done', 'Done', 'Partners'], flags: MessageFlags.IsComponentsV2 },
  ]);
  expect(testBot.inbox('tom')[0]?.words.match(/Hello Tom/g)).toHaveLength(1);
  expect(sent).toEqual({ outcome: 'sent', id: await testBot.convenor.findSent(message) });
  expect(testBot.double.violations).toEqual([]);
});

it.each([
  ['a brief', brief],
  ['a message without buttons', say(rich`Please ring Jane.`)],
])(
  'when the edit of %s fails, it is found and completed, and never posted twice',
  async (_, reply) => {
    const testBot = await newTestBot();
    const message = outgoing(testBot, testBot.to('tom'), reply);
    testBot.double.faults.next('update_message', 'lost call');
    expect(await testBot.convenor.send(message)).toEqual({ outcome: 'unknown' });
    expect(testBot.inbox('tom')).toHaveLength(1);
    testBot.double.faults.next('update_message', 'server error');
    await expect(testBot.convenor.findSent(message)).rejects.toThrow();
    expect(await testBot.convenor.findSent(message)).toEqual(expect.stringMatching(/^\d+\/\d+$/));
    expect(testBot.inbox('tom')).toMatchObject([{ flags: MessageFlags.IsComponentsV2 }]);
    expect(await testBot.convenor.send(message)).toMatchObject({ outcome: 'sent' });
    expect(testBot.inbox('tom')).toHaveLength(1);
    expect(testBot.double.violations).toEqual([]);
  },
);

it('says what it lacks in a channel before a digest is promised there', async () => {
  const testBot = await newTestBot();
  const { double, guild, convenor } = testBot;
  const office = double.addChannel(guild, { name: 'office' });
  const { channel } = testBot.toChannel(office.id);
  expect(await convenor.postingProblem(channel, 'post')).toBeUndefined();
  expect(await convenor.postingProblem(channel, 'thread')).toBeUndefined();
  double.forbid(office, 'SendMessages');
  double.forbid(office, 'CreatePrivateThreads');
  expect(await convenor.postingProblem(channel, 'post')).toBe(
    'In its settings, under Permissions, allow Convenor "Send Messages".',
  );
  expect(await convenor.postingProblem(channel, 'thread')).toBe(
    'In its settings, under Permissions, allow Convenor "Create Private Threads".',
  );
  const hidden = testBot.toChannel(double.addChannel(guild, { kind: 'private' }).id).channel;
  expect(await convenor.postingProblem(hidden, 'post')).toContain('"View Channel"');
});
