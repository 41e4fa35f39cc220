import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { contacts } from '../../../src/core/domain/contacts/contact.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { receipts } from '../../../src/core/domain/receipts/receipt.ts';
import { newTalk, type Talk } from '../../fixtures/bot.ts';

async function withSchool(): Promise<Talk> {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Oakfield School" every:"4 weeks"');
  return talk;
}

const school = async ({ store }: Talk) =>
  (await collect(store.of(partners).all({ index: 'byName', where: { archived: false } })))[0];

it('undoes a contact with its promise, and what was computed from it', async () => {
  const talk = await withSchool();
  const said = await talk.say('tom', 'log oakfield school met next:"send the plan" by:friday');
  expect(await school(talk)).toMatchObject({ lastTwoWay: '2026-11-18' });
  const undone = await talk.press('tom', 'Undo', said);
  expect(undone.text).toContain('Undone');
  expect(await collect(talk.store.of(contacts).all({ index: 'byLogged' }))).toEqual([]);
  expect(await collect(talk.store.of(followups).all({ index: 'byDueDay' }))).toEqual([]);
  expect(await school(talk)).toMatchObject({ lastTwoWay: null, quietOn: null });
  expect((await talk.press('tom', 'Undo', said)).text).toContain('undone already');
});

it('undoes a partner that came with the contact', async () => {
  const talk = await newTalk();
  const asked = await talk.say('tom', 'log with:"Local Trust" note:"a first talk"');
  const said = asked.buttons.includes('Undo') ? asked : await talk.press('tom', 'Add', asked);
  expect(said.text).toContain('Noted');
  await talk.press('tom', 'Undo', said);
  expect(await collect(talk.store.of(partners).all({ index: 'byName' }))).toEqual([]);
});

it('leaves alone what somebody changed since', async () => {
  const talk = await withSchool();
  const edit = await talk.say('maya', 'partner edit oakfield school level:local sector:education');
  await talk.say('grace', 'partner edit oakfield school sector:schools');
  const undone = await talk.press('maya', 'Undo', edit);
  expect(undone.text).toBe(
    'Undone, except what has changed since (Oakfield School): I left that as it is.',
  );
  expect(await school(talk)).toMatchObject({ level: null, sector: 'schools' });
});

it('undoing an earlier contact leaves the later one as the last contact', async () => {
  const talk = await withSchool();
  const first = await talk.say('tom', 'log oakfield school one when:"16 Nov 2026"');
  const second = await talk.say('maya', 'log oakfield school two');
  await talk.press('tom', 'Undo', first);
  expect(await school(talk)).toMatchObject({ lastTwoWay: '2026-11-18' });
  await talk.press('maya', 'Undo', second);
  expect(await school(talk)).toMatchObject({ lastTwoWay: null });
});

it('offers one’s own last five commands, for a day, and nobody else’s', async () => {
  const talk = await withSchool();
  for (const note of ['one', 'two', 'three', 'four', 'five', 'six']) {
    await talk.say('tom', `log oakfield school ${note}`);
    talk.clock.move({ minutes: 1 });
  }
  const offered = await talk.say('tom', 'undo');
  expect(offered.buttons).toHaveLength(5);
  expect(offered.text).toContain('six');
  expect(offered.text).not.toContain(': one');
  expect((await talk.say('maya', 'undo')).text).toContain('nothing to undo from the last day');

  const said = await talk.say('tom', 'log oakfield school seven');
  expect((await talk.press('maya', 'Undo', said)).text).toContain('Only the person');
  talk.clock.move({ days: 1, minutes: 1 });
  expect((await talk.press('tom', 'Undo', said)).text).toContain('more than a day ago');
  expect((await talk.say('tom', 'undo')).text).toContain('nothing to undo from the last day');
});

it('offers each with its first words, not with all of its answer', async () => {
  const talk = await withSchool();
  await talk.say('grace', 'settings cap:4');
  await talk.say('grace', 'partner add "Cedar Trust"');
  await talk.say('grace', 'log oakfield school met them next:"send the plan" by:friday');
  const { text } = await talk.say('grace', 'undo');
  const [, ...lines] = text.split('\n').map((line) => line.replace(/^[^:]*:\d\d: /, ''));
  expect(lines.toSorted()).toEqual([
    'Added Cedar Trust: new · nobody leads · in touch every 6 weeks.',
    'Added Oakfield School: new · nobody leads · in touch every 4 weeks.',
    'Changed. Big Local Riverside: Europe/London, Monday to Friday, bank holidays of England and Wales.',
    'Noted, thanks. Oakfield School: in touch today – met them.',
  ]);
});

it('restores what Done and Later changed', async () => {
  const talk = await withSchool();
  await talk.say('tom', 'followup add send the plan by:friday');
  const later = await talk.say('tom', 'followup later plan by:"14 Dec 2026"');
  await talk.press('tom', 'Undo', later);
  expect((await talk.say('tom', 'followup list')).text).toContain('Fri 20 Nov');
  const done = await talk.say('tom', 'followup done plan');
  expect((await talk.say('tom', 'followup list')).text).toContain('no open follow-ups');
  await talk.press('tom', 'Undo', done);
  expect((await talk.say('tom', 'followup list')).text).toContain('send the plan');
});

it('never leaves a partnership without a coordinator', async () => {
  const talk = await newTalk();
  const first = await talk.say('grace', 'member role who:Tom role:coordinator');
  await talk.say('tom', 'member role who:Grace role:worker');
  expect((await talk.press('grace', 'Undo', first)).text).toContain('only a coordinator can');
  expect((await talk.member('tom')).role).toBe('coordinator');
});

