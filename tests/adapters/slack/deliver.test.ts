import { expect, it } from 'vitest';
import { type Reply, say } from '../../../src/core/message/reply.ts';
import { bold, rich } from '../../../src/core/message/rich-text.ts';
import type { Outgoing } from '../../../src/core/ports/platform.ts';
import { deliverSuite, outgoing } from '../deliver.suite.ts';
import { newScene, type Scene } from './test-bot.ts';

const hello: Reply = say(rich`Hello ${bold('*there* <!channel>')}`);

/** A channel that Convenor is in, with all three. */
function channelIn({ double, team, users }: Scene, name: string) {
  const channel = double.addChannel(team, { name, members: Object.values(users) });
  double.invite(channel, 'app');
  return channel;
}

deliverSuite<Scene>({
  name: 'Slack',
  newScene,
  hello,
  open: 'conversations.open',
  post: 'chat.postMessage',
  id: /^D\w+\/\d+\.\d+$/,
  read: ({ inbox }, who) => inbox(who),
  expectNamed({ double, users }, who, other) {
    const [seen] = double.sees(users[who], double.directOf(users[who]));
    expect(JSON.stringify(seen?.blocks)).toContain(users[other].id);
  },
  channel: (scene, name) => channelIn(scene, name).id,
  closed: [
    [
      'archived',
      (scene) => Object.assign(channelIn(scene, 'old'), { archived: true }).id,
      /^That channel is archived\.$/,
    ],
    [
      'without Convenor',
      ({ double, team }) => double.addChannel(team, { kind: 'public' }).id,
      /^Convenor is not in that channel: type \/invite @Convenor there\.$/,
    ],
    [
      'private',
      ({ double, team }) => double.addChannel(team, { kind: 'private' }).id,
      /^Convenor cannot see that channel/,
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
  const scene = await newScene();
  const message = outgoing(scene, scene.to('tom'), hello);
  const sent = await scene.convenor.send(message);
  if (sent.outcome !== 'sent') throw new Error(sent.outcome);
  await scene.convenor.edit(message.address, sent.id, say(rich`Changed.`));
  expect(await scene.convenor.find(message)).toBe(sent.id);
});

it('a rate limit holds back that channel alone, and nothing is posted twice', async () => {
  const scene = await newScene();
  const { double, convenor, users } = scene;
  const busy = channelIn(scene, 'busy');
  const calm = channelIn(scene, 'calm');
  double.faults.next('chat.postMessage', { rateLimited: 7 }, { channel: busy.id });
  const first = outgoing(scene, scene.toChannel(busy.id), hello);
  const [held, sent] = await Promise.all([
    convenor.send(first),
    convenor.send(outgoing(scene, scene.toChannel(calm.id), hello)),
  ]);
  expect(held).toEqual({ outcome: 'later', ms: 7_000 });
  expect(sent).toMatchObject({ outcome: 'sent' });
  expect(double.sees(users.maya, busy)).toEqual([]);
  expect(await convenor.send(first)).toMatchObject({ outcome: 'sent' });
  expect(double.sees(users.maya, busy)).toHaveLength(1);
  expect(double.sees(users.maya, calm)).toHaveLength(1);
});

it('somebody who has left is told of, also when they were written to before', async () => {
  const scene = await newScene();
  await scene.convenor.send(outgoing(scene, scene.to('tom'), hello));
  scene.users.tom.deleted = true;
  const message = outgoing(scene, scene.to('tom'), hello);
  expect(await scene.convenor.send(message)).toEqual({ outcome: 'later', ms: 0 });
  expect(await scene.convenor.send(message)).toEqual({
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
  expect(await scene.convenor.send(outgoing(scene, elsewhere, hello))).toEqual(removed);
  await scene.convenor.send(outgoing(scene, scene.to('tom'), hello));
  for (const installation of scene.double.world.installations) installation.state = 'revoked';
  const message = outgoing(scene, scene.to('tom'), hello);
  expect(await scene.convenor.send(message)).toEqual(removed);
  expect(await scene.convenor.edit(message.address, 'D1/1.1', hello)).toEqual(removed);
});

it('what stands in a channel cannot be told, and while Slack asks for patience nothing is', async () => {
  const scene = await newScene();
  const channel = channelIn(scene, 'news');
  const posted = outgoing(scene, scene.toChannel(channel.id), hello);
  await scene.convenor.send(posted);
  expect(await scene.convenor.find(posted)).toBeUndefined();
  expect(scene.calls('conversations.history')).toBe(0);
  const direct = outgoing(scene, scene.to('tom'), hello);
  await scene.convenor.send(direct);
  scene.double.faults.next('conversations.history', { rateLimited: 30 });
  await expect(scene.convenor.find(direct)).rejects.toThrow();
  expect(await scene.convenor.find(direct)).toBeDefined();
});
