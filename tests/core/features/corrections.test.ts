import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { contacts } from '../../../src/core/domain/contacts/contact.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { buttonIn, memberId, newTalk, type Said, type Talk } from '../../fixtures/bot.ts';
import { newWorker } from '../../fixtures/worker.ts';

// The fixture's time begins on Wednesday 18 November 2026, 10:00 in London.

async function withPartners(): Promise<Talk> {
  const talk = await newTalk();
  for (const name of ['Riverside Council', 'Oakfield School', 'Youth Club'])
    await talk.say('grace', `partner add "${name}" every:"4 weeks"`);
  return talk;
}

const everyContact = (talk: Talk) => collect(talk.store.of(contacts).all({ index: 'byLogged' }));
const everyFollowup = (talk: Talk) => collect(talk.store.of(followups).all({ index: 'byDueDay' }));

async function partnerNamed(talk: Talk, name: string) {
  const all = await collect(talk.store.of(partners).all({ index: 'byName' }));
  const found = all.find((partner) => partner.name === name);
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
}

/** The args of the button that an answer or a story has for a contact. */
const contactOf = (said: Said) => ({ which: buttonIn(said, 'Change').args.which ?? '' });

describe('Change', () => {
  it('shows everything that was said, and empties what was emptied', async () => {
    const talk = await withPartners();
    const said = await talk.say('tom', 'log riverside council met Jane how:call when:yesterday');
    const { form } = await talk.press('tom', 'Change', said);
    expect(form?.fields.map(({ name, value }) => [name, value])).toEqual([
      ['with', 'Riverside Council'],
      ['note', 'met Jane'],
      ['when', '2026-11-17'],
      ['how', 'call'],
      ['reply', 'yes'],
    ]);
    const changed = await talk.submit('tom', form, { note: '', how: '' });
    expect(changed.text).toBe('Changed. Riverside Council: in touch on Tue 17 Nov.');
    expect(await everyContact(talk)).toMatchObject([{ note: null, how: null, day: '2026-11-17' }]);
    const story = await talk.say('tom', 'partner show riverside council');
    expect(story.text).not.toContain('Jane');
  });

  it('asks for the day, the partner and the reply when these are emptied, and keeps the rest', async () => {
    const talk = await withPartners();
    const said = await talk.say('tom', 'log riverside council met Jane');
    for (const [name, question] of [
      ['when', 'When were you in touch?'],
      ['with', 'Who were you in touch with?'],
      ['reply', 'Did they reply?'],
    ] as const) {
      const { form } = await talk.press('tom', 'Change', said);
      const again = await talk.submit('tom', form, { [name]: '', note: 'met Ann' });
      expect(again.text).toContain(question);
      const fields = Object.fromEntries(again.form?.fields.map((one) => [one.name, one]) ?? []);
      expect(fields[name]?.problem).toContain(question);
      expect(fields.note?.value).toBe('met Ann');
    }
    expect(await everyContact(talk)).toMatchObject([{ note: 'met Jane' }]);
  });

  it('moves a contact to another partner with its promise, and both partners follow', async () => {
    const talk = await withPartners();
    await talk.say('maya', 'log riverside council before when:"2 Nov 2026"');
    const said = await talk.say(
      'tom',
      'log riverside council met Jane next:"send the plan" by:friday',
    );
    const { form } = await talk.press('tom', 'Change', said);
    const moved = await talk.submit('tom', form, { with: 'Oakfield School' });
    expect(moved.text).toContain('Moved from Riverside Council. Oakfield School: ');
    expect(moved.text).toContain('send the plan');
    expect(await partnerNamed(talk, 'Riverside Council')).toMatchObject({
      lastContact: '2026-11-02',
      lastTwoWay: '2026-11-02',
      quietOn: '2026-11-30',
    });
    expect(await partnerNamed(talk, 'Oakfield School')).toMatchObject({
      lastTwoWay: '2026-11-18',
      quietOn: '2026-12-16',
    });
    expect((await talk.say('tom', 'followup list')).text).toContain(
      'send the plan · Oakfield School',
    );

    await talk.press('tom', 'Undo', moved);
    expect(await partnerNamed(talk, 'Riverside Council')).toMatchObject({
      lastTwoWay: '2026-11-18',
      quietOn: '2026-12-16',
    });
    expect(await partnerNamed(talk, 'Oakfield School')).toMatchObject({
      lastTwoWay: null,
      quietOn: null,
    });
    expect((await talk.say('tom', 'followup list')).text).toContain(
      'send the plan · Riverside Council',
    );
  });

  it('moves a contact to a partner that is not in the register yet, after a yes', async () => {
    const talk = await withPartners();
    const said = await talk.say('tom', 'log riverside council met Jane');
    const { form } = await talk.press('tom', 'Change', said);
    const asked = await talk.submit('tom', form, { with: 'Humberside Police', note: '' });
    const moved = await talk.press('tom', 'Add', asked);
    expect(moved.text).toContain('Humberside Police: in touch today.');
    expect(await everyContact(talk)).toMatchObject([
      { partner: (await partnerNamed(talk, 'Humberside Police')).id, note: null },
    ]);
  });

  it('says so when nothing is different', async () => {
    const talk = await withPartners();
    const said = await talk.say('tom', 'log riverside council met Jane');
    const { form } = await talk.press('tom', 'Change', said);
    const same = await talk.submit('tom', form);
    expect(same.text).toContain('What shall I change?');
    expect((await talk.say('tom', 'undo')).text).not.toContain('log change');
  });

  it('has the promise too: its words, its day, or taken off', async () => {
    const talk = await withPartners();
    const said = await talk.say('tom', 'log youth club met next:"send the plan" by:friday');
    const { form } = await talk.press('tom', 'Change the promise', said);
    expect(form?.fields.find(({ name }) => name === 'next')?.value).toBe('send the plan');
    await talk.submit('tom', form, { next: 'send the map', by: 'monday' });
    expect(await everyFollowup(talk)).toMatchObject([
      { title: 'send the map', dueDay: '2026-11-23' },
    ]);
    const changes = await talk.invoke('tom', 'log change', contactOf(said));
    expect(changes.text).toContain('It came with a promise: send the map.');
    expect(changes.buttons).toEqual([
      'Change',
      'Change the promise',
      'Take the promise off',
      'Remove',
    ]);
    await talk.press('tom', 'Take the promise off', changes);
    expect(await everyFollowup(talk)).toMatchObject([{ state: 'cancelled' }]);
    const without = await talk.invoke('tom', 'log change', contactOf(said));
    expect(without.buttons).toEqual(['Change', 'Remove']);
  });

  it('gives the promise to somebody else, who hears of it, or asks them', async () => {
    const talk = await withPartners();
    const said = await talk.say('grace', 'log youth club met next:"send the plan" by:friday');
    const { form } = await talk.press('grace', 'Change the promise', said);
    expect(form?.fields.find(({ name }) => name === 'who')?.value).toBe(
      `#${memberId(talk.id, 'grace')}`,
    );
    const given = await talk.submit('grace', form, { who: '@Tom' });
    expect(given.text).toContain('Tom will do it: send the plan');
    expect(await everyFollowup(talk)).toMatchObject([{ who: memberId(talk.id, 'tom') }]);
    const again = await talk.say('tom', 'followup edit send the plan who:@Maya');
    expect(again.text).toContain("I'm asking Maya");
    expect(await everyFollowup(talk)).toMatchObject([
      { who: memberId(talk.id, 'tom'), asked: memberId(talk.id, 'maya') },
    ]);
    const worker = await newWorker(talk);
    await worker.sweep();
    expect(worker.inbox('tom').join()).toContain('send the plan');
    expect(worker.inbox('maya').join()).toContain('send the plan');
  });

  it('keeps a private note from those who belong to the partner it moves to', async () => {
    const talk = await withPartners();
    await talk.say('grace', 'member tie @Maya "Oakfield School"');
    const named = await talk.say('tom', 'log riverside council a worry private:@Maya');
    const refused = await talk.submit('tom', (await talk.press('tom', 'Change', named)).form, {
      with: 'Oakfield School',
    });
    expect(refused.text).toContain("can't read notes about Oakfield School");
    const forGrace = await talk.say('tom', 'log riverside council another private:yes');
    await talk.say('grace', 'member tie @Grace "Oakfield School"');
    const moved = await talk.submit('tom', (await talk.press('tom', 'Change', forGrace)).form, {
      with: 'Oakfield School',
    });
    expect(moved.text).toContain('Only you can read that.');
    expect((await talk.say('grace', 'partner show oakfield school')).text).not.toContain('another');
  });

  it('does not let a worker move a note of another member out of their own sight', async () => {
    const talk = await withPartners();
    await talk.say('grace', 'member tie @Tom "Oakfield School"');
    const said = await talk.say('maya', 'log riverside council met Jane');
    const { form } = await talk.invoke('tom', 'log change', { ...contactOf(said), form: 'yes' });
    const refused = await talk.submit('tom', form, { with: 'Oakfield School' });
    expect(refused.text).toContain("You're part of Oakfield School");
    expect(await everyContact(talk)).toMatchObject([
      { partner: (await partnerNamed(talk, 'Riverside Council')).id },
    ]);
  });

  it('asks about a worry, as log does', async () => {
    const talk = await withPartners();
    const said = await talk.say('tom', 'log riverside council met Jane');
    const { form } = await talk.press('tom', 'Change', said);
    const asked = await talk.submit('tom', form, { note: 'somebody is being abused at home' });
    expect(asked.text).toContain("Is that about somebody's safety?");
    expect(await everyContact(talk)).toMatchObject([{ note: 'met Jane' }]);
  });
});

