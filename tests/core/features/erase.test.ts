import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { contacts } from '../../../src/core/domain/contacts/contact.ts';
import { deliveries } from '../../../src/core/domain/deliveries/delivery.ts';
import { enqueueNotice } from '../../../src/core/domain/deliveries/enqueue-notice.ts';
import { erasures } from '../../../src/core/domain/erasures/erasure.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import { historyEntries } from '../../../src/core/domain/history/history-entry.ts';
import { identities, recordIdentity } from '../../../src/core/domain/identities/identity.ts';
import { members, newMember } from '../../../src/core/domain/members/member.ts';
import { namesChanged } from '../../../src/core/domain/partnerships/partnership.ts';
import { receipts } from '../../../src/core/domain/receipts/receipt.ts';
import type { Address } from '../../../src/core/message/address.ts';
import type { Reply } from '../../../src/core/message/reply.ts';
import { plainText, rich } from '../../../src/core/message/rich-text.ts';
import type { SendResult } from '../../../src/core/ports/platform.ts';
import { updateWithRetry } from '../../../src/core/ports/store.ts';
import { ChatPlatform } from '../../doubles/chat-platform.ts';
import { memberId, newTalk, profileOf, type Said, type Talk, ZONE } from '../../fixtures/bot.ts';
import { newWorker } from '../../fixtures/worker.ts';

/** A platform that can change messages. */
class EditablePlatform extends ChatPlatform {
  readonly edits: { address: Address; id: string; text: string }[] = [];
  /** Results for the next changes, one for each; the others succeed. */
  readonly results: SendResult[] = [];

  override async edit(address?: Address, id?: string, reply?: Reply): Promise<SendResult> {
    const result = this.results.shift();
    if (result) return result;
    if (!address || !id || !reply) throw new Error('Nothing to change.');
    this.edits.push({ address, id, text: plainText(reply.text, ZONE) });
    return { outcome: 'sent', id };
  }
}

const NAME = 'Jane Doe';

/** Adds a partner that is called like a person. */
async function addPartnerNamed(talk: Talk, name: string): Promise<void> {
  const asked = await talk.say('grace', `partner add ${name}`);
  await talk.press('grace', "It's a group", asked);
}

/** Another coordinator, who joins the three. */
async function addCoordinator(talk: Talk): Promise<string> {
  const id = `ada-${talk.id}`;
  const identity = { platform: 'test', workspace: 'W', user: 'ada' };
  await talk.store
    .of(members)
    .insert(newMember({ id, name: 'Ada', role: 'coordinator', identities: [identity] }));
  await namesChanged(talk.store);
  talk.profiles.ada = profileOf('Ada');
  return id;
}

/** Asks to erase somebody, and says of every unclear place that it is about somebody else. */
async function askToErase(talk: Talk, name = NAME): Promise<Said> {
  const said = await talk.say('grace', `erase ${name}`);
  const label = ['All the rest', 'Somebody else'].find((start) =>
    said.buttons.some((button) => button.startsWith(start)),
  );
  return label ? talk.press('grace', label, said) : said;
}

async function notesOf(talk: Talk): Promise<(string | null)[]> {
  const rows = await collect(talk.store.of(contacts).all({ index: 'byLogged' }));
  return rows.map(({ note }) => note);
}

