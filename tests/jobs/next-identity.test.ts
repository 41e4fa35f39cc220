import { expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { type Delivery, deliveries } from '../../src/core/domain/deliveries/delivery.ts';
import { registerWorkspace, workspaces } from '../../src/core/domain/workspaces/workspace.ts';
import { plainText } from '../../src/core/message/rich-text.ts';
import type { Outgoing, SendResult } from '../../src/core/ports/platform.ts';
import { updateWithRetry } from '../../src/core/ports/store.ts';
import { ChatPlatform, type Fault } from '../doubles/chat-platform.ts';
import { newTalk, profileOf, type Talk, ZONE } from '../fixtures/bot.ts';
import { failAfterWrites } from '../fixtures/fail-after-writes.ts';
import { newWorker, type TestWorker } from '../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London.

const REMEDY = 'Open the menu, and switch on Direct Messages.';

/** A platform on which nobody takes direct messages until `isClosed` is false. */
class ClosedPlatform extends ChatPlatform {
  isClosed = true;
  tries = 0;

  override async send(message: Outgoing): Promise<SendResult> {
    this.tries++;
    if (!this.isClosed) return super.send(message);
    return { outcome: 'permanent', reason: 'They take no direct messages.', remedy: REMEDY };
  }
}

let count = 0;

/** Tom talks on the server, where his messages are closed, and has a second identity in the chat. */
async function newWorld() {
  const talk = await newTalk();
  const serverAt = { platform: 'server', workspace: `next-${++count}` };
  const row = await registerWorkspace(talk.stores, { ...serverAt, name: 'Friends' });
  await updateWithRetry(talk.stores.global(workspaces), row.id, (at) => ({
    ...at,
    partnership: talk.id,
  }));
  talk.profiles.tom = profileOf('Tom');
  const chat = talk.from({ platform: 'test', workspace: 'W' });
  const server = talk.from(serverAt);
  const [onChat, onServer] = [new ChatPlatform(), new ClosedPlatform('server')];
  const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec((await chat.say('tom', 'link')).text)?.[0];
  await server.invoke('tom', 'link', { code: code ?? '', sure: 'yes' });
  const worker = await newWorker(talk, onChat, [onServer]);
  onServer.isClosed = false;
  await worker.sweep();
  onServer.isClosed = true;
  await server.say('tom', 'today');
  onServer.tries = 0;
  const before = onChat.posted.length;
  const got = () =>
    onChat.posted
      .slice(before)
      .filter(({ address }) => address.to === 'user' && address.identity.user === 'tom')
      .map(({ reply }) =>
        [
          reply.text,
          ...(reply.card ?? []).flatMap((block) => ('text' in block ? [block.text] : [])),
        ]
          .map((text) => plainText(text, ZONE))
          .join('\n'),
      );
  return { talk, chat, server, worker, onChat, onServer, got };
}

async function reminders({ store }: Talk): Promise<Delivery[]> {
  const ledger = await collect(store.of(deliveries).all({ index: 'byId' }));
  return ledger.filter(({ kind }) => kind === 'reminder');
}

const until = (worker: TestWorker, time: string) => worker.until(`2026-11-18T${time}:00Z`);

it('whoever takes no messages on one platform gets them on the other, and hears why', async () => {
  const { talk, server, worker, onServer, got } = await newWorld();
  await server.say('tom', 'followup add ring the school by:"today 3pm"');
  await until(worker, '15:00');
  expect(got()).toEqual([
    expect.stringMatching(
      /^A reminder: ring the school.*\nYour Server messages are closed, so this comes here\.$/s,
    ),
  ]);
  expect(await reminders(talk)).toMatchObject([{ state: 'sent', attempts: 2 }]);
  // The coordinators need not know: it has arrived.
  expect(worker.inbox('grace').join()).not.toContain("couldn't deliver");
  expect((await server.say('tom', 'why')).text).toContain(
    'as a direct message (Test), since Server did not take it',
  );
  expect((await server.say('tom', 'me')).text).toContain(
    'Your Server messages are closed, so I write to you in Test',
  );
  // The next one goes there at once, and needs no words about it.
  await server.say('tom', 'followup add book the hall by:"today 4pm"');
  await until(worker, '16:00');
  expect(got()).toHaveLength(2);
  expect(got()[1]).not.toContain('closed');
  expect(onServer.tries).toBe(1);
  // Once it is open again, they say so.
  onServer.isClosed = false;
  await server.say('tom', 'me prefers:server');
  await server.say('tom', 'followup add send the plan by:"today 5pm"');
  await until(worker, '17:00');
  expect(got()).toHaveLength(2);
  expect(onServer.posted.at(-1)).toMatchObject({ address: { identity: { user: 'tom' } } });
  expect([...talk.errors, ...worker.errors]).toEqual([]);
});

it('a refused place is tried again after a week', async () => {
  const { server, worker, onServer, got } = await newWorld();
  await server.say('tom', 'me fewer:off');
  for (const day of [18, 19, 26, 27])
    await server.say('tom', `followup add ring school ${day} by:"${day} Nov 2026 3pm"`);
  await worker.until('2026-11-19T15:00:00Z');
  expect(onServer.tries).toBe(1);
  onServer.isClosed = false;
  await worker.until('2026-11-26T15:00:00Z');
  await worker.until('2026-11-27T15:00:00Z');
  expect(got()).toHaveLength(3);
  expect(onServer.tries).toBe(2);
});

it.each(['lost answer', 'lost message'] as const)(
  'a message whose fate is unknown (%s) never goes to the other place',
  async (fault) => {
    const { talk, server, worker, onServer, got } = await newWorld();
    onServer.isClosed = false;
    const before = onServer.posted.length;
    onServer.faults.push(fault as Fault);
    await server.say('tom', 'followup add ring the school by:"today 3pm"');
    await until(worker, '15:05');
    expect(got()).toEqual([]);
    expect(onServer.posted).toHaveLength(before + 1);
    expect(await reminders(talk)).toMatchObject([{ state: 'sent' }]);
  },
);

it('wherever the worker dies between the refusal and the next place, one message comes', async () => {
  let ended = false;
  for (let writes = 0; !ended && writes < 40; writes++) {
    const world = await newWorld();
    const { talk, server, worker, onServer, onChat, got } = world;
    await server.say('tom', 'me fewer:off');
    await server.say('tom', 'followup add ring the school by:"today 3pm"');
    await until(worker, '14:59');
    const cutting = failAfterWrites(talk.stores, writes);
    // Nothing that the dying process would still do reaches the store; the platforms have what they have.
    const dying = await newWorker({ ...talk, stores: cutting } as Talk, onChat, [onServer]);
    talk.clock.set('2026-11-18T15:00:00Z');
    await dying.sweep();
    ended = !cutting.wasCut();
    await until(worker, '15:10');
    const words = got();
    expect(words, `after ${writes} writes`).toHaveLength(1);
    expect(words[0]).toContain('ring the school');
    expect(await reminders(talk)).toMatchObject([{ state: 'sent' }]);
  }
});

it('whoever is reached nowhere hears what they missed once, in private, where they speak next', async () => {
  const { talk, server, worker, onServer, onChat, got } = await newWorld();
  await server.say('tom', 'me fewer:off');
  await server.say('tom', 'followup add ring the school by:"today 3pm"');
  onChat.onSend = async ({ address }) =>
    address.to === 'user' && address.identity.user === 'tom' ? 'gone' : undefined;
  await until(worker, '15:01');
  expect(got()).toEqual([]);
  expect(await reminders(talk)).toMatchObject([
    { state: 'permanent', reason: 'They take no direct messages. They have left.' },
  ]);
  expect(worker.inbox('grace').join()).toContain("I couldn't deliver a reminder to Tom");
  const told = await server.say('tom', 'partner list');
  expect(told.text).toContain("I couldn't send you this.");
  expect(told.text).toContain('A reminder: ring the school');
  expect(told.buttons).toContain('My list');
  expect((await server.say('tom', 'partner list')).text).not.toContain("I couldn't send you this");
  expect(onServer.posted.map(({ reply }) => plainText(reply.text, ZONE)).join()).not.toContain(
    'ring the school',
  );
  expect([...talk.errors, ...worker.errors]).toEqual([]);
});

it('a digest is not promised where it cannot be posted, nor a thread where there can be none', async () => {
  const { talk, chat } = await newWorld();
  talk.postingProblem = async () => 'I am not in it yet: type /invite @Convenor there.';
  const refused = await chat.say('grace', 'digest schedule channel:<#C1> day:friday');
  expect(refused.text).toBe(
    "I can't post in #C1 yet. I am not in it yet: type /invite @Convenor there.",
  );
  expect((await chat.say('grace', 'why digest')).text).toContain('No digest was ever scheduled');
  expect((await chat.say('maya', 'me closed:thread')).text).toContain(
    'But no weekly digest is posted in Test yet',
  );
  talk.postingProblem = undefined;
  const done = await chat.press('grace', 'Try again', refused);
  expect(done.text).toContain('The digest will be posted in #C1 each week on Friday');
  await chat.say('maya', 'me closed:none');
  talk.postingProblem = async (_, how) =>
    how === 'thread' ? 'Allow "Create Private Threads".' : undefined;
  expect((await chat.say('maya', 'me closed:thread')).text).toContain(
    'But I can\'t do that in #C1 yet. Allow "Create Private Threads".',
  );
});