describe('an entry of a story', () => {
  it('can be corrected by whoever noted it, a worker or a coordinator, at any time', async () => {
    const talk = await withPartners();
    await talk.say('maya', 'log riverside council met Jane');
    talk.clock.move({ months: 5 });
    for (const who of ['maya', 'tom', 'grace'] as const) {
      const story = await talk.say(who, 'partner show riverside council');
      const changes = await talk.press(who, 'Change…', story);
      const { form } = await talk.press(who, 'Change', changes);
      await talk.submit(who, form, { note: `corrected by ${who}` });
      expect(await everyContact(talk)).toMatchObject([{ note: `corrected by ${who}` }]);
    }
  });

  it('has no button for a member who did not note it', async () => {
    const talk = await withPartners();
    const said = await talk.say('tom', 'log riverside council met Jane');
    const story = await talk.say('maya', 'partner show riverside council');
    expect(story.buttons).not.toContain('Change…');
    for (const command of ['log change', 'log remove']) {
      const refused = await talk.invoke('maya', command, { ...contactOf(said), note: 'no' });
      expect(refused.text).toBe("That's Tom's. Tom or a worker can change it.");
    }
    expect(await everyContact(talk)).toMatchObject([{ note: 'met Jane' }]);
  });

  it('has no button where its words are hidden', async () => {
    const talk = await withPartners();
    const said = await talk.say('maya', 'log riverside council a secret private:@Tom');
    expect((await talk.say('tom', 'partner show riverside council')).buttons).toContain('Change…');
    const story = await talk.say('grace', 'partner show riverside council');
    expect(story.buttons).not.toContain('Change…');
    await talk.say('grace', 'member tie @Tom "Riverside Council"');
    expect((await talk.say('tom', 'partner show riverside council')).buttons).not.toContain(
      'Change…',
    );
    for (const who of ['tom', 'grace'])
      expect((await talk.invoke(who, 'log remove', contactOf(said))).text).toContain(
        'I no longer have that contact',
      );
    expect(await everyContact(talk)).toHaveLength(1);
  });
});