describe('erase', () => {
  it('shows every place first, and erases after a press', async () => {
    const talk = await newTalk();
    await talk.say('maya', 'partner add Riverside Council');
    await talk.say('maya', `log Riverside Council: met ${NAME} about the garden`);
    await talk.say('maya', 'log Riverside Council: met Joan about the fair');
    await talk.say('tom', `followup add ring jane doe's office by:friday`);
    const said = await askToErase(talk);
    expect(said.text).toMatch(/^I found \d+ places: 1 note, 1 follow-up, \d+ answers/);
    expect(said.text).toContain('Nothing is erased yet.');
    expect(await notesOf(talk)).toContain(`met ${NAME} about the garden`);
    const shown = await talk.press('grace', 'Show the places', said);
    expect(shown.text).toContain(`note: “met ${NAME} about the garden”`);

    const worker = await newWorker(talk);
    const started = await talk.press('grace', 'Erase', said);
    expect(started.text).toContain("I can't reach:");
    await worker.until('2026-11-18T10:01:00.000Z');
    expect(worker.errors).toEqual([]);
    expect((await notesOf(talk)).toSorted()).toEqual([
      'met Joan about the fair',
      'met [erased] about the garden',
    ]);
    const [title] = (await collect(talk.store.of(followups).all({ index: 'byId' }))).map(
      (row) => row.title,
    );
    expect(title).toBe("ring [erased]'s office");
    expect(worker.inbox('grace').join()).toContain('are gone');
  });

  it('leaves nothing of the name in receipts, and these cannot be undone', async () => {
    const talk = await newTalk();
    await talk.say('maya', 'partner add Riverside Council');
    await talk.say('maya', `log Riverside Council: met ${NAME}`);
    const worker = await newWorker(talk);
    await talk.press('grace', 'Erase', await askToErase(talk));
    await worker.until('2026-11-18T10:01:00.000Z');
    const query = { index: 'byTime', where: { partnership: talk.id } } as const;
    const all = await collect(talk.stores.global(receipts).all(query));
    expect(JSON.stringify(all)).not.toMatch(/jane|doe/i);
    expect(all.map(({ command, undoable }) => [command, undoable])).toEqual(
      expect.arrayContaining([
        ['partner add', true],
        ['log', false],
      ]),
    );
    const [row] = await collect(talk.store.of(erasures).all({ index: 'byId' }));
    expect(row?.state).toBe('done');
    expect(JSON.stringify([row, talk.erasureRecords.tombstones])).not.toMatch(/jane|doe/i);
    const history = await collect(talk.store.of(historyEntries).all({ index: 'byId' }));
    expect(history.filter(({ event }) => event === 'erased')).toHaveLength(1);
  });

  it('asks about each place with a part of the name only', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'partner add Riverside Council');
    await talk.say('grace', `log Riverside Council: met ${NAME}`);
    await talk.say('grace', 'log Riverside Council: Jane sent the plan');
    await talk.say('grace', 'log Riverside Council: Jane Austen evening');
    let said = await talk.say('grace', `erase ${NAME}`);
    expect(said.buttons.some((label) => label.startsWith('Erase'))).toBe(false);
    for (let step = 0; said.buttons.includes('This is them'); step++) {
      const isThem = said.text.split('“')[1]?.includes('sent the plan') === true;
      said = await talk.press('grace', isThem ? 'This is them' : 'Somebody else', said);
      expect(step).toBeLessThan(20);
    }
    const worker = await newWorker(talk);
    await talk.press('grace', 'Erase', said);
    await worker.until('2026-11-18T10:01:00.000Z');
    expect((await notesOf(talk)).toSorted()).toEqual([
      'Jane Austen evening',
      '[erased] sent the plan',
      'met [erased]',
    ]);
  });

  it('tells the other coordinators at once, without the name', async () => {
    const talk = await newTalk();
    await addCoordinator(talk);
    await talk.say('maya', 'partner add Riverside Council');
    await talk.say('maya', `log Riverside Council: met ${NAME}`);
    const worker = await newWorker(talk);
    await talk.press('grace', 'Erase', await askToErase(talk));
    await worker.sweep();
    const inbox = worker.platform.posted.filter(
      ({ address }) => address.to === 'user' && address.identity.user === 'ada',
    );
    const texts = inbox.map(({ reply }) => plainText(reply.text, ZONE));
    expect(texts.join()).toMatch(/Grace has started to erase somebody's details, in \d+ places\./);
    expect(texts.join()).not.toMatch(/jane|doe/i);
  });

  it('needs a second coordinator for many places, who is not the one who asked', async () => {
    const talk = await newTalk();
    await addCoordinator(talk);
    await talk.say('grace', 'partner add Riverside Council');
    const rows = Array.from({ length: 51 }, (_, index) => ({
      id: `many-${talk.id}-${index}`,
      partner: 'nobody',
      day: '2026-11-01',
      how: null,
      twoWay: true,
      note: `met ${NAME} ${index}`,
      by: memberId(talk.id, 'tom'),
      loggedAt: talk.clock.now(),
      answerNotedAt: null,
      readers: null,
      readersCoordinate: null,
    }));
    await talk.store.of(contacts).insertAll(rows);
    const worker = await newWorker(talk);
    const said = await askToErase(talk);
    expect(said.text).toContain('a second coordinator has to agree');
    expect((await talk.press('grace', 'Erase', said)).text).toContain('asked the other');
    await worker.sweep();
    const request = worker.platform.posted.find(
      ({ address }) => address.to === 'user' && address.identity.user === 'ada',
    );
    expect(JSON.stringify(request)).not.toMatch(/jane|doe/i);
    const which = `#${(await collect(talk.store.of(erasures).all({ index: 'byId' })))[0]?.id}`;
    const own = await talk.invoke('grace', 'erase agree', { which });
    expect(own.text).toContain('Somebody else has to say that');
    expect((await talk.invoke('maya', 'erase agree', { which })).text).toContain('coordinator');
    expect((await notesOf(talk)).filter((note) => note?.includes('Jane'))).toHaveLength(51);
    expect((await talk.invoke('ada', 'erase agree', { which })).text).toContain('erasing 51');
    await worker.until('2026-11-18T10:01:00.000Z');
    expect((await notesOf(talk)).filter((note) => note?.includes('Jane'))).toEqual([]);
    expect(await notesOf(talk)).toHaveLength(51);
  });

  it('needs a second coordinator for a name that is a partner’s', async () => {
    const talk = await newTalk();
    await addPartnerNamed(talk, NAME);
    const said = await askToErase(talk);
    expect(said.text).toContain('the name of a partner too');
    expect((await talk.press('grace', 'Erase', said)).text).toContain('there is none');
  });

  it('does not erase somebody who is here', async () => {
    const talk = await newTalk();
    expect((await talk.say('grace', 'erase Tom')).text).toContain('is a member here');
    expect((await talk.say('grace', 'erase <@tom>')).text).toContain('is a member here');
    expect((await talk.say('maya', 'erase Tom')).text).toContain('only a coordinator');
  });

  it('makes a member who has left nameless, and forgets their identities', async () => {
    const talk = await newTalk();
    const identity = { platform: 'test', workspace: 'W', user: 'tom' };
    const id = memberId(talk.id, 'tom');
    await recordIdentity(talk.stores, identity, { partnership: talk.id, member: id });
    await talk.say('tom', 'partner add Riverside Council');
    await talk.say('tom', 'log Riverside Council: met them');
    await talk.say('grace', 'member left @Tom to:none');
    const worker = await newWorker(talk);
    const said = await askToErase(talk, '<@tom>');
    await talk.press('grace', 'Erase', said);
    await worker.until('2026-11-18T10:01:00.000Z');
    const row = await talk.store.of(members).get(id);
    expect(row).toMatchObject({ name: 'Somebody who left', identities: [], active: false });
    const where = { platform: 'test', user: 'tom' };
    const known = await collect(talk.stores.global(identities).all({ index: 'byUser', where }));
    expect(known.filter(({ partnership }) => partnership === talk.id)).toEqual([]);
    expect(await notesOf(talk)).toEqual(['met them']);
    const shown = await talk.say('grace', 'partner show Riverside Council');
    expect(shown.text).not.toContain('Tom');
  });
});

