import { expect, it } from 'vitest';
import type { Outgoing } from '../../../src/core/ports.ts';
import { type Reply, say } from '../../../src/core/reply.ts';
import { bold, member, rich } from '../../../src/core/rich-text.ts';
import { memberId } from '../../fixtures/bot.ts';
import { newScene, type Scene } from './scene.ts';

const hello: Reply = {
  ...say(rich`Hello ${bold('*there* @everyone')}`),
  card: [{ kind: 'buttons', buttons: [{ label: 'Partners', command: 'partner list', args: {} }] }],
};

let count = 0;
const outgoing = ({ talk }: Scene, address: Outgoing['address'], reply = hello): Outgoing => ({
  delivery: `delivery-${++count}`,
  partnership: talk.id,
  address,
  reply,
});

it('a message reaches a person, with who is mentioned, is changed later and found again', async () => {
  const scene = await newScene();
  const { double, talk, users, convenor } = scene;
  const grace = member({ id: memberId(talk.id, 'grace'), name: 'Grace' });
  const asks = { ...hello, text: rich`Ask ${grace} about the lease.` };
  const message = outgoing(scene, scene.to('tom'), asks);
  const sent = await convenor.send(message);
  if (sent.outcome !== 'sent') throw new Error(sent.outcome);
  expect(scene.inbox('tom')).toMatchObject([
    { mentions: [`<@${users.grace.id}>`], pings: [], buttons: ['Partners'] },
  ]);
  expect(await convenor.find(message)).toBe(sent.id);
  expect(await convenor.edit(message.address, sent.id, hello)).toEqual(sent);
  expect(scene.inbox('tom')).toHaveLength(1);
  expect(scene.inbox('tom')[0]?.words).not.toContain('lease');
  expect(await convenor.find(outgoing(scene, scene.to('tom')))).toBeUndefined();
  expect(double.violations).toEqual([]);
});

it('a conversation is opened once for each person', async () => {
  const scene = await newScene();
  for (const who of ['tom', 'tom', 'maya'] as const) {
    await scene.convenor.send(outgoing(scene, scene.to(who)));
  }
  expect(scene.calls('create_dm')).toBe(2);
  expect(scene.inbox('tom')).toHaveLength(2);
});

it('a rate limit holds back that channel alone, and nothing is posted twice', async () => {
  const scene = await newScene();
  const { double, guild, convenor, users } = scene;
  const busy = double.addChannel(guild, { name: 'busy' });
  const calm = double.addChannel(guild, { name: 'calm' });
  double.faults.next('create_message', { rateLimited: 7 }, { channel: busy.id });
  const first = outgoing(scene, scene.toChannel(busy.id));
  const [held, sent] = await Promise.all([
    convenor.send(first),
    convenor.send(outgoing(scene, scene.toChannel(calm.id))),
  ]);
  if (held.outcome !== 'later') throw new Error(held.outcome);
  expect(held.ms).toBeGreaterThanOrEqual(7_000);
  expect(held.ms).toBeLessThan(8_000);
  expect(sent).toMatchObject({ outcome: 'sent' });
  expect(double.sees(users.maya, busy)).toEqual([]);
  // Until then Discord is not even asked: each refusal counts towards a ban.
  const before = scene.calls('create_message');
  expect(await convenor.send(first)).toMatchObject({ outcome: 'later' });
  expect(scene.calls('create_message')).toBe(before);
  expect(await convenor.send(outgoing(scene, scene.toChannel(calm.id)))).toMatchObject({
    outcome: 'sent',
  });
});

it.each(['lost answer', 'lost call', 'server error', 'bad gateway'] as const)(
  'a post that met a %s is unknown, and tried once only',
  async (fault) => {
    const scene = await newScene();
    scene.double.faults.next('create_message', fault);
    const message = outgoing(scene, scene.to('tom'));
    expect(await scene.convenor.send(message)).toEqual({ outcome: 'unknown' });
    const posted = fault === 'lost answer' ? 1 : 0;
    expect(scene.inbox('tom')).toHaveLength(posted);
    expect(await scene.convenor.find(message)).toEqual(
      posted ? expect.stringMatching(/^\d+\/\d+$/) : undefined,
    );
    // Sent once more within minutes it is still one message, whichever of the two arrived.
    expect(await scene.convenor.send(message)).toMatchObject({ outcome: 'sent' });
    expect(scene.inbox('tom')).toHaveLength(1);
  },
);

