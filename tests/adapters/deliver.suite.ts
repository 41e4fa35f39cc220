import { expect, it } from 'vitest';
import type { Reply } from '../../src/core/message/reply.ts';
import { member, rich } from '../../src/core/message/rich-text.ts';
import type { Outgoing } from '../../src/core/ports/platform.ts';
import { memberId, type Who } from '../fixtures/bot.ts';
import type { HomeScene } from './test-bot.ts';

/** What of a platform the suite needs to know. */
interface Delivering<S extends HomeScene> {
  name: string;
  newScene(): Promise<S>;
  /** What is said where the words do not matter. */
  hello: Reply;
  /** The methods that open a direct message and that post. */
  open: string;
  post: string;
  /** What the id of a message looks like. */
  id: RegExp;
  /** The words of what a member has read from Convenor, the oldest first. */
  read(scene: S, who: Who): string[];
  /** Expects that what was said last to a member names another, as the platform does. */
  expectNamed(scene: S, who: Who, other: Who): void;
  /** The id of a channel that Convenor may post in, and all three read. */
  channel(scene: S, name: string): string;
  /** Channels that cannot be posted in, and why. */
  closed: readonly (readonly [what: string, channel: (scene: S) => string, reason: RegExp])[];
  /** The id of a message to a member that is not there any more. */
  gone(scene: S, who: Who): string;
  /** A member writes so many lines in their direct messages. */
  chatter(scene: S, who: Who, lines: number): void;
  /** Among so many later lines a message is still found, and not among twice as many. */
  lookedThrough: number;
}

let count = 0;

/** A delivery, owed to an address. */
export function outgoing(
  { talk }: HomeScene,
  address: Outgoing['address'],
  reply: Reply,
): Outgoing {
  return { delivery: `delivery-${++count}`, partnership: talk.id, address, reply };
}

/** What delivering keeps on every platform. */
export function deliverSuite<S extends HomeScene>(on: Delivering<S>): void {
  const { newScene, hello, read } = on;
  const toTom = (scene: S, reply = hello) => outgoing(scene, scene.to('tom'), reply);
  const toChannel = (scene: S, channel: string) => outgoing(scene, scene.toChannel(channel), hello);

  it('a message reaches a person, with who is mentioned, is changed later and found again', async () => {
    const scene = await newScene();
    const { talk, convenor } = scene;
    const grace = member({ id: memberId(talk.id, 'grace'), name: 'Grace' });
    const asks = { ...hello, text: rich`Ask ${grace} about the lease.` };
    const message = toTom(scene, asks);
    const sent = await convenor.send(message);
    if (sent.outcome !== 'sent') throw new Error(sent.outcome);
    on.expectNamed(scene, 'tom', 'grace');
    expect(await convenor.find(message)).toBe(sent.id);
    expect(await convenor.edit(message.address, sent.id, hello)).toEqual(sent);
    expect(read(scene, 'tom')).toHaveLength(1);
    expect(read(scene, 'tom')[0]).not.toContain('lease');
    expect(await convenor.find(toTom(scene))).toBeUndefined();
    expect(scene.double.violations).toEqual([]);
  });

  it('a conversation is opened once for each person', async () => {
    const scene = await newScene();
    for (const who of ['tom', 'tom', 'maya'] as const) {
      await scene.convenor.send(outgoing(scene, scene.to(who), hello));
    }
    expect(scene.calls(on.open)).toBe(2);
    expect(read(scene, 'tom')).toHaveLength(2);
  });

  it.each(['lost answer', 'lost call', 'server error'] as const)(
    'a post that met a %s is unknown, and tried once only',
    async (fault) => {
      const scene = await newScene();
      scene.double.faults.next(on.post, fault);
      const message = toTom(scene);
      expect(await scene.convenor.send(message)).toEqual({ outcome: 'unknown' });
      const posted = fault === 'lost answer' ? 1 : 0;
      expect(read(scene, 'tom')).toHaveLength(posted);
      expect(await scene.convenor.find(message)).toEqual(
        posted ? expect.stringMatching(on.id) : undefined,
      );
    },
  );

  it('a post that takes too long is unknown before the worker gives up', async () => {
    const scene = await newScene();
    await scene.convenor.send(toTom(scene));
    scene.double.faults.next(on.post, { slow: 5_000 });
    const start = performance.now();
    const result = await scene.convenor.send(toTom(scene));
    expect(result).toEqual({ outcome: 'unknown' });
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it.each(['server error', 'lost answer', 'lost call'] as const)(
    'what meets a %s before the post is certainly not posted',
    async (fault) => {
      const scene = await newScene();
      scene.double.faults.next(on.open, fault);
      expect(await scene.convenor.send(toTom(scene))).toEqual({ outcome: 'later', ms: 10_000 });
      expect(scene.calls(on.post)).toBe(0);
    },
  );

  it('after a slow opening the post waits for the next try', async () => {
    const scene = await newScene();
    scene.double.faults.next(on.open, { slow: 1_100 });
    const message = toTom(scene);
    expect(await scene.convenor.send(message)).toEqual({ outcome: 'later', ms: 0 });
    expect(read(scene, 'tom')).toEqual([]);
    expect(await scene.convenor.send(message)).toMatchObject({ outcome: 'sent' });
  });

  it('with nobody at the other end nothing was posted', async () => {
    const scene = await newScene();
    const channel = on.channel(scene, 'news');
    await scene.convenor.send(toChannel(scene, channel));
    await scene.double.close();
    const result = await scene.convenor.send(toChannel(scene, channel));
    expect(result).toEqual({ outcome: 'later', ms: 10_000 });
  });

  it.each(on.closed)('a channel that is %s is told in words', async (_, channel, reason) => {
    const scene = await newScene();
    expect(await scene.convenor.send(toChannel(scene, channel(scene)))).toEqual({
      outcome: 'permanent',
      reason: expect.stringMatching(reason),
    });
    expect(scene.double.violations).toEqual([]);
  });

  it(`a message is found though ${on.lookedThrough} lines were said since, and given up beyond`, async () => {
    const scene = await newScene();
    const message = toTom(scene);
    await scene.convenor.send(message);
    on.chatter(scene, 'tom', on.lookedThrough);
    expect(await scene.convenor.find(message)).toBeDefined();
    on.chatter(scene, 'tom', on.lookedThrough);
    expect(await scene.convenor.find(message)).toBeUndefined();
  });

  it('a message that is gone cannot be edited', async () => {
    const scene = await newScene();
    await scene.convenor.send(toTom(scene));
    const id = on.gone(scene, 'tom');
    expect(await scene.convenor.edit(scene.to('tom'), id, hello)).toEqual({
      outcome: 'permanent',
      reason: `${on.name} does not let that message be changed any more.`,
    });
  });
}