describe('messages that were sent', () => {
  /** Sends Maya a notice with the name, then asks to erase it. */
  async function withSentNotices(count: number) {
    const talk = await newTalk();
    const platform = new EditablePlatform();
    const worker = await newWorker(talk, platform);
    for (let index = 0; index < count; index++) {
      const recipient = memberId(talk.id, 'maya');
      const reply = { text: rich`Call ${NAME}, ${index}` };
      const notice = { subject: `n${index}`, occurrence: 'once', recipient, reply };
      const deps = { store: talk.store, wake: () => {} };
      await enqueueNotice({ ...notice, at: talk.clock.now(), urgent: true }, deps);
    }
    await worker.sweep();
    expect(worker.inbox('maya')).toHaveLength(count);
    await talk.press('grace', 'Erase', await askToErase(talk));
    return { talk, platform, worker };
  }

  it('are changed, and the coordinator hears of it', async () => {
    const { talk, platform, worker } = await withSentNotices(3);
    await worker.until('2026-11-18T10:02:00.000Z');
    expect(platform.edits.map(({ text }) => text).toSorted()).toEqual([
      'Call [erased], 0',
      'Call [erased], 1',
      'Call [erased], 2',
    ]);
    expect(worker.inbox('grace').join()).toContain('All 3 messages that named them are changed');
    const ledger = await collect(talk.store.of(deliveries).all({ index: 'byId' }));
    expect(JSON.stringify(ledger)).not.toMatch(/jane|doe/i);
  });

  it('wait as long as the platform says, and what cannot be changed is told', async () => {
    const talk = await withSentNotices(2).then(async ({ talk, platform, worker }) => {
      platform.results.push(
        { outcome: 'later', ms: 20_000 },
        { outcome: 'permanent', reason: 'The message is gone.' },
      );
      await worker.until('2026-11-18T10:00:15.000Z');
      expect(platform.edits).toEqual([]);
      await worker.until('2026-11-18T10:02:00.000Z');
      expect(platform.edits).toHaveLength(1);
      expect(worker.inbox('grace').join()).toContain('1 of 2 messages are changed');
      expect(worker.inbox('grace').join()).toContain('The message is gone.');
      return talk;
    });
    expect(talk.errors).toEqual([]);
  });

  it('include reminders, whose text the ledger does not have', async () => {
    const talk = await newTalk();
    const platform = new EditablePlatform();
    const worker = await newWorker(talk, platform);
    await talk.say('maya', `followup add ring ${NAME} by:"today 10:30"`);
    await worker.until('2026-11-18T10:31:00.000Z');
    expect(worker.inbox('maya').join()).toContain(`ring ${NAME}`);
    await talk.press('grace', 'Erase', await askToErase(talk));
    await worker.until('2026-11-18T10:33:00.000Z');
    expect(platform.edits.map(({ text }) => text).join()).toContain("I've taken this message back");
  });
});

