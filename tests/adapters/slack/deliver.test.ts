import { expect, it } from 'vitest';
import type { Outgoing } from '../../../src/core/ports.ts';
import { type Reply, say } from '../../../src/core/reply.ts';
import { bold, member, rich } from '../../../src/core/rich-text.ts';
import { memberId } from '../../fixtures/bot.ts';
import { newScene, type Scene } from './scene.ts';

const hello: Reply = say(rich`Hello ${bold('*there* <!channel>')}`);

let count = 0;
const outgoing = ({ talk }: Scene, address: Outgoing['address'], reply = hello): Outgoing => ({
  delivery: `delivery-${++count}`,
  partnership: talk.id,
  address,
  reply,
});

/** A channel that Convenor is in, with all three. */
function channelIn({ slack, team, users }: Scene, name: string) {
  const channel = slack.addChannel(team, { name, members: Object.values(users) });
  slack.invite(channel, 'app');
  return channel;
}

it('a message reaches a person, with who is mentioned, is changed later and found again', async () => {
  const scene = await newScene();
  const { slack, talk, users, delivery } = scene;
  const grace = member({ id: memberId(talk.id, 'grace'), name: 'Grace' });
  const message = outgoing(scene, scene.to('tom'), say(rich`Ask ${grace} about the lease.`));
  const sent = await delivery.send(message);
  if (sent.outcome !== 'sent') throw new Error(sent.outcome);
  expect(JSON.stringify(slack.sees(users.tom, slack.directOf(users.tom))[0]?.blocks)).toContain(
    users.grace.id,
  );
  expect(await delivery.find(message)).toBe(sent.id);
  expect(await delivery.edit(message.address, sent.id, hello)).toEqual(sent);
  expect(scene.inbox('tom')).toHaveLength(1);
  expect(scene.inbox('tom')[0]).not.toContain('lease');
  // An edited message is still the same delivery.
  expect(await delivery.find(message)).toBe(sent.id);
  expect(await delivery.find(outgoing(scene, scene.to('tom')))).toBeUndefined();
  expect(slack.violations).toEqual([]);
});

it('a conversation is opened once for each person', async () => {
  const scene = await newScene();
  for (const who of ['tom', 'tom', 'maya'] as const) {
    await scene.delivery.send(outgoing(scene, scene.to(who)));
  }
  expect(scene.calls('conversations.open')).toBe(2);
  expect(scene.inbox('tom')).toHaveLength(2);
});

it('a rate limit holds back that channel alone, and nothing is posted twice', async () => {
  const scene = await newScene();
  const { slack, delivery, users } = scene;
  const busy = channelIn(scene, 'busy');
  const calm = channelIn(scene, 'calm');
  slack.faults.next('chat.postMessage', { rateLimited: 7 }, { channel: busy.id });
  const first = outgoing(scene, scene.toChannel(busy.id));
  const [held, sent] = await Promise.all([
    delivery.send(first),
    delivery.send(outgoing(scene, scene.toChannel(calm.id))),
  ]);
  expect(held).toEqual({ outcome: 'later', ms: 7_000 });
  expect(sent).toMatchObject({ outcome: 'sent' });
  expect(slack.sees(users.maya, busy)).toEqual([]);
  expect(await delivery.send(first)).toMatchObject({ outcome: 'sent' });
  expect(slack.sees(users.maya, busy)).toHaveLength(1);
  expect(slack.sees(users.maya, calm)).toHaveLength(1);
});

it.each(['lost answer', 'lost call', 'server error'] as const)(
  'a post that met a %s is unknown, and tried once only',
  async (fault) => {
    const scene = await newScene();
    scene.slack.faults.next('chat.postMessage', fault);
    const message = outgoing(scene, scene.to('tom'));
    expect(await scene.delivery.send(message)).toEqual({ outcome: 'unknown' });
    const posted = fault === 'lost answer' ? 1 : 0;
    expect(scene.inbox('tom')).toHaveLength(posted);
    expect(await scene.delivery.find(message)).toEqual(
      posted ? expect.stringMatching(/^D\w+\/\d+\.\d+$/) : undefined,
    );
  },
);

it('a post that takes too long is unknown before the worker gives up', async () => {
  const scene = await newScene();
  await scene.delivery.send(outgoing(scene, scene.to('tom')));
  scene.slack.faults.next('chat.postMessage', { slow: 5_000 });
  const start = performance.now();
  const result = await scene.delivery.send(outgoing(scene, scene.to('tom')));
  expect(result).toEqual({ outcome: 'unknown' });
  expect(performance.now() - start).toBeLessThan(2_000);
});

it.each(['server error', 'lost answer', 'lost call'] as const)(
  'what meets a %s before the post is certainly not posted',
  async (fault) => {
    const scene = await newScene();
    scene.slack.faults.next('conversations.open', fault);
    expect(await scene.delivery.send(outgoing(scene, scene.to('tom')))).toEqual({
      outcome: 'later',
      ms: 10_000,
    });
    expect(scene.calls('chat.postMessage')).toBe(0);
  },
);

