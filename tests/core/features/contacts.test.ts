import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { contacts } from '../../../src/core/domain/contacts/contact.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { buttonIn, newTalk, type Talk } from '../../fixtures/bot.ts';

// The fixture's time begins on Wednesday 18 November 2026, 10:00 in London.

async function withCouncils(): Promise<Talk> {
  const talk = await newTalk();
  for (const name of ['Riverside Borough Council', 'Riverside Parish Council', 'Oakfield School']) {
    await talk.say('grace', `partner add "${name}"`);
  }
  return talk;
}

const everyContact = (talk: Talk) => collect(talk.store.of(contacts).all({ index: 'byLogged' }));

it('notes a contact with its promise in one line, and answers with what it understood', async () => {
  const talk = await withCouncils();
  const said = await talk.say(
    'tom',
    'log oakfield school met Jane about the lease how:call when:yesterday next:“send the plan” by:friday',
  );
  expect(said.text).toBe(
    'Noted, thanks. Oakfield School: called on Tue 17 Nov – met Jane about the lease. ' +
      "Yours to do: send the plan by Fri 20 Nov. I'll remind you in your brief that day at 09:00.",
  );
  expect(said.buttons).toEqual(['Change', 'Change the promise', 'Undo']);
  expect(await everyContact(talk)).toMatchObject([
    { day: '2026-11-17', how: 'call', twoWay: true, note: 'met Jane about the lease' },
  ]);
  const list = await talk.say('tom', 'followup list');
  expect(list.text).toContain('send the plan · Oakfield School · by Fri 20 Nov');
});

it.each([
  ['chat how:meeting', 'met today – chat.'],
  ['chat how:call noreply', 'called today, no reply – chat.'],
  ['chat how:email', 'emailed today – chat.'],
  ['chat how:visit', 'visited today – chat.'],
  ['chat how:event', 'saw them at an event today – chat.'],
  ['chat how:message when:yesterday', 'messaged on Tue 17 Nov – chat.'],
  ['', 'in touch today.'],
  ['noreply', 'tried to reach them today, no reply.'],
  ['"Did they like it?"', 'in touch today – Did they like it?'],
  ['"They said: yes."', 'in touch today – They said: yes.'],
])('log %s is answered with: %s', async (words, sentence) => {
  const talk = await withCouncils();
  const said = await talk.say('tom', `log oakfield school ${words}`);
  expect(said.text).toBe(`Noted, thanks. Oakfield School: ${sentence}`);
});

it('asks which of several partners was meant, keeps the words, and notes it once however often it is pressed', async () => {
  const talk = await withCouncils();
  const which = await talk.say('tom', 'log riverside talked about the bins how:email');
  expect(which.text).toContain('Which');
  expect(which.buttons).toEqual(
    expect.arrayContaining(['Riverside Borough Council', 'Riverside Parish Council', 'Cancel']),
  );
  expect(await everyContact(talk)).toEqual([]);
  const first = await talk.press('tom', 'Riverside Parish', which);
  expect(first.text).toContain('Riverside Parish Council: emailed today – talked about the bins');
  await talk.press('tom', 'Riverside Parish', which);
  await talk.press('tom', 'Riverside Borough', which);
  expect(await everyContact(talk)).toHaveLength(1);
});

it('adds an unknown partner, with its name alone, only after a yes', async () => {
  const talk = await withCouncils();
  const question = await talk.say('maya', 'log with:"Zzz Trust" had a first chat');
  expect(question.text).toContain("don't know Zzz Trust");
  expect(await everyContact(talk)).toEqual([]);
  const added = await talk.press('maya', 'Add Zzz Trust', question);
  expect(added.text).toContain('Zzz Trust: in touch today – had a first chat');
  expect((await talk.say('maya', 'log zzz trust rang again')).text).toContain('Zzz Trust: ');
  expect(await everyContact(talk)).toHaveLength(2);
});

it('opens a form with five fields if nothing is given, and shows it again with its values if something is wrong', async () => {
  const talk = await withCouncils();
  const bare = await talk.say('maya', 'log');
  expect(bare.form?.fields.map((field) => field.label)).toEqual([
    'Who with?',
    'What happened?',
    'What was promised?',
    'By when?',
    'Who will do it?',
  ]);
  const values = { with: 'Oakfield School', note: 'a chat', next: 'send photos', by: 'someday' };
  const wrong = await talk.submit('maya', bare.form, values);
  const by = wrong.form?.fields.find((field) => field.name === 'by');
  expect(by?.problem).toContain('someday');
  expect(wrong.form?.fields.find((field) => field.name === 'note')?.value).toBe('a chat');
  const right = await talk.submit('maya', wrong.form, { by: 'friday' });
  expect(right.text).toContain('Oakfield School');
  expect(await everyContact(talk)).toHaveLength(1);
});