describe('somebody who adds a name that was erased is asked', () => {
  it('by partner add, and may add it', async () => {
    const talk = await newTalk();
    await addCoordinator(talk);
    await addPartnerNamed(talk, NAME);
    const worker = await newWorker(talk);
    await talk.press('grace', 'Erase', await askToErase(talk));
    const which = `#${(await collect(talk.store.of(erasures).all({ index: 'byId' })))[0]?.id}`;
    await talk.invoke('ada', 'erase agree', { which });
    await worker.until('2026-11-18T10:01:00.000Z');
    expect((await talk.say('maya', 'partner list')).text).not.toContain(NAME);
    const turned = await talk.say('maya', 'partner add "Doe, Jane"');
    expect(turned.text).toContain('was erased');
    const same = await talk.say('maya', 'partner add jane doe');
    expect(same.text).toContain('Somebody of this name was erased on Wed 18 Nov');
    expect((await talk.press('maya', 'No', same)).text).toContain('Nothing has changed');
    expect((await talk.press('maya', 'Yes, add anyway', same)).text).toContain('Added jane doe');
  });

  it('by partner import, which leaves it out', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'partner add Riverside Council');
    await talk.say('grace', `log Riverside Council: met ${NAME}`);
    const worker = await newWorker(talk);
    await talk.press('grace', 'Erase', await askToErase(talk));
    await worker.until('2026-11-18T10:01:00.000Z');
    const file = `name\n${NAME}\nOakfield School\n`;
    const said = await talk.invoke('grace', 'partner import', { file });
    expect(said.text).toContain('1 partner to add');
    expect(said.text).toContain(`Somebody called ${NAME} was erased on Wed 18 Nov`);
  });
});

it('a killed worker is followed by another, which does the rest', async () => {
  const talk = await newTalk();
  await talk.say('maya', 'partner add Riverside Council');
  await talk.say('maya', `log Riverside Council: met ${NAME}`);
  const worker = await newWorker(talk);
  await talk.press('grace', 'Erase', await askToErase(talk));
  // A worker that died in the middle has claimed the row, and has done a part.
  const [row] = await collect(talk.store.of(erasures).all({ index: 'byId' }));
  await updateWithRetry(talk.store.of(erasures), row?.id ?? '', (now) => ({
    ...now,
    claim: 'dead',
    nextStep: 'receipts',
    nextRunAt: new Date('2026-11-18T10:00:05.000Z'),
  }));
  await updateWithRetry(talk.store.of(erasures), row?.id ?? '', (now) => ({
    ...now,
    nextStep: null,
  }));
  await worker.until('2026-11-18T10:01:00.000Z');
  expect(await notesOf(talk)).toEqual(['met [erased]']);
});

describe('no plain line leads to an erasure', () => {
  it.each([
    ['forget it', 'Nothing has changed'],
    ['Never mind!', 'Nothing has changed'],
    ['scrap that.', 'Which one shall I undo?'],
    ['forget Jane Doe', 'You are the only coordinator here'],
    ['delete everything about Jane Doe', 'You are the only coordinator here'],
    ['get rid of Jane Doe please', 'You are the only coordinator here'],
    ['wipe it all', 'You are the only coordinator here'],
  ])('%s', async (line, answer) => {
    const talk = await newTalk();
    await talk.say('grace', 'partner add Riverside Council');
    await talk.say('grace', `log Riverside Council: met ${NAME}`);
    const said = await talk.say('grace', line);
    expect(said.text).toContain(answer);
    expect(said.buttons.some((label) => label.startsWith('Erase'))).toBe(false);
    expect(await collect(talk.store.of(erasures).all({ index: 'byId' }))).toEqual([]);
  });
});
