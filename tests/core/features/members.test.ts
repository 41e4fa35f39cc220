import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { members } from '../../../src/core/domain/members/member.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { newTalk } from '../../fixtures/bot.ts';

describe('me', () => {
  it('shows the settings, and changes the given ones', async () => {
    const talk = await newTalk();
    const shown = await talk.say('maya', 'me');
    expect(shown.text).toContain('Maya, member. Your brief comes once a week');
    expect(shown.text).toContain('on working days (Monday to Friday)');
    expect(shown.text).toContain('Your time zone is Europe/London (the same for everybody).');
    expect(shown.buttons).toEqual(['Change']);
    const line = 'me zone:Europe/Paris time:8:30 days:mon,wed pause:"2 weeks" fewer:weekly';
    const said = await talk.say('maya', line);
    expect(said.text).toBe(
      'Changed. Your brief comes once a week, and on days when something is due, at 08:30, on Monday and Wednesday. Your time zone is Europe/Paris. Paused until Wed 2 Dec. Reminders with a clock time still come. Your next brief can come on Wed 2 Dec.',
    );
    expect(said.buttons).toEqual(['Show all my settings', 'Change', 'Undo']);
    expect((await talk.press('maya', 'Show all my settings', said)).text).toContain(
      'Quiet hours: 20:00-08:00.',
    );
    expect(await talk.member('maya')).toMatchObject({
      zone: 'Europe/Paris',
      briefAt: 510,
      briefDays: [1, 3],
      pausedUntil: '2026-12-02',
      rhythm: 'weekly',
      briefDay: '2026-12-02',
      nextRunAt: new Date('2026-12-02T07:30:00Z'),
    });
    expect(talk.woken()).toBe(1);
    await talk.press('maya', 'Undo', said);
    expect(await talk.member('maya')).toMatchObject({ zone: null, briefAt: 540, rhythm: 'daily' });
    expect(talk.errors).toEqual([]);
  });

  it.each([
    ['me pause:friday', { pausedUntil: '2026-11-20', briefDay: '2026-11-20' }],
    ['me fewer:off', { rhythm: 'off', briefDay: null, nextRunAt: null }],
    ['me time:5pm', { briefAt: 1020, briefDay: '2026-11-18' }],
    ['me days:sat', { briefDays: [6], briefDay: '2026-11-21' }],
  ])('%s', async (line, facts) => {
    const talk = await newTalk();
    await talk.say('tom', line);
    expect(await talk.member('tom')).toMatchObject(facts);
  });

  it.each([
    ['me zone:mars', "I don't know the time zone"],
    ['me days:someday', 'Try "mon-fri"'],
    ['me pause:yesterday', 'A pause needs a day in the future'],
    ['me pause:soon', 'Until when is "soon"?'],
    ['me time:noonish', 'as a time'],
    ['me fewer:never', 'It can be daily, weekly, dated or off.'],
  ])('%s is refused with what would work', async (line, sentence) => {
    const talk = await newTalk();
    expect((await talk.say('tom', line)).text).toContain(sentence);
    expect(await talk.member('tom')).toMatchObject({ version: 1 });
  });

  it('shows the current values in its form; an emptied field goes back to the partnership’s setting', async () => {
    const talk = await newTalk();
    await talk.say('maya', 'me zone:Europe/Paris days:mon pause:"1 week" fewer:dated');
    const paused = (await talk.press('maya', 'Change', await talk.say('maya', 'me'))).form;
    expect(paused?.fields.find(({ name }) => name === 'pause')?.value).toBe('Wed 25 Nov 2026');
    talk.clock.move({ weeks: 2 });
    const { form } = await talk.press('maya', 'Change', await talk.say('maya', 'me'));
    expect(form?.fields.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'fewer=dated',
      // It is over.
      'pause=',
      'time=09:00',
      'days=Monday',
      'zone=Europe/Paris',
    ]);
    // An older form that still shows the pause does no harm.
    await talk.submit('maya', paused);
    await talk.submit('maya', form, { time: '10:00', zone: '', days: '' });
    expect(await talk.member('maya')).toMatchObject({
      briefAt: 600,
      zone: null,
      briefDays: null,
      pausedUntil: '2026-11-25',
      rhythm: 'dated',
    });
    await talk.submit('maya', paused, { pause: '' });
    expect(await talk.member('maya')).toMatchObject({ pausedUntil: null });
  });

  it('shows a member what is true of their role, and says so when nothing changes', async () => {
    const talk = await newTalk();
    const me = await talk.say('maya', 'me');
    expect(me.text).toContain('once a week');
    const { form } = await talk.press('maya', 'Change', me);
    expect(form?.fields.find(({ name }) => name === 'fewer')?.value).toBe('weekly');
    const same = await talk.submit('maya', form);
    expect(same.text).toContain('That was so already, so nothing has changed. Your brief,');
    expect(same.buttons).toEqual(['Show all my settings', 'Change']);
    expect(await talk.member('maya')).toMatchObject({ version: 1, rhythm: 'daily' });
    const daily = await talk.say('maya', 'me fewer:daily');
    expect(daily.text).toContain('That was so already, so nothing has changed.');
    expect(daily.text).toContain('Daily briefs are for workers and coordinators.');
    expect((await talk.say('maya', 'undo')).text).toContain('nothing to undo');
  });

  it('asks for the time if that was emptied', async () => {
    const talk = await newTalk();
    const { form } = await talk.press('tom', 'Change', await talk.say('tom', 'me'));
    const asked = await talk.submit('tom', form, { time: '', days: 'mon' });
    expect(asked.text).toContain('A brief needs a time.');
    expect(asked.form?.fields.find(({ name }) => name === 'days')?.value).toBe('mon');
    expect(await talk.member('tom')).toMatchObject({ version: 1 });
  });

  it('waits while a brief is being sent', async () => {
    const talk = await newTalk();
    const tom = await talk.member('tom');
    await talk.store.of(members).save({ ...tom, sending: 'brief' });
    expect((await talk.say('tom', 'me time:8:30')).text).toContain('being sent right now');
    await talk.say('grace', 'settings days:mon');
    expect(await talk.member('tom')).toMatchObject({ sending: 'brief', briefDay: null });
  });
});