it.each([
  ['log oakfield school chat when:tomorrow', 'is in the future'],
  ['log oakfield school chat next:"send it" by:"10 Nov 2026"', 'is in the past'],
  ['log oakfield school chat next:"send it" by:blursday', 'blursday'],
  ['log oakfield school chat by:friday', 'What was promised?'],
  ['log oakfield school chat how:telepathy', 'telepathy'],
])('%s is refused with a sentence, and nothing is written', async (line, sentence) => {
  const talk = await withCouncils();
  const said = await talk.say('tom', line);
  expect(said.text).toContain(sentence);
  expect(said.buttons).toEqual(['Fix']);
  expect(await everyContact(talk)).toEqual([]);
  const fix = await talk.press('tom', 'Fix', said);
  expect(fix.form?.fields.find((field) => field.name === 'note')?.value).toContain('chat');
});

it('the same invocation twice gives one contact and one answer', async () => {
  const talk = await withCouncils();
  const line = 'log oakfield school met today next:"send the plan" by:friday';
  const [first, second] = await Promise.all([
    talk.say('tom', line, 'same-key'),
    talk.say('tom', line, 'same-key'),
  ]);
  const third = await talk.say('tom', line, 'same-key');
  expect(first.text).toBe(third.text);
  expect(second.text).toBe(third.text);
  expect(await everyContact(talk)).toHaveLength(1);
});

it('no reply does not count as being in touch, and an older contact moves nothing back', async () => {
  const talk = await withCouncils();
  const partner = async () =>
    (
      await collect(talk.store.of(partners).all({ index: 'byName', where: { archived: false } }))
    )[0];
  await talk.say('tom', 'log oakfield school good talk when:"2 Nov 2026"');
  await talk.say('tom', 'log oakfield school rang how:call noreply');
  await talk.say('tom', 'log oakfield school an earlier one when:"1 Oct 2026"');
  expect(await partner()).toMatchObject({
    lastTwoWay: '2026-11-02',
    lastContact: '2026-11-18',
    quietOn: '2026-12-14',
  });
});

it('Change corrects a contact, for its author or a worker, and the last contact follows', async () => {
  const talk = await withCouncils();
  const said = await talk.say('maya', 'log oakfield school a chat');
  const form = await talk.press('maya', 'Change', said);
  expect(form.form?.fields.find((field) => field.name === 'note')?.value).toBe('a chat');
  await talk.submit('maya', form.form, { when: '10 Nov 2026', note: 'a long chat' });
  const [partner] = await collect(
    talk.store.of(partners).all({ index: 'byName', where: { archived: false } }),
  );
  expect(partner).toMatchObject({ name: 'Oakfield School', lastTwoWay: '2026-11-10' });
  expect(await everyContact(talk)).toMatchObject([{ note: 'a long chat', day: '2026-11-10' }]);
});

it('an old Change button does not show a contact that is hidden since: the member belongs to the partner now', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add Riverside Council');
  const noted = await talk.say('tom', 'log riverside council talked about the lease');
  await talk.say('grace', 'member tie @Grace riverside council');
  const pressed = await talk.press('grace', 'Change', noted);
  expect(pressed.form).toBeUndefined();
  expect(pressed.text).toContain('I no longer have that contact');
  expect(pressed.text).not.toContain('lease');
  const { which = '' } = buttonIn(noted, 'Change').args;
  const args = { which, note: 'nothing of the kind' };
  const changed = await talk.invoke('grace', 'log change', args);
  expect(changed.text).toContain('I no longer have that contact');
  const [row] = await collect(talk.store.of(contacts).all({ index: 'byLogged' }));
  expect(row?.note).toContain('lease');
  // Whoever noted it can change it, also when tied since.
  await talk.say('grace', 'member tie @Tom riverside council');
  const own = await talk.press('tom', 'Change', noted);
  expect(JSON.stringify(own.form)).toContain('lease');
});

it('a note can be corrected months later, from the story of its partner, by those who may', async () => {
  const talk = await newTalk();
  await talk.say('maya', 'partner add "Riverside Council"');
  await talk.say('maya', 'log riverside council their Jane is ill');
  talk.clock.set('2027-06-01T10:00:00Z');
  const show = 'partner show riverside council';
  for (const who of ['maya', 'tom']) {
    const shown = await talk.say(who, show);
    const choices = await talk.press(who, 'Change…', shown);
    const { form } = await talk.press(who, 'Change', choices);
    await talk.submit(who, form, { note: `corrected by ${who}` });
    expect((await talk.say(who, show)).text).toContain(`corrected by ${who}`);
  }
  await talk.say('tom', 'log riverside council called them');
  expect(
    (await talk.say('maya', show)).buttons.filter((label) => label === 'Change…'),
  ).toHaveLength(1);
  await talk.say('grace', 'member tie tom riverside council');
  expect((await talk.say('tom', show)).buttons.filter((label) => label === 'Change…')).toHaveLength(
    1,
  );
});
