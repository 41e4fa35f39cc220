import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { collections } from '../../../src/core/domain/collections.ts';
import { contacts } from '../../../src/core/domain/contacts/contact.ts';
import { keptArgs } from '../../../src/core/domain/kept-args/kept-args.ts';
import { newTalk, type Talk } from '../../fixtures/bot.ts';
import { newWorker } from '../../fixtures/worker.ts';

// The fixture's time begins on Wednesday 18 November 2026, 10:00 in London.

async function withContact(words = 'tell:@Tom'): Promise<Talk> {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Oakfield School"');
  await talk.say('grace', `settings safeguarding Jo Bell 01964 555123 ${words}`);
  return talk;
}

/** Everything that is in the store of a partnership, as text. */
async function storedText({ store }: Talk): Promise<string> {
  const own = collections.filter(({ scope }) => scope === 'partnership');
  const rows = await Promise.all(own.map((one) => collect(store.of(one).all({ index: 'byId' }))));
  return JSON.stringify(rows);
}

describe("a worry about somebody's safety", () => {
  it.each([
    "I'm worried about a child at Wobbleton",
    'worried about somebody in Wobbleton',
    'I’m really concerned about Wobbleton',
    'we have a safeguarding concern at Wobbleton',
    'concern Wobbleton',
    'someone is hurting my neighbour in Wobbleton',
    'the dad at Wobbleton keeps hitting his son',
    'a lad at Wobbleton has been self-harming',
    "at Wobbleton he's threatening her, and nobody helps",
    'concern: Wobbleton',
    "log I'm worried about somebody in Wobbleton",
  ])('%s: says whom to ring, and nothing of it is stored', async (line) => {
    const talk = await withContact();
    const said = await talk.say('maya', line);
    expect(said.text).toBe(
      "Please don't write it here. Ring Jo Bell, 01964 555123. If somebody is in danger, ring 999. I've noted nothing.",
    );
    expect(said).toMatchObject({ audience: 'actor', buttons: ['Ask them to ring me'] });
    await talk.press('maya', 'Ask them', said);
    expect(await storedText(talk)).not.toContain('Wobbleton');
    expect(talk.errors).toEqual([]);
  });

  it('the press reaches them at once, at night, in a pause and over the cap, and says who and when only', async () => {
    const talk = await withContact();
    const worker = await newWorker(talk);
    await talk.say('grace', 'settings cap:1');
    await talk.say('grace', 'member role @Tom member');
    await talk.say('tom', 'fewer until:"2 weeks"');
    talk.clock.set('2026-11-19T23:00:00Z');
    const said = await talk.say('maya', "I'm worried about somebody");
    const asked = await talk.press('maya', 'Ask them', said);
    expect(asked.text).toContain("I'm telling Tom now: only that you asked, and when.");
    expect(asked.reply.replaces).toBe(true);
    await worker.sweep();
    expect(worker.inbox('tom')).toEqual([
      'Maya asks you to ring them, as our safeguarding contact. They asked on Thu 19 Nov 2026, 23:00. I know nothing else about it.',
    ]);
    expect(worker.errors).toEqual([]);
  });

  it('who asked hears if the contact cannot be reached', async () => {
    const talk = await withContact();
    const worker = await newWorker(talk);
    const said = await talk.say('maya', 'concern');
    await talk.press('maya', 'Ask them', said);
    worker.platform.faults.push('gone');
    await worker.sweep();
    await worker.sweep();
    expect(worker.inbox('maya')).toEqual([
      "I couldn't reach Tom, so please don't wait to be rung. Type concern to see whom to ring. If somebody is in danger, ring 999.",
    ]);
  });

  it('without somebody to tell there is no button, nor for the contact themselves', async () => {
    const talk = await withContact('');
    expect((await talk.say('maya', 'concern')).buttons).toEqual([]);
    await talk.say('grace', 'settings safeguarding Jo Bell 01964 555123 tell:@Tom');
    expect((await talk.say('tom', 'concern')).buttons).toEqual([]);
    await talk.say('grace', 'member left @Tom to:none');
    expect((await talk.say('maya', 'concern')).buttons).toEqual([]);
    expect((await talk.invoke('maya', 'concern ring', {})).text).toContain("can't reach them");
  });

  it('without a contact it names 999 and the council, and asks the coordinators once', async () => {
    const talk = await newTalk();
    const worker = await newWorker(talk);
    const said = await talk.say('maya', "I'm worried about somebody");
    expect(said.text).toContain('ring 999');
    expect(said.text).toContain("your council's safeguarding team");
    await talk.say('tom', 'concern');
    await worker.sweep();
    expect(worker.inbox('grace')).toEqual([expect.stringContaining('Nobody is set yet')]);
    expect(worker.inbox('grace')[0]).not.toContain('Maya');
    const own = await talk.say('grace', 'concern');
    expect(own.buttons).toEqual(['Choose a safeguarding contact']);
    const { form } = await talk.press('grace', 'Choose', own);
    const done = await talk.submit('grace', form, { name: 'Jo Bell', phone: '01964 555123' });
    expect(done.text).toContain('asked to ring Jo Bell, 01964 555123');
    expect((await talk.say('maya', 'concern')).text).toContain('Ring Jo Bell, 01964 555123.');
  });
});