describe('Remove', () => {
  it('takes a contact out of the story, and the partner follows', async () => {
    const talk = await withPartners();
    await talk.say('maya', 'log riverside council before when:"2 Nov 2026"');
    const said = await talk.say('tom', 'log riverside council met Jane');
    const removed = await talk.invoke('tom', 'log remove', contactOf(said));
    expect(removed.text).toBe('Removed: your note on Riverside Council of today.');
    expect(await everyContact(talk)).toMatchObject([{ note: 'before' }]);
    expect(await partnerNamed(talk, 'Riverside Council')).toMatchObject({
      lastTwoWay: '2026-11-02',
      quietOn: '2026-11-30',
    });
    const back = await talk.press('tom', 'Undo', removed);
    expect(back.text).toBe('Undone: your note on Riverside Council of today is back.');
    expect(await everyContact(talk)).toHaveLength(2);
    expect(await partnerNamed(talk, 'Riverside Council')).toMatchObject({
      lastTwoWay: '2026-11-18',
    });
  });

  it('asks once about a contact that is older than a day', async () => {
    const talk = await withPartners();
    await talk.say('maya', 'log riverside council met Jane');
    talk.clock.move({ days: 2 });
    const changes = await talk.press(
      'tom',
      'Change…',
      await talk.say('tom', 'partner show riverside council'),
    );
    const asked = await talk.press('tom', 'Remove', changes);
    expect(asked.text).toBe(
      "Shall I remove Maya's note on Riverside Council of Wed 18 Nov? It says: in touch on Wed 18 Nov – met Jane.",
    );
    await talk.press('tom', 'Keep it', asked);
    expect(await everyContact(talk)).toHaveLength(1);
    const removed = await talk.press('tom', 'Remove it', asked);
    expect(removed.text).toContain("Removed: Maya's note on Riverside Council of Wed 18 Nov.");
    expect(await everyContact(talk)).toEqual([]);
    expect(await partnerNamed(talk, 'Riverside Council')).toMatchObject({
      lastContact: null,
      quietOn: null,
    });
  });

  it('leaves the promise, and offers to take it off too', async () => {
    const talk = await withPartners();
    const said = await talk.say('tom', 'log youth club met next:"send the plan" by:friday');
    const removed = await talk.invoke('tom', 'log remove', contactOf(said));
    expect(removed.text).toContain('It came with a promise, which stays: send the plan.');
    expect(await everyFollowup(talk)).toMatchObject([{ state: 'open' }]);
    await talk.press('tom', 'Take that off too', removed);
    expect(await everyFollowup(talk)).toMatchObject([{ state: 'cancelled' }]);
  });

  it('stands in the history of the partner, without the words', async () => {
    const talk = await withPartners();
    const said = await talk.say('maya', 'log riverside council met Jane how:call');
    await talk.invoke('tom', 'log change', { ...contactOf(said), note: 'met Ann', when: '16 Nov' });
    talk.clock.move({ minutes: 1 });
    const removed = await talk.invoke('tom', 'log remove', contactOf(said));
    talk.clock.move({ minutes: 1 });
    await talk.press('tom', 'Undo', removed);
    const { text } = await talk.say('grace', 'history riverside council');
    expect(text).toContain('changed the note of a contact');
    expect(text).toContain('Tom brought back a contact');
    expect(text).toContain('changed the day of a contact from Wed 18 Nov to Mon 16 Nov');
    expect(text).toContain('Tom removed a contact of Mon 16 Nov');
    expect(text).not.toMatch(/Jane|Ann/);
  });

  it('can be undone only by who may still change it', async () => {
    const talk = await withPartners();
    const said = await talk.say('maya', 'log riverside council met Jane');
    const removed = await talk.invoke('tom', 'log remove', contactOf(said));
    await talk.say('grace', 'member role @Tom member');
    expect((await talk.press('tom', 'Undo', removed)).text).toContain('no longer yours to change');
    expect(await everyContact(talk)).toEqual([]);
  });
});