it('a post that takes too long is unknown before the worker gives up', async () => {
  const scene = await newScene();
  await scene.convenor.send(outgoing(scene, scene.to('tom')));
  scene.double.faults.next('create_message', { slow: 5_000 });
  const start = performance.now();
  const result = await scene.convenor.send(outgoing(scene, scene.to('tom')));
  expect(result).toEqual({ outcome: 'unknown' });
  expect(performance.now() - start).toBeLessThan(2_000);
});

it.each(['server error', 'lost answer', 'lost call'] as const)(
  'what meets a %s before the post is certainly not posted',
  async (fault) => {
    const scene = await newScene();
    scene.double.faults.next('create_dm', fault);
    expect(await scene.convenor.send(outgoing(scene, scene.to('tom')))).toEqual({
      outcome: 'later',
      ms: 10_000,
    });
    expect(scene.calls('create_message')).toBe(0);
  },
);

it('after a slow opening the post waits for the next try', async () => {
  const scene = await newScene();
  scene.double.faults.next('create_dm', { slow: 1_100 });
  const message = outgoing(scene, scene.to('tom'));
  expect(await scene.convenor.send(message)).toEqual({ outcome: 'later', ms: 0 });
  expect(scene.inbox('tom')).toEqual([]);
  expect(await scene.convenor.send(message)).toMatchObject({ outcome: 'sent' });
});

it('with nobody at the other end nothing was posted', async () => {
  const scene = await newScene();
  const channel = scene.double.addChannel(scene.guild, { name: 'news' });
  await scene.convenor.send(outgoing(scene, scene.toChannel(channel.id)));
  await scene.double.close();
  const result = await scene.convenor.send(outgoing(scene, scene.toChannel(channel.id)));
  expect(result).toEqual({ outcome: 'later', ms: 10_000 });
});

it.each([
  ['gone', 'That channel is gone.'],
  ['hidden', /^Convenor cannot see that channel.+"View Channel"\.$/],
  ['read only', /^Convenor may not write in that channel.+"Send Messages"/],
] as const)('a channel that is %s is told in words', async (what, reason) => {
  const scene = await newScene();
  const { double, guild } = scene;
  const channel = double.addChannel(guild, { kind: what === 'hidden' ? 'private' : 'public' });
  if (what === 'gone') double.deleteChannel(channel);
  if (what === 'read only') double.forbid(channel, 'SendMessages');
  expect(await scene.convenor.send(outgoing(scene, scene.toChannel(channel.id)))).toEqual({
    outcome: 'permanent',
    reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
  });
  expect(double.violations).toEqual([]);
});

it('whoever takes no direct messages is told of, with what they can do', async () => {
  const scene = await newScene();
  scene.users.tom.direct = 'closed';
  expect(await scene.convenor.send(outgoing(scene, scene.to('tom')))).toEqual({
    outcome: 'permanent',
    reason: expect.stringMatching(/^They do not take direct messages.+Privacy Settings/),
  });
});

it('their message stands in a private thread of their own, the next one too, and is found there', async () => {
  const scene = await newScene();
  const { double, guild, users, convenor } = scene;
  const office = double.addChannel(guild, { name: 'office' });
  users.tom.direct = 'closed';
  const { channel } = scene.toChannel(office.id);
  const address = { ...scene.to('tom'), otherwise: { how: 'thread', channel } } as const;
  const message = outgoing(scene, address);
  const sent = await convenor.send(message);
  await convenor.send(outgoing(scene, address));
  const [thread, ...others] = double.threads(users.tom, office);
  if (!thread || sent.outcome !== 'sent') throw new Error('There is no thread.');
  expect(others).toEqual([]);
  expect(double.sees(users.tom, thread)).toHaveLength(2);
  expect(double.threads(users.maya, office)).toEqual([]);
  expect(double.sees(users.maya, office)).toEqual([]);
  expect(await convenor.find(message)).toBe(sent.id);
  expect(await convenor.edit(address, sent.id, say(rich`Changed.`))).toEqual(sent);
  // Put away, it comes back; deleted, there is another one.
  double.archive(thread);
  expect(await convenor.send(outgoing(scene, address))).toMatchObject({ outcome: 'sent' });
  double.deleteChannel(thread);
  expect(await convenor.send(outgoing(scene, address))).toMatchObject({ outcome: 'sent' });
  expect(double.threads(users.tom, office)).toHaveLength(1);
  expect(double.violations).toEqual([]);
});

