import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Reply } from '../../src/core/message/reply.ts';
import { member, rich } from '../../src/core/message/rich-text.ts';
import type { Outgoing } from '../../src/core/ports/platform.ts';
import { memberId, type Who } from '../fixtures/bot.ts';
import type { TestBot } from './test-bot.ts';

/** What the suite needs to know of a platform. */
interface DeliveryPlatform<S extends TestBot> {
  name: string;
  newTestBot(): Promise<S>;
  /** A message for tests in which the words do not matter. */
  hello: Reply;
  /** The methods that open a direct channel, and that post a message. */
  open: string;
  post: string;
  /** What the id of a message looks like. */
  id: RegExp;
  /** The texts that a member has from Convenor, oldest first. */
  read(testBot: S, who: Who): string[];
  /** Expects the last message to a member to mention another member, in the platform's own way. */
  expectNamed(testBot: S, who: Who, other: Who): void;
  /** The id of a channel in which Convenor may post, and which all three can read. */
  channel(testBot: S, name: string): string;
  /** Channels in which Convenor cannot post, and the reason it gives. */
  closed: readonly (readonly [what: string, channel: (testBot: S) => string, reason: RegExp])[];
  /** The id of a message to a member that was deleted. */
  gone(testBot: S, who: Who): string;
  /** A member writes this many lines in their direct channel. */
  chatter(testBot: S, who: Who, lines: number): void;
  /** A message is found when this many lines followed it, and not when twice as many did. */
  lookedThrough: number;
}

let count = 0;

/** A message to be sent to an address. */
export function outgoing({ talk }: TestBot, address: Outgoing['address'], reply: Reply): Outgoing {
  return { delivery: `delivery-${++count}`, partnership: talk.id, address, reply };
}

/** What holds for sending messages on every platform. */
export function deliverSuite<S extends TestBot>(on: DeliveryPlatform<S>): void {
  const { newTestBot, hello, read } = on;
  const toTom = (testBot: S, reply = hello) => outgoing(testBot, testBot.to('tom'), reply);
  const toChannel = (testBot: S, channel: string) =>
    outgoing(testBot, testBot.toChannel(channel), hello);

  it('a message reaches a person with its mentions, can be edited later, and can be found again', async () => {
    const testBot = await newTestBot();
    const { talk, convenor } = testBot;
    const grace = member({ id: memberId(talk.id, 'grace'), name: 'Grace' });
    const asks = { ...hello, text: rich`Ask ${grace} about the lease.` };
    const message = toTom(testBot, asks);
    const sent = await convenor.send(message);
    if (sent.outcome !== 'sent') throw new Error(sent.outcome);
    on.expectNamed(testBot, 'tom', 'grace');
    expect(await convenor.findSent(message)).toBe(sent.id);
    expect(await convenor.edit(message.address, sent.id, hello)).toEqual(sent);
    expect(read(testBot, 'tom')).toHaveLength(1);
    expect(read(testBot, 'tom')[0]).not.toContain('lease');
    expect(await convenor.findSent(toTom(testBot))).toBeUndefined();
    expect(testBot.double.violations).toEqual([]);
  });

  it('opens a direct channel once for each person', async () => {
    const testBot = await newTestBot();
    for (const who of ['tom', 'tom', 'maya'] as const) {
      await testBot.convenor.send(outgoing(testBot, testBot.to(who), hello));
    }
    expect(testBot.calls(on.open)).toBe(2);
    expect(read(testBot, 'tom')).toHaveLength(2);
  });

  it.each(['lost answer', 'lost call', 'server error'] as const)(
    'the outcome of a post that met a %s is unknown, and the adapter does not try again',
    async (fault) => {
      const testBot = await newTestBot();
      testBot.double.faults.next(on.post, fault);
      const message = toTom(testBot);
      expect(await testBot.convenor.send(message)).toEqual({ outcome: 'unknown' });
      const posted = fault === 'lost answer' ? 1 : 0;
      expect(read(testBot, 'tom')).toHaveLength(posted);
      expect(await testBot.convenor.findSent(message)).toEqual(
        posted ? expect.stringMatching(on.id) : undefined,
      );
    },
  );

  it('the outcome of a post that takes too long is unknown, before the worker gives up', async () => {
    const testBot = await newTestBot();
    await testBot.convenor.send(toTom(testBot));
    testBot.double.faults.next(on.post, { slow: 5_000 });
    expect(await testBot.convenor.send(toTom(testBot))).toEqual({ outcome: 'unknown' });
    // The platform has not even handled it.
    expect(read(testBot, 'tom')).toHaveLength(1);
  });

  it.each(['server error', 'lost answer', 'lost call'] as const)(
    'after a %s before the post, nothing was posted and the send can be tried later',
    async (fault) => {
      const testBot = await newTestBot();
      testBot.double.faults.next(on.open, fault);
      expect(await testBot.convenor.send(toTom(testBot))).toEqual({ outcome: 'later', ms: 10_000 });
      expect(testBot.calls(on.post)).toBe(0);
    },
  );

  it('when opening the channel is slow, the post waits for the next attempt', async () => {
    const testBot = await newTestBot();
    testBot.double.faults.next(on.open, { slow: 1_100 });
    const message = toTom(testBot);
    expect(await testBot.convenor.send(message)).toEqual({ outcome: 'later', ms: 0 });
    expect(read(testBot, 'tom')).toEqual([]);
    expect(await testBot.convenor.send(message)).toMatchObject({ outcome: 'sent' });
  });

  it('when the platform cannot be reached, nothing was posted', async () => {
    const testBot = await newTestBot();
    const channel = on.channel(testBot, 'news');
    await testBot.convenor.send(toChannel(testBot, channel));
    await testBot.double.close();
    // A connection that is kept open needs some turns to notice that it was closed.
    for (let turn = 0; turn < 20; turn++) await setImmediate();
    const result = await testBot.convenor.send(toChannel(testBot, channel));
    expect(result).toEqual({ outcome: 'later', ms: 10_000 });
  });

  it.each(on.closed)(
    'a channel that is %s: the reason says what to do',
    async (_, channel, reason) => {
      const testBot = await newTestBot();
      expect(await testBot.convenor.send(toChannel(testBot, channel(testBot)))).toEqual({
        outcome: 'permanent',
        reason: expect.stringMatching(reason),
      });
      expect(testBot.double.violations).toEqual([]);
    },
  );

  it(`finds a message that ${on.lookedThrough} lines followed, and gives up beyond`, async () => {
    const testBot = await newTestBot();
    const message = toTom(testBot);
    await testBot.convenor.send(message);
    on.chatter(testBot, 'tom', on.lookedThrough);
    expect(await testBot.convenor.findSent(message)).toBeDefined();
    on.chatter(testBot, 'tom', on.lookedThrough);
    expect(await testBot.convenor.findSent(message)).toBeUndefined();
  });

  it('a deleted message cannot be edited', async () => {
    const testBot = await newTestBot();
    await testBot.convenor.send(toTom(testBot));
    const id = on.gone(testBot, 'tom');
    expect(await testBot.convenor.edit(testBot.to('tom'), id, hello)).toEqual({
      outcome: 'permanent',
      reason: `${on.name} does not let that message be changed any more.`,
    });
  });
}
