import { expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { deliveries } from '../../src/core/domain/deliveries/delivery.ts';
import { followups } from '../../src/core/domain/followups/followup.ts';
import { members } from '../../src/core/domain/members/member.ts';
import { partnerships } from '../../src/core/domain/partnerships/partnership.ts';
import { registerWorkspace, workspaces } from '../../src/core/domain/workspaces/workspace.ts';
import { markMerged } from '../../src/core/features/linking/merge-members.ts';
import { buttonsOf } from '../../src/core/message/reply.ts';
import { plainText } from '../../src/core/message/rich-text.ts';
import { updateWithRetry } from '../../src/core/ports/store.ts';
import { ChatPlatform, type Posted } from '../doubles/chat-platform.ts';
import { type ChatActions, newTalk, profileOf, type Talk, ZONE } from '../fixtures/bot.ts';
import { newWorker, type TestWorker } from '../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London.

interface World {
  talk: Talk;
  /** Where the three talk from the beginning, and a server on which Tom has spoken too. */
  chat: ChatActions;
  server: ChatActions;
  worker: TestWorker;
  onChat: ChatPlatform;
  onServer: ChatPlatform;
}

let count = 0;

/** Tom is a worker in the chat, and somebody else (a member) on the server, until he links the two. */
async function newWorld(): Promise<World> {
  const talk = await newTalk();
  const [chatAt, serverAt] = ['test', 'server'].map((platform) => ({
    platform,
    workspace: platform === 'test' ? 'W' : `S${++count}`,
  })) as [{ platform: string; workspace: string }, { platform: string; workspace: string }];
  const row = await registerWorkspace(talk.stores, { ...serverAt, name: 'Friends' });
  await updateWithRetry(talk.stores.global(workspaces), row.id, (at) => ({
    ...at,
    partnership: talk.id,
  }));
  talk.profiles.tom = profileOf('Tom');
  talk.profiles.maya = profileOf('Maya');
  const [onChat, onServer] = [new ChatPlatform(), new ChatPlatform('server')];
  const worker = await newWorker(talk, onChat, [onServer]);
  return { talk, chat: talk.from(chatAt), server: talk.from(serverAt), worker, onChat, onServer };
}

async function link({ chat, server, worker }: World): Promise<void> {
  const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec((await chat.say('tom', 'link')).text)?.[0];
  const done = await server.invoke('tom', 'link', { code: code ?? '', sure: 'yes' });
  expect(done.text).toContain('Done: I now know you as one person');
  await worker.sweep();
}

const to = (user: string, { posted }: ChatPlatform): Posted[] =>
  posted.filter(({ address }) => address.to === 'user' && address.identity.user === user);
const textOf = ({ reply }: Posted): string => plainText(reply.text, ZONE);
const isBrief = (post: Posted): boolean => textOf(post).startsWith('Hello');

it('one brief and one reminder are sent where they spoke last, and later where they want', async () => {
  const world = await newWorld();
  const { talk, chat, server, worker, onChat, onServer } = world;
  await chat.say('tom', 'followup add ring the school by:"tomorrow 3pm"');
  await server.say('tom', 'followup add send the plan by:tomorrow');
  await link(world);
  await server.say('tom', 'today');
  await worker.until('2026-11-19T15:00:00Z');
  expect(to('tom', onChat).filter((post) => isBrief(post))).toEqual([]);
  const [brief, reminder, ...more] = to('tom', onServer);
  expect(more).toEqual([]);
  expect(JSON.stringify(brief?.reply)).toMatch(/send the plan/);
  expect(JSON.stringify(brief?.reply)).toMatch(/ring the school/);
  expect(reminder && textOf(reminder)).toContain('A reminder: ring the school');
  expect((await server.say('tom', 'why')).text).toContain('as a direct message (Server)');

  await chat.say('tom', 'followup add book the hall by:"today 4pm"');
  await chat.say('tom', 'me prefers:friends');
  await worker.until('2026-11-19T16:00:00Z');
  expect(to('tom', onServer)).toHaveLength(3);
  const shown = await chat.say('tom', 'me');
  expect(shown.text).toContain('I write to you in Server (Friends), as you chose.');
  await chat.press('tom', 'Write to me in Test', shown);
  await chat.say('tom', 'followup add water the beds by:"today 5pm"');
  await worker.until('2026-11-19T17:00:00Z');
  expect(to('tom', onServer)).toHaveLength(3);
  expect(to('tom', onChat).map(textOf).at(-1)).toContain('water the beds');
  expect((await chat.say('tom', 'me prefers:nowhere')).text).toContain("I can't tell which place");
  expect([...talk.errors, ...worker.errors]).toEqual([]);
});

it('a brief that one of the two got this morning is the brief of the day', async () => {
  const world = await newWorld();
  const { talk, chat, server, worker, onChat, onServer } = world;
  await chat.say('tom', 'me time:11:00');
  await server.say('tom', 'followup add send the plan by:tomorrow');
  await worker.until('2026-11-19T09:30:00Z');
  expect(to('tom', onServer).filter(isBrief)).toHaveLength(1);
  await link(world);
  await worker.until('2026-11-19T18:00:00Z');
  expect([...to('tom', onServer), ...to('tom', onChat)].filter(isBrief)).toHaveLength(1);
  await worker.until('2026-11-20T11:00:00Z');
  expect([...to('tom', onServer), ...to('tom', onChat)].filter(isBrief)).toHaveLength(2);
  // A button in the other one's brief still works, and is answered in that brief.
  const old = to('tom', onServer).find(isBrief);
  const done = old && buttonsOf(old.reply).find(({ label }) => label === 'Done');
  if (!done) throw new Error('The brief has no Done.');
  const pressed = await server.press('tom', done);
  expect(pressed.text).toContain('Done, thank you: send the plan');
  expect(pressed.reply.replaces).toBe(true);
  expect([...talk.errors, ...worker.errors]).toEqual([]);
});

it('a request across platforms, and the reminder after a yes, are sent to the other’s platform', async () => {
  const world = await newWorld();
  const { talk, chat, server, worker, onServer } = world;
  talk.profiles.kim = profileOf('Kim');
  await server.say('kim', 'me');
  const answer = await chat.say('maya', 'followup add send the plan by:"tomorrow 3pm" who:kim');
  expect(answer.text).toContain("I'm asking Kim");
  await worker.sweep();
  const [request] = to('kim', onServer);
  expect(request && textOf(request)).toContain('Maya asks: could you do this? "send the plan"');
  const yes = request && buttonsOf(request.reply).find(({ label }) => label === 'Yes');
  if (!yes) throw new Error('The request has no Yes.');
  await server.press('kim', yes);
  await worker.until('2026-11-19T15:00:00Z');
  const theirs = to('kim', onServer).map(textOf);
  expect(theirs.at(-1)).toContain('A reminder: send the plan');
  expect(to('maya', world.onChat).map(textOf)).toEqual([
    'Kim will do it: send the plan. Thank you for asking.',
  ]);
  expect(worker.errors).toEqual([]);
});

it('a request that was queued for one of the two still reaches them, once', async () => {
  const world = await newWorld();
  const { talk, chat, server, worker, onChat, onServer } = world;
  await server.say('tom', 'me quiet-hours:"9:00-12:00"');
  const rows = await collect(talk.store.of(members).all({ index: 'byName' }));
  const other = rows.find(({ identities: [at] }) => at?.platform === 'server');
  await chat.invoke('maya', 'followup add', { next: 'book the hall', who: `#${other?.id}` });
  await worker.sweep();
  expect([...to('tom', onServer), ...to('tom', onChat)]).toEqual([]);
  await link(world);
  await worker.until('2026-11-18T13:00:00Z');
  const got = [...to('tom', onServer), ...to('tom', onChat)].map(textOf);
  // The brief at the end of the quiet hours has it, so there is no message of its own.
  const requests = got.filter((text) => /could you do this|request is waiting/.test(text));
  expect(requests).toEqual(['Hello Tom. 1 request is waiting for you.']);
  expect((await chat.say('tom', 'today')).text).toContain('book the hall');
});

it('the sweep moves what was added or sent while members were linked', async () => {
  const world = await newWorld();
  const { talk, chat, server, worker, onServer } = world;
  await server.say('tom', 'followup add send the plan by:friday');
  const partnership = await talk.store.of(partnerships).get(talk.id);
  const rows = await collect(talk.store.of(members).all({ index: 'byName' }));
  const other = rows.find(({ identities: [at] }) => at?.platform === 'server');
  const tom = await talk.member('tom');
  if (!other || !partnership) throw new Error('Nobody spoke on the server.');
  // The process died after the first step.
  await markMerged(other, tom, { stores: talk.stores, partnership, now: talk.clock.now() });
  expect((await server.say('tom', 'today')).text).not.toContain('send the plan');
  await worker.until('2026-11-18T10:01:00Z');
  expect((await server.say('tom', 'today')).text).toContain('send the plan');
  const [row] = await collect(talk.store.of(followups).all({ index: 'byDueDay' }));
  expect(row).toMatchObject({ who: tom.id });
  expect(await talk.store.of(members).get(other.id)).toMatchObject({
    nextRunAt: null,
    identities: [],
  });
  await chat.say('tom', 'me');
  await worker.until('2026-11-19T09:00:00Z');
  expect(to('tom', onServer).filter(isBrief)).toEqual([]);
  expect([...talk.errors, ...worker.errors]).toEqual([]);
});

it('a message that may have been posted is looked for, and repeated, at the same address', async () => {
  const world = await newWorld();
  const { talk, chat, server, worker, onChat, onServer } = world;
  await server.say('tom', 'me');
  await link(world);
  const before = onChat.posted.length;
  await chat.say('tom', 'followup add ring the school by:"today 3pm"');
  onChat.faults.push('lost answer');
  await worker.until('2026-11-18T15:00:00Z');
  await chat.say('tom', 'me prefers:server');
  await worker.until('2026-11-18T15:05:00Z');
  expect(onChat.posted).toHaveLength(before + 1);
  expect(to('tom', onServer)).toEqual([]);

  await chat.say('tom', 'me prefers:test');
  await chat.say('tom', 'followup add book the hall by:"today 4pm"');
  onChat.faults.push('lost message');
  await worker.until('2026-11-18T16:00:00Z');
  await chat.say('tom', 'me prefers:server');
  await worker.until('2026-11-18T16:05:00Z');
  expect(to('tom', onServer)).toEqual([]);
  expect(onChat.posted.map(textOf).at(-1)).toContain('(This may be a repeat.) A reminder: book');
  const ledger = await collect(talk.store.of(deliveries).all({ index: 'byId' }));
  expect(ledger.filter(({ kind }) => kind === 'reminder')).toHaveLength(2);
  expect([...talk.errors, ...worker.errors]).toEqual([]);
});

it('a member without direct messages is written to in the channel of the weekly digest', async () => {
  const { talk, chat, worker, onChat } = await newWorld();
  await chat.say('tom', 'me closed:thread');
  await chat.say('tom', 'followup add ring the school by:"today 3pm"');
  await worker.until('2026-11-18T15:00:00Z');
  expect(onChat.posted.at(-1)?.address).not.toHaveProperty('fallback');
  await talk
    .from({ platform: 'test', workspace: 'W' })
    .say('grace', 'digest schedule channel:<#C1>');
  await chat.say('tom', 'followup add book the hall by:"today 4pm"');
  await worker.until('2026-11-18T16:00:00Z');
  const channel = { platform: 'test', workspace: 'W', channel: 'C1' };
  expect(onChat.posted.at(-1)?.address).toMatchObject({ fallback: { how: 'thread', channel } });
  expect((await chat.say('tom', 'me')).text).toContain('I write in a private thread');
  await chat.say('tom', 'me closed:none');
  await chat.say('tom', 'followup add send the plan by:"today 5pm"');
  await worker.until('2026-11-18T17:00:00Z');
  expect(onChat.posted.at(-1)?.address).not.toHaveProperty('fallback');
});