describe('members', () => {
  it('are listed for everybody; a coordinator can change them from there', async () => {
    const talk = await newTalk();
    const seen = await talk.say('maya', 'members');
    expect(seen.text).toBe('3 members:\nGrace · coordinator\nMaya · member\nTom · worker');
    expect(seen.buttons).toEqual([]);
    const { form } = await talk.press('grace', 'Change role', await talk.say('grace', 'members'));
    expect(form?.fields.map(({ name }) => name)).toEqual(['who', 'role']);
    expect((await talk.submit('grace', form, { role: 'worker' })).text).toContain(
      'Grace is the only coordinator',
    );
  });

  it('get another role, which works at once', async () => {
    const talk = await newTalk();
    expect((await talk.say('tom', 'member role tom coordinator')).text).toContain('only a coord');
    const said = await talk.say('grace', 'member role tom coordinator');
    expect(said.text).toBe('Tom is now a coordinator.');
    expect(await talk.member('tom')).toMatchObject({ briefDay: '2026-11-19' });
    expect((await talk.say('tom', 'member role grace member')).text).toBe('Grace is now a member.');
    expect((await talk.say('grace', 'member role tom member')).text).toContain('only a coord');
    expect((await talk.say('tom', 'member role tom member')).text).toContain(
      'every partnership needs one',
    );
    expect(await talk.member('tom')).toMatchObject({ role: 'coordinator' });
  });

  it('who have left keep their role', async () => {
    const talk = await newTalk();
    const tom = await talk.member('tom');
    await talk.say('grace', 'member role maya worker');
    await talk.store.of(members).save({ ...tom, active: false });
    const said = await talk.invoke('grace', 'member role', { who: `#${tom.id}`, role: 'member' });
    expect(said.text).toContain('Tom has left.');
  });

  it('can be tied to a partner, and untied', async () => {
    const talk = await newTalk();
    await talk.say('tom', 'partner add Riverside Council');
    const [council] = await collect(talk.store.of(partners).all({ index: 'byKey' }));
    const said = await talk.say('grace', 'member tie maya riverside council');
    expect(said.text).toContain('Maya belongs to Riverside Council');
    expect(await talk.member('maya')).toMatchObject({ tiedTo: [council?.id] });
    expect((await talk.say('tom', 'members')).text).toContain(
      'Maya · member · belongs to Riverside',
    );
    expect((await talk.say('maya', 'me')).text).toContain("You're part of Riverside Council");
    await talk.say('grace', 'member tie maya riverside council off');
    expect(await talk.member('maya')).toMatchObject({ tiedTo: [] });
  });
});
