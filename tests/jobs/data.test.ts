import { expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { collections } from '../../src/core/domain/collections.ts';
import { contacts } from '../../src/core/domain/contacts/contact.ts';
import { dataExports } from '../../src/core/domain/data-exports/data-export.ts';
import { dataRequests } from '../../src/core/domain/data-requests/data-request.ts';
import { historyEntries } from '../../src/core/domain/history/history-entry.ts';
import { personalDataOfDomain } from '../../src/core/domain/personal-data/declarations.ts';
import { notShown, sections } from '../../src/core/features/data/sections.ts';
import { buttonsOf } from '../../src/core/message/reply.ts';
import { memberId, newTalk, type Talk, type Who } from '../fixtures/bot.ts';
import { newWorker, type TestWorker } from '../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London.

/** The files that a member got, oldest first. */
const filesOf = ({ platform }: TestWorker, who: Who) =>
  platform.posted.flatMap(({ address, file }) =>
    address.to === 'user' && address.identity.user === who && file
      ? [{ name: file.name, text: Buffer.from(file.bytes).toString() }]
      : [],
  );

/** Runs what is due, until the file is sent. */
async function settle(worker: TestWorker) {
  for (let sweep = 0; sweep < 3; sweep++) await worker.sweep();
}

async function register(): Promise<{ talk: Talk; worker: TestWorker }> {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Riverside Council"');
  await talk.say('grace', 'partner add "Oakfield School"');
  await talk.say('tom', 'log riverside council: met Jane Doe and Maya about the garden');
  await talk.say('maya', 'log oakfield school: rang about the summer fair next: send the plan');
  return { talk, worker: await newWorker(talk) };
}

it('a coordinator gets what is held on somebody at a partner, as a file that goes again', async () => {
  const { talk, worker } = await register();
  const said = await talk.say('grace', 'data Jane Doe');
  expect(said.text).toContain('what I hold on Jane Doe');
  expect(said.text).toContain('make sure who is asking');
  await settle(worker);
  const [file] = filesOf(worker, 'grace');
  expect(file?.name).toBe('What is held on Jane Doe.txt');
  expect(file?.text).toContain('What Big Local Riverside holds on Jane Doe in Convenor');
  expect(file?.text).toContain(
    '- Wed 18 Nov 2026, Riverside Council, noted by Tom: met Jane Doe and Maya about the garden',
  );
  expect(file?.text).not.toContain('summer fair');
  // An answer to Tom repeats the note: the coordinator sees that there is one, not its words.
  expect(file?.text).toContain('REVIEW, it is somebody else’s');
  expect(worker.inbox('grace').join('\n')).toContain("I'll take this file away tomorrow at 10:00.");
  expect(await collect(talk.store.of(dataExports).all({ index: 'byId' }))).toEqual([]);
  const events = await collect(talk.store.of(historyEntries).all({ index: 'byId' }));
  expect(events.filter(({ event }) => event === 'exported')).toMatchObject([
    { subject: talk.id, actor: memberId(talk.id, 'grace') },
  ]);
  expect(worker.errors).toEqual([]);
});

it('a member gets all that is theirs; coordinators hear how many places need a look', async () => {
  const { talk, worker } = await register();
  await talk.say('maya', 'me zone:Europe/Paris');
  expect((await talk.say('maya', 'me data')).text).toContain('what I hold on you');
  await settle(worker);
  const text = filesOf(worker, 'maya')[0]?.text ?? '';
  for (const words of [
    'Name: Maya',
    'Account: Test, workspace W, user maya',
    'Time zone: Europe/Paris',
    'Oakfield School: rang about the summer fair',
    'send the plan (Oakfield School',
    ', 11:00: me\n',
  ])
    expect(text).toContain(words);
  // "Maya" alone may be somebody else's name.
  expect(text).not.toContain('met Jane Doe');
  expect(text).toContain('a coordinator looks at first');
  const [notice] = worker.inbox('grace');
  expect(notice).toMatch(/^Maya asked for their data\. \d+ places need a look .+16 Dec/);
  const press = buttonsOf(worker.platform.posted.find(({ file }) => !file)?.reply ?? { text: [] });
  expect(press.map(({ label }) => label)).toContain('Send me the file');
  const button = press.find(({ label }) => label === 'Send me the file');
  if (button) await talk.press('grace', button);
  await settle(worker);
  expect(filesOf(worker, 'grace')[0]?.text).toContain(
    'REVIEW, it may be about somebody else of that name: Wed 18 Nov 2026, Riverside Council',
  );
  expect(filesOf(worker, 'tom')).toEqual([]);
  // Who asks twice has two files, and coordinators hear of it once.
  await talk.say('maya', 'me data');
  await settle(worker);
  expect(filesOf(worker, 'maya')).toHaveLength(2);
  expect(
    worker.inbox('grace').filter((text) => text.includes('asked for their data')),
  ).toHaveLength(1);
});

it("a member's file has no words that were hidden from them since, from messages and answers of before", async () => {
  const { talk, worker } = await register();
  await talk.say('tom', 'followup add ask about the lease with:"riverside council" who:<@maya>');
  await settle(worker);
  expect(worker.inbox('maya').join('\n')).toContain('ask about the lease');
  const declined = worker.platform.posted.find(({ address }) => address.to === 'user')?.reply;
  const no = buttonsOf(declined ?? { text: [] }).find(({ label }) => label.startsWith('Sorry'));
  if (no) await talk.press('maya', no);
  await talk.say('grace', 'member tie @maya with:"riverside council"');
  await talk.say('maya', 'me data');
  await settle(worker);
  const text = filesOf(worker, 'maya')[0]?.text ?? '';
  expect(text).toContain('notice, sent');
  expect(text).not.toContain('ask about the lease');
});

it('a member never gets private notes of others, nor notes on a partner they are part of', async () => {
  const { talk, worker } = await register();
  await talk.say('tom', 'log oakfield school: Maya was rude private:yes');
  await talk.say('grace', 'member tie @Maya with:"riverside council"');
  await talk.say('maya', 'me data');
  await settle(worker);
  const text = filesOf(worker, 'maya')[0]?.text ?? '';
  expect(text).toContain('rang about the summer fair');
  expect(text).not.toContain('rude');
  expect(text).not.toContain('garden');
});

it('a coordinator who may not read a private note gets its day, and whom to ask', async () => {
  const { talk, worker } = await register();
  const [row] = await collect(
    talk.store.of(contacts).all({ index: 'byMember', where: { by: memberId(talk.id, 'tom') } }),
  );
  if (!row) throw new Error('There is no note.');
  const readers = [memberId(talk.id, 'maya')];
  await talk.store.of(contacts).save({ ...row, readers, readersCoordinate: false });
  await talk.say('grace', 'data Jane Doe');
  await settle(worker);
  const text = filesOf(worker, 'grace')[0]?.text ?? '';
  expect(text).toContain(
    'REVIEW, it is private: Wed 18 Nov 2026, Riverside Council, noted by Tom: You may not read the words: ask Tom.',
  );
  expect(text).not.toContain('garden');
});

it('only coordinators ask about others, and only while they are', async () => {
  const { talk, worker } = await register();
  expect((await talk.say('tom', 'data Jane Doe')).text).toContain('only a coordinator can do that');
  await talk.say('grace', 'member role @Tom role:coordinator');
  await talk.say('tom', 'data Jane Doe');
  await talk.say('grace', 'member role @Tom role:worker');
  await settle(worker);
  expect(filesOf(worker, 'tom')).toEqual([]);
});

it('says that nothing is held under a name', async () => {
  const { talk, worker } = await register();
  const typed = await talk.say('grace', 'data Nobody Here');
  expect(typed.text).toContain('Nobody Here');
  await settle(worker);
  // The coordinator's own question is the only place.
  expect(filesOf(worker, 'grace')[0]?.text).not.toContain('NOTES');
});

it('a request is noted with its day, told to the others, and recalled a week before its end', async () => {
  const { talk, worker } = await register();
  await talk.say('grace', 'member role @Tom role:coordinator');
  const said = await talk.say('grace', 'data request Jane Doe kind:erase when:monday');
  expect(said.text).toContain('Jane Doe asked to be erased, on Mon 16 Nov');
  expect(said.text).toContain('They need an answer by Mon 14 Dec');
  expect(said.text).toContain('erase Jane Doe');
  await settle(worker);
  expect(worker.inbox('tom').join('\n')).toContain('Jane Doe asked to be erased');
  expect(worker.inbox('grace').join('\n')).not.toContain('Jane Doe');
  await worker.until('2026-12-07T09:01:00Z');
  for (const who of ['grace', 'tom'] as const)
    expect(worker.inbox(who).at(-1)).toContain('A reminder: Jane Doe asked to be erased');
  const list = await talk.say('tom', 'data requests');
  expect(list.text).toContain('1 person is waiting');
  expect((await talk.press('tom', 'Done', list)).text).toBe('Done: Jane Doe has their answer.');
  expect((await talk.say('grace', 'data requests')).text).toContain('Nobody is waiting');
  expect((await talk.invoke('grace', 'data done', { which: 'Jane' })).text).toContain(
    'no longer there',
  );
});

it('a request that is done in time is not recalled; undo opens it again', async () => {
  const { talk, worker } = await register();
  const said = await talk.say('grace', 'data request Jane Doe kind:see');
  await talk.press('grace', 'Done', said);
  await worker.until('2026-12-18T12:00:00Z');
  expect(worker.inbox('grace').join('\n')).not.toContain('A reminder: Jane');
  expect(await collect(talk.store.of(dataRequests).all({ index: 'byId' }))).toMatchObject([
    { state: 'done', closedBy: memberId(talk.id, 'grace'), remindAt: null },
  ]);
});

it.each(['see', 'correct', 'complaint'] as const)(
  'says what to do when it is to %s',
  async (kind) => {
    const talk = await newTalk();
    const said = await talk.say('grace', `data request Jane Doe kind:${kind}`);
    const words = { see: 'data Jane Doe', correct: 'put it right', complaint: 'ico.org.uk' };
    expect(said.text).toContain(words[kind]);
    expect(said.text).toContain('Make sure who is asking');
  },
);

it('every collection that holds something of people has a section, or a reason to have none', () => {
  const without = personalDataOfDomain
    .filter(({ fields }) => Object.keys(fields).length > 0)
    .map(({ declaration }) => declaration.name)
    .filter((name) => !sections.some(({ collection }) => collection === name))
    .filter((name) => !notShown.some((one) => one.name === name));
  // Their own row is the first section; the others hold names of organisations, and counters.
  expect(without.toSorted()).toEqual(['identities', 'members', 'partnerships', 'workspaces']);
  expect(
    sections.every(({ collection }) => collections.some(({ name }) => name === collection)),
  ).toBe(true);
});