it('a name that somebody else took in the meantime stays theirs', async () => {
  const talk = await withSchool();
  const renamed = await talk.say('maya', 'partner edit oakfield school name:"Oakfield Academy"');
  await talk.say('grace', 'partner edit oakfield academy aliases:none');
  await talk.say('grace', 'partner add "Oakfield School"');
  expect((await talk.press('maya', 'Undo', renamed)).text).toContain('except what has changed');
  expect(talk.errors).toEqual([]);
});

it('a row that a command both added and changed is removed', async () => {
  const talk = await newTalk();
  const said = await talk.say('grace', 'digest schedule channel:<#news> day:friday');
  expect((await talk.press('grace', 'Undo', said)).text).toBe('Undone: the digest is off again.');
  expect((await talk.say('grace', 'digest off')).text).toContain('No digest is scheduled');
});

it('the only coordinator can undo a setting of their own', async () => {
  const talk = await newTalk();
  const changed = await talk.say('grace', 'me time:7:30');
  expect((await talk.press('grace', 'Undo', changed)).text).toBe(
    'Undone: your settings are as they were before.',
  );
  expect((await talk.member('grace')).briefAt).toBe(9 * 60);
});

it('an Undo that is pressed when its receipt is gone says how long things can be undone', async () => {
  const talk = await newTalk();
  const added = await talk.say('tom', 'followup add ring the school by:friday');
  for await (const { id } of talk.stores.global(receipts).all({ index: 'byId' }))
    await talk.stores.global(receipts).remove(id);
  const said = await talk.press('tom', 'Undo', added);
  expect(said.text).toContain('can be undone for a day');
  expect(said.text).not.toContain('Only the person who did that');
});

it.each([
  ['log oakfield school met', 'your note on Oakfield School of today is gone'],
  [
    'log oakfield school met when:"9 Nov 2026" next:"send the plan"',
    'your note on Oakfield School of Mon 9 Nov is gone, and "send the plan" is off your list',
  ],
  ['followup add ring Pat by:friday', '"ring Pat" is off your list'],
  ['followup done count chairs', '"count chairs" is open again'],
  ['followup cancel count chairs', '"count chairs" is open again'],
  ['followup later count chairs by:"14 Dec 2026"', '"count chairs" is due Fri 20 Nov again'],
  ['followup edit count chairs next:"count tables"', '"count chairs" is as it was before'],
  ['followup ask count chairs who:Maya', 'you have "count chairs" again'],
  ['followup done bins', '"bins" is open again'],
  ['partner add "Local Trust"', 'Local Trust is no longer in the register'],
  ['partner edit oakfield school lead:Tom', 'nobody leads Oakfield School again'],
  ['partner edit oakfield school name:"Oakfield Academy"', 'it is called Oakfield School again'],
  ['partner edit oakfield school level:local', 'Oakfield School is as it was before'],
  ['partner archive oakfield school', 'Oakfield School is in the register again'],
  ['member role @Tom coordinator', 'Tom is a worker again'],
  ['member tie @Maya oakfield school', 'Maya no longer belongs to Oakfield School'],
  ['settings days:mon-thu', 'the settings are as they were before'],
  ['me time:7:30', 'your settings are as they were before'],
])('after %s, undo says what was taken back', async (line, sentence) => {
  const talk = await withSchool();
  await talk.say('grace', 'followup add count chairs by:"20 Nov 2026"');
  await talk.say('grace', 'followup add bins repeat:"every monday"');
  const said = await talk.say('grace', line);
  const undone = await talk.press('grace', 'Undo', said);
  expect(undone.text.split('\n')[0]).toMatch(/^Undone: /);
  expect(undone.text).toContain(`Undone: ${sentence}.`);
});

it('counts what a command did to many rows', async () => {
  const talk = await newTalk();
  const list = 'name\nOne Club\nTwo Club\nThree Club';
  const { form } = await talk.say('tom', 'partner import');
  const preview = await talk.submit('tom', form, { file: list });
  const done = await talk.press('tom', 'Add', preview);
  const undone = await talk.press('tom', 'Undo', done);
  expect(undone.text).toBe('Undone: 3 partners are no longer in the register.');
});

it('says nothing of what is hidden by now', async () => {
  const talk = await withSchool();
  await talk.say('tom', 'followup add a secret with:"Oakfield School" by:friday');
  const said = await talk.say('grace', 'followup ask secret who:@Maya');
  await talk.say('grace', 'member tie @Grace oakfield school');
  const undone = await talk.press('grace', 'Undo', said);
  expect(undone.text).not.toContain('secret');
});

it('its list says what each is, and what looks alike carries its day or time', async () => {
  const talk = await withSchool();
  await talk.say('tom', 'log oakfield school one');
  talk.clock.move({ minutes: 7 });
  await talk.say('tom', 'log oakfield school two');
  talk.clock.move({ minutes: 1 });
  await talk.say('tom', 'followup add ring Pat by:friday');
  expect((await talk.say('tom', 'undo')).buttons).toEqual([
    'Undo: "ring Pat"',
    'Undo: note on Oakfield School, 10:07',
    'Undo: note on Oakfield School, 10:00',
  ]);
  talk.clock.set('2026-11-19T09:00:00Z');
  await talk.say('tom', 'log oakfield school three');
  expect((await talk.say('tom', 'undo')).buttons).toEqual([
    'Undo: note on Oakfield School, Thu 19 Nov',
    'Undo: "ring Pat"',
    'Undo: note on Oakfield School, Wed 18 Nov, 10:07',
    'Undo: note on Oakfield School, Wed 18 Nov, 10:00',
  ]);
});