describe('a note that plainly is such a worry', () => {
  const everyContact = (talk: Talk) => collect(talk.store.of(contacts).all({ index: 'byLogged' }));

  it.each([
    'log oakfield school safeguarding concern about Wobbleton',
    "log oakfield school met them, I'm worried about one of the children in Wobbleton",
    'log nobody knows this partner safeguarding incident in Wobbleton',
  ])('%s: is asked about before it is noted', async (line) => {
    const talk = await withContact();
    const said = await talk.say('maya', line);
    expect(said.text).toContain("Is that about somebody's safety? Please don't write it here.");
    expect(said.text).toContain('Ring Jo Bell');
    expect(said.buttons).toEqual(['Ask them to ring me', "It's something else: note it"]);
    expect(await everyContact(talk)).toEqual([]);
  });

  it('is noted after a yes, and long words that were asked about are kept for a day only', async () => {
    const talk = await withContact();
    const long = `log oakfield school their safeguarding issues list ${'is long '.repeat(20)}`;
    const said = await talk.say('maya', long);
    const noted = await talk.press('maya', "It's something else", said);
    expect(noted.text).toContain('Noted, thanks. Oakfield School');
    const kept = await collect(talk.store.of(keptArgs).all({ index: 'byId' }));
    expect(kept).toMatchObject([{ keptUntil: new Date('2026-11-19T10:00:00Z') }]);
  });

  it('is asked about in a form, too', async () => {
    const talk = await withContact();
    const { form } = await talk.say('maya', 'log');
    const values = { with: 'Oakfield School', note: 'a safeguarding concern' };
    const said = await talk.submit('maya', form, values);
    expect(said.text).toContain("Is that about somebody's safety?");
    expect(await everyContact(talk)).toEqual([]);
  });

  it.each([
    'log oakfield school met about the safeguarding policy',
    'log oakfield school they are worried about the budget',
    'log oakfield school the family hub is at risk of closing',
  ])('%s: is noted without a question', async (line) => {
    const talk = await withContact();
    expect((await talk.say('maya', line)).text).toContain('Noted, thanks');
  });
});

describe('the safeguarding contact', () => {
  it.each([
    ['settings safeguarding:"Jo Bell, 01964 555 123"', 'Jo Bell, 01964 555 123'],
    ['settings safeguarding:"Jo Bell on +44 (0)1964 555123"', 'Jo Bell, +44 (0)1964 555123'],
    ['setup Riverside safeguarding:"Jo Bell 101"', 'Jo Bell, 101'],
  ])('%s', async (line, contact) => {
    const talk = await newTalk();
    expect((await talk.say('grace', line)).text).toContain(`Safeguarding contact: ${contact}.`);
    const off = await talk.say('grace', 'settings safeguarding:none');
    expect(off.text).toContain('Safeguarding contact: nobody yet.');
  });

  it.each([
    ['settings safeguarding:"Jo Bell"', 'Which number should people ring to reach Jo Bell?'],
    ['settings safeguarding Jo Bell phone:abc', 'as a number to ring'],
    ['settings safeguarding:"01964 555123"', 'What is their name?'],
  ])('%s is refused: %s', async (line, sentence) => {
    const talk = await newTalk();
    expect((await talk.say('grace', line)).text).toContain(sentence);
  });

  it('is set by coordinators, and can be undone', async () => {
    const talk = await newTalk();
    const refused = await talk.say('maya', 'settings safeguarding Jo Bell 01964 555123');
    expect(refused.text).toContain('only a coordinator');
    const set = await talk.say('grace', 'settings safeguarding Jo Bell 01964 555123');
    await talk.press('grace', 'Undo', set);
    expect((await talk.say('maya', 'concern')).text).not.toContain('Jo Bell');
  });

  it('is asked for by setup, until there is one', async () => {
    const talk = await newTalk();
    const said = await talk.say('grace', 'setup Riverside');
    expect(said.text).toContain('whom should people ring');
    expect(said.buttons).toContain('Choose a safeguarding contact');
    await talk.say('grace', 'settings safeguarding Jo Bell 01964 555123');
    expect((await talk.say('grace', 'setup Riverside')).text).not.toContain('whom should people');
  });
});
