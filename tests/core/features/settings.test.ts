import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { digests } from '../../../src/core/domain/digests/digest.ts';
import { newPartner } from '../../../src/core/domain/partners/new-partner.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { partnerships } from '../../../src/core/domain/partnerships/partnership.ts';
import { newTalk, type Talk } from '../../fixtures/bot.ts';

const row = ({ store }: Talk) => store.of(partnerships).get(store.partnership);

describe('settings', () => {
  it('are shown to everybody, and changed by a coordinator', async () => {
    const talk = await newTalk();
    const shown = await talk.say('maya', 'settings');
    expect(shown.text).toContain('Big Local Riverside: Europe/London, Monday to Friday');
    expect(shown.buttons).toEqual([]);
    const refused = await talk.say('maya', 'settings days:mon,wed');
    expect(refused.text).toContain('only a coordinator can do that');
    const { form } = await talk.press('grace', 'Change', await talk.say('grace', 'settings'));
    expect((await talk.submit('maya', form, { name: 'Mine' })).text).toContain(
      'only a coordinator',
    );
    expect(await row(talk)).toMatchObject({ name: 'Big Local Riverside' });
    expect(form?.fields.map(({ value }) => value)).toEqual([
      'Big Local Riverside',
      'Europe/London',
      'Monday to Friday',
      'england-and-wales',
      '6 weeks',
    ]);
    await talk.submit('grace', form, { name: 'Riverside Together', calendar: 'scotland' });
    expect(await row(talk)).toMatchObject({
      name: 'Riverside Together',
      calendar: 'scotland',
      zone: 'Europe/London',
      workingDays: [1, 2, 3, 4, 5],
      every: 'P6W',
    });
  });

  it.each([
    ['settings zone:mars', "I don't know the time zone"],
    ['settings days:someday', 'Try "mon-fri"'],
    ['settings every:often', 'Try "6 weeks"'],
    ['settings calendar:mayan', 'It can be england-and-wales, scotland or northern-ireland.'],
  ])('%s is refused with what would work', async (line, sentence) => {
    const talk = await newTalk();
    const before = await row(talk);
    expect((await talk.say('grace', line)).text).toContain(sentence);
    expect(await row(talk)).toEqual(before);
  });

  it('recompute when partners go quiet, and again after an undo', async () => {
    const talk = await newTalk();
    await talk.say('maya', 'partner add Shelter level:national');
    await talk.say('maya', 'partner add Oaks every:"1 week"');
    for (const name of ['shelter', 'oaks']) await talk.say('maya', `log ${name} when:2026-11-04`);
    const quietDays = async () =>
      (await collect(talk.store.of(partners).all({ index: 'byKey' }))).map(
        ({ quietOn }) => quietOn,
      );
    expect(await quietDays()).toEqual(['2026-11-11', '2026-12-16']);
    const said = await talk.say('grace', 'settings every:"2 weeks"');
    expect(await quietDays()).toEqual(['2026-11-11', '2026-11-18']);
    await talk.say('grace', 'settings rule every:"1 month" level:national');
    expect(await quietDays()).toEqual(['2026-11-11', '2026-12-04']);
    const rules = await talk.say('grace', 'settings');
    expect(rules.text).toContain('national: every month');
    await talk.press('grace', 'Remove', rules);
    expect(await quietDays()).toEqual(['2026-11-11', '2026-11-18']);
    await talk.press('grace', 'Undo', said);
    expect(await quietDays()).toEqual(['2026-11-11', '2026-12-16']);
    expect(talk.errors).toEqual([]);
  });

  it('keep a large register up to date', async () => {
    const talk = await newTalk();
    const rows = Array.from({ length: 600 }, (_, index) => ({
      ...newPartner(`${talk.id}-${index}`, `Partner ${index}`),
      lastTwoWay: '2026-11-04',
    }));
    await talk.store.of(partners).insertAll(rows);
    await talk.say('grace', 'settings every:"2 weeks"');
    const where = { archived: false, quietOn: '2026-11-18' };
    expect(await talk.store.of(partners).count({ index: 'byQuiet', where })).toBe(600);
  });

  it('a rule needs a kind or a level', async () => {
    const talk = await newTalk();
    expect((await talk.say('grace', 'settings rule every:"2 weeks"')).text).toContain(
      'Which kind or level',
    );
    expect((await talk.say('tom', 'settings rule every:"2 weeks" level:local')).text).toContain(
      'only a coordinator',
    );
  });

  it('move briefs and the digest with the zone and days', async () => {
    const talk = await newTalk();
    await talk.store.of(digests).insert({
      id: `weekly-${talk.id}`,
      channel: { platform: 'test', workspace: 'W', channel: 'C' },
      rhythm: null,
      weekday: 1,
      monthday: null,
      minute: 540,
      nextAt: new Date('2026-11-23T09:00:00Z'),
      silent: 0,
      nextRunAt: new Date('2026-11-23T09:00:00Z'),
      claim: 'taken',
      sending: null,
    });
    await talk.say('maya', 'me zone:Europe/London');
    const said = await talk.say('grace', 'settings zone:Europe/Paris days:"thu, fri"');
    expect(said.text).toContain('Europe/Paris, Thursday and Friday');
    expect(await talk.store.of(digests).get(`weekly-${talk.id}`)).toMatchObject({
      nextAt: new Date('2026-11-23T08:00:00Z'),
      nextRunAt: new Date('2026-11-23T08:00:00Z'),
      claim: null,
    });
    expect(await talk.member('tom')).toMatchObject({
      briefDay: '2026-11-19',
      nextRunAt: new Date('2026-11-19T08:00:00Z'),
    });
    expect(await talk.member('maya')).toMatchObject({
      briefDay: '2026-11-19',
      nextRunAt: new Date('2026-11-19T09:00:00Z'),
    });
    expect(talk.woken()).toBeGreaterThan(0);
    await talk.press('grace', 'Undo', said);
    expect(await talk.member('tom')).toMatchObject({
      nextRunAt: new Date('2026-11-19T09:00:00Z'),
    });
  });
});
