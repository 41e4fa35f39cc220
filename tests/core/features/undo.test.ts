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
  expect(await collect(talk.store.of(contacts).all({ index: 'byDay' }))).toEqual([]);
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
  expect(undone.text).toContain('except what has changed since');
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
  await talk.say('grace', 'partner add "Oakfield School"');
  expect((await talk.press('maya', 'Undo', renamed)).text).toContain('except what has changed');
  expect(talk.errors).toEqual([]);
});

it('a row that a command both added and changed is removed', async () => {
  const talk = await newTalk();
  const said = await talk.say('grace', 'digest schedule channel:<#news> day:friday');
  expect((await talk.press('grace', 'Undo', said)).text).toContain(
    'everything is as it was before',
  );
  expect((await talk.say('grace', 'digest off')).text).toContain('No digest is scheduled');
});

it('the only coordinator can undo a setting of their own', async () => {
  const talk = await newTalk();
  const changed = await talk.say('grace', 'me time:7:30');
  expect((await talk.press('grace', 'Undo', changed)).text).toContain(
    'everything is as it was before',
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