it('or a channel calls them, and sees nothing of what it is about', async () => {
  const scene = await newScene();
  const { double, guild, users, convenor } = scene;
  const office = double.addChannel(guild, { name: 'office' });
  users.tom.direct = 'closed';
  const { channel } = scene.toChannel(office.id);
  const address = { ...scene.to('tom'), otherwise: { how: 'mention', channel } } as const;
  const message = outgoing(scene, address, say(rich`The lease runs out.`));
  const sent = await convenor.send(message);
  if (sent.outcome !== 'sent') throw new Error(sent.outcome);
  const seen = () => double.sees(users.maya, office);
  expect(seen()).toMatchObject([{ pings: [users.tom.id], buttons: ['Show me'] }]);
  expect(await convenor.find(message)).toBe(sent.id);
  expect(await convenor.edit(address, sent.id, message.reply)).toEqual(sent);
  expect(seen()[0]?.words).not.toContain('lease');
  // When they take direct messages again, that is where it goes.
  users.tom.direct = 'open';
  scene.talk.clock.move({ minutes: 11 });
  await convenor.send(outgoing(scene, address, message.reply));
  expect(scene.inbox('tom')).toHaveLength(1);
});

it('after Convenor was removed from the server nothing is tried, until it is back', async () => {
  const scene = await newScene();
  const { double, guild, convenor, talk } = scene;
  await convenor.start(talk.bot);
  await convenor.send(outgoing(scene, scene.to('tom')));
  double.uninstall(guild);
  const removed = { outcome: 'permanent', reason: expect.stringContaining('was removed') };
  const message = outgoing(scene, scene.to('tom'));
  await expect.poll(() => convenor.send(message)).toEqual(removed);
  expect(await convenor.edit(message.address, '1/1', hello)).toEqual(removed);
  double.installIn(guild);
  await expect.poll(() => convenor.send(message)).toMatchObject({ outcome: 'sent' });
});

it('a refused token keeps everything, and is not tried again and again', async () => {
  const scene = await newScene();
  await scene.convenor.send(outgoing(scene, scene.to('tom')));
  const { app } = scene.double.world;
  const { token } = app;
  Object.assign(app, { token: 'another' });
  const message = outgoing(scene, scene.to('tom'));
  expect(await scene.convenor.send(message)).toEqual({ outcome: 'later', ms: 600_000 });
  Object.assign(app, { token });
  const calls = scene.double.calls.length;
  expect(await scene.convenor.send(message)).toEqual({ outcome: 'later', ms: 10_000 });
  expect(scene.double.calls).toHaveLength(calls);
});

it('a message is found though much was said since, and given up beyond four hundred', async () => {
  const scene = await newScene();
  const { double, users, convenor } = scene;
  const message = outgoing(scene, scene.to('tom'));
  await convenor.send(message);
  const direct = double.directOf(users.tom);
  const talk = (lines: number) => {
    for (let said = 0; said < lines; said += 1) double.say(users.tom, direct, `line ${said}`);
  };
  talk(250);
  expect(await convenor.find(message)).toBeDefined();
  talk(250);
  expect(await convenor.find(message)).toBeUndefined();
});

it('while Discord asks for patience nothing can be told', async () => {
  const scene = await newScene();
  const message = outgoing(scene, scene.to('tom'));
  await scene.convenor.send(message);
  scene.double.faults.next('list_messages', { rateLimited: 1 });
  await expect(scene.convenor.find(message)).rejects.toThrow();
});

it('a message that is gone cannot be edited', async () => {
  const scene = await newScene();
  await scene.convenor.send(outgoing(scene, scene.to('tom')));
  const [seen] = scene.inbox('tom');
  if (!seen) throw new Error('Nothing came.');
  scene.double.erase(seen);
  const id = `${seen.channel}/${seen.id}`;
  expect(await scene.convenor.edit(scene.to('tom'), id, hello)).toEqual({
    outcome: 'permanent',
    reason: 'Discord does not let that message be changed any more.',
  });
});
