import { expect, it } from 'vitest';
import { partnerships } from '../../../src/core/domain/partnerships/partnership.ts';
import {
  newRetentionSchedule,
  nextNight,
  retentionSchedules,
} from '../../../src/core/domain/retention/schedule.ts';
import { newTalk, newWorkspace, profileOf } from '../../fixtures/bot.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London.

it.each([
  ['3 years', '3 years'],
  ['12 months', '12 months'],
  ['a year', '1 year'],
  ['20 years', '20 years'],
])('settings keep:"%s" keeps notes for %s', async (typed, shown) => {
  const talk = await newTalk();
  const said = await talk.say('grace', `settings keep:"${typed}"`);
  expect(said.text).toContain(`Notes stay for ${shown} after the last contact`);
  expect((await talk.say('tom', 'settings')).text).toContain(`Notes stay for ${shown}`);
});

it.each(['11 months', '364 days', '21 years', 'for ever', 'soon'])(
  'settings keep:"%s" is refused, and says what is possible',
  async (typed) => {
    const talk = await newTalk();
    const { text } = await talk.say('grace', `settings keep:"${typed}"`);
    expect(text).toContain('one to 20 years after the last contact');
    expect(text).toContain(typed);
    expect((await talk.say('grace', 'settings')).text).toContain('Notes stay for 6 years');
  },
);

it('settings keep:none goes back to six years, and undo to what it was', async () => {
  const talk = await newTalk();
  const first = await talk.say('grace', 'settings keep:"3 years"');
  expect((await talk.say('grace', 'settings keep:none')).text).toContain('Notes stay for 6 years');
  await talk.say('grace', 'settings keep:"2 years"');
  const last = await talk.say('grace', 'settings keep:"4 years"');
  await talk.press('grace', 'Undo', last);
  expect((await talk.say('grace', 'settings')).text).toContain('Notes stay for 2 years');
  expect(first.buttons).toContain('Undo');
});

it('only coordinators decide how long notes are kept', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Mill Trust"');
  const asked = [
    'settings keep:"3 years"',
    'keep "Mill Trust" until:friday reason:why',
    'keep list',
  ];
  for (const line of asked)
    for (const who of ['maya', 'tom'])
      expect((await talk.say(who, line)).text).toContain('only a coordinator');
});

it('keep says until when, and can be undone', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Mill Trust"');
  const said = await talk.say('grace', 'keep mill trust until:"1 Jan 2031" reason:"the lease"');
  expect(said.text).toBe(
    "I'll keep the notes about Mill Trust until Wed 1 Jan 2031: the lease. A month before, I'll ask again.",
  );
  expect((await talk.say('grace', 'keep list')).text).toContain(
    'Mill Trust: kept until Wed 1 Jan 2031: the lease',
  );
  await talk.press('grace', 'Undo', said);
  expect((await talk.say('grace', 'keep list')).text).toContain('none are kept longer');
});

it('keep says so if the last contact keeps them longer in any case', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Mill Trust"');
  await talk.say('tom', 'log "Mill Trust" how:call');
  const said = await talk.say('grace', 'keep mill trust until:"1 Jan 2031" reason:"the lease"');
  expect(said.text).toContain('stay until Thu 18 Nov 2032 in any case');
  expect((await talk.say('grace', 'keep list')).text).toContain('none are kept longer');
});

it.each([
  ['2026-11-18', "isn't in the future"],
  ['1 Jan 2060', 'for 20 years at most'],
])('keep until %s is refused, and the form comes back', async (until, sentence) => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Mill Trust"');
  const args = { with: 'Mill Trust', until, reason: 'the lease' };
  const { form } = await talk.invoke('grace', 'keep', args);
  const field = form?.fields.find(({ name }) => name === 'until');
  expect(field?.problem).toContain(sentence);
  expect(form?.fields.find(({ name }) => name === 'reason')?.value).toBe('the lease');
});

it('keep alone asks for what it needs', async () => {
  const talk = await newTalk();
  const { form } = await talk.say('grace', 'keep');
  expect(form?.fields.map(({ label }) => label)).toEqual([
    'Which partner?',
    'Until when?',
    'Why are they still needed?',
  ]);
});

it('the nights of a partnership begin with its first command', async () => {
  const talk = await newWorkspace();
  talk.profiles.ada = profileOf('Ada', { standing: 'owner', zone: 'Asia/Tokyo' });
  await Promise.all([talk.say('ada', 'help'), talk.say('ada', 'today')]);
  expect(await talk.store.of(partnerships).get(talk.id)).toMatchObject({ zone: 'Asia/Tokyo' });
  const row = newRetentionSchedule({ id: talk.id, zone: 'Asia/Tokyo' }, talk.clock.now());
  // 03:00 in Tokyo.
  expect(row.nextAt.toISOString()).toBe('2026-11-18T18:00:00.000Z');
  expect(await talk.store.of(retentionSchedules).get(row.id)).toMatchObject(row);
});

it.each([
  ['Europe/London', '2026-03-28T12:00:00Z', '2026-03-29T02:00:00.000Z'],
  ['Europe/London', '2026-10-24T12:00:00Z', '2026-10-25T03:00:00.000Z'],
  ['Europe/London', '2026-11-18T02:59:59Z', '2026-11-18T03:00:00.000Z'],
  ['Europe/London', '2026-11-18T03:00:00Z', '2026-11-19T03:00:00.000Z'],
])('in %s, after %s, the next night begins at %s', (zone, now, expected) => {
  expect(nextNight(zone, new Date(now)).toISOString()).toBe(expected);
});