it('after a slow opening the post waits for the next try', async () => {
  const scene = await newScene();
  scene.slack.faults.next('conversations.open', { slow: 1_100 });
  const message = outgoing(scene, scene.to('tom'));
  expect(await scene.delivery.send(message)).toEqual({ outcome: 'later', ms: 0 });
  expect(scene.inbox('tom')).toEqual([]);
  expect(await scene.delivery.send(message)).toMatchObject({ outcome: 'sent' });
});

it('with nobody at the other end nothing was posted', async () => {
  const scene = await newScene();
  const channel = channelIn(scene, 'news');
  await scene.delivery.send(outgoing(scene, scene.toChannel(channel.id)));
  await scene.slack.close();
  const result = await scene.delivery.send(outgoing(scene, scene.toChannel(channel.id)));
  expect(result).toEqual({ outcome: 'later', ms: 10_000 });
});

it.each([
  ['archived', 'That channel is archived.'],
  ['without Convenor', 'Convenor is not in that channel: type /invite @Convenor there.'],
  ['private', /^Convenor cannot see that channel/],
] as const)('a channel that is %s is told in words', async (what, reason) => {
  const scene = await newScene();
  const channel =
    what === 'archived'
      ? channelIn(scene, 'old')
      : scene.slack.addChannel(scene.team, { kind: what === 'private' ? 'private' : 'public' });
  if (what === 'archived') channel.archived = true;
  expect(await scene.delivery.send(outgoing(scene, scene.toChannel(channel.id)))).toEqual({
    outcome: 'permanent',
    reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
  });
});

it('somebody who has left is told of, also when they were written to before', async () => {
  const scene = await newScene();
  await scene.delivery.send(outgoing(scene, scene.to('tom')));
  scene.users.tom.deleted = true;
  const message = outgoing(scene, scene.to('tom'));
  expect(await scene.delivery.send(message)).toEqual({ outcome: 'later', ms: 0 });
  expect(await scene.delivery.send(message)).toEqual({
    outcome: 'permanent',
    reason: 'They are no longer on Slack.',
  });
});

it('a revoked token, and another workspace, are told as removed', async () => {
  const scene = await newScene();
  const elsewhere: Outgoing['address'] = {
    to: 'user',
    identity: { platform: 'slack', workspace: 'T0ELSEWHERE', user: 'U1' },
  };
  const removed = { outcome: 'permanent', reason: expect.stringContaining('was removed') };
  expect(await scene.delivery.send(outgoing(scene, elsewhere))).toEqual(removed);
  await scene.delivery.send(outgoing(scene, scene.to('tom')));
  for (const installation of scene.slack.world.installations) installation.state = 'revoked';
  const message = outgoing(scene, scene.to('tom'));
  expect(await scene.delivery.send(message)).toEqual(removed);
  expect(await scene.delivery.edit(message.address, 'D1/1.1', hello)).toEqual(removed);
});

it('what stands in a channel cannot be told, and while Slack asks for patience nothing is', async () => {
  const scene = await newScene();
  const channel = channelIn(scene, 'news');
  const posted = outgoing(scene, scene.toChannel(channel.id));
  await scene.delivery.send(posted);
  expect(await scene.delivery.find(posted)).toBeUndefined();
  expect(scene.calls('conversations.history')).toBe(0);
  const direct = outgoing(scene, scene.to('tom'));
  await scene.delivery.send(direct);
  scene.slack.faults.next('conversations.history', { rateLimited: 30 });
  await expect(scene.delivery.find(direct)).rejects.toThrow();
  expect(await scene.delivery.find(direct)).toBeDefined();
});

it('a message is found though much was said since, and given up beyond sixty', async () => {
  const scene = await newScene();
  const { slack, users } = scene;
  const message = outgoing(scene, scene.to('tom'));
  await scene.delivery.send(message);
  const direct = slack.directOf(users.tom);
  for (let said = 0; said < 40; said += 1) slack.say(users.tom, direct, `line ${said}`);
  expect(await scene.delivery.find(message)).toBeDefined();
  for (let said = 0; said < 40; said += 1) slack.say(users.tom, direct, `line ${said}`);
  expect(await scene.delivery.find(message)).toBeUndefined();
});

it('a message that is gone cannot be edited', async () => {
  const scene = await newScene();
  await scene.delivery.send(outgoing(scene, scene.to('tom')));
  const { id } = scene.slack.directOf(scene.users.tom);
  expect(await scene.delivery.edit(scene.to('tom'), `${id}/1700000000.000001`, hello)).toEqual({
    outcome: 'permanent',
    reason: 'Slack does not let that message be changed any more.',
  });
});
