import { describe, expect, it } from 'vitest';
import type { Form } from '../../../src/core/message/form.ts';
import { newTalk, type Said, type Talk } from '../../fixtures/bot.ts';

// The fixture's time begins on Wednesday 18 November 2026, 10:00 in London.

const shown = (form: Form | undefined) =>
  Object.fromEntries(form?.fields.map(({ name, value }) => [name, value]) ?? []);

/** Opens a form, sends it back as it is, and expects that nothing changes and that there is nothing to undo. */
async function expectNoChange(talk: Talk, said: Said): Promise<Said> {
  const before = await talk.say('grace', 'undo');
  const same = await talk.submit('grace', said.form);
  expect(same.text).toContain('so nothing has changed');
  expect(same.buttons).not.toContain('Undo');
  expect((await talk.say('grace', 'undo')).text).toBe(before.text);
  return same;
}

describe('a form shows what is true now, and sent back as it is changes nothing:', () => {
  it('settings', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'settings days:mon-thu every:"5 weeks" calendar:scotland');
    const opened = await talk.press('grace', 'Change', await talk.say('grace', 'settings'));
    expect(shown(opened.form)).toEqual({
      name: 'Big Local Riverside',
      zone: 'Europe/London',
      days: 'Monday to Thursday',
      calendar: 'scotland',
      every: '5 weeks',
    });
    const same = await expectNoChange(talk, opened);
    expect(same.text).toContain('Big Local Riverside: Europe/London, Monday to Thursday');
  });

  it('partner edit', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'partner add "Oakfield School" every:"4 weeks" lead:@Tom');
    const opened = await talk.press(
      'grace',
      'Edit',
      await talk.say('grace', 'partner show oakfield'),
    );
    await expectNoChange(talk, opened);
  });

  it('digest schedule, weekly and monthly', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'digest schedule channel:<#news> day:friday at:4pm');
    const opened = await talk.say('grace', 'digest schedule');
    expect(shown(opened.form)).toEqual({
      channel: '<#news>',
      every: 'week',
      day: 'friday',
      date: '',
      at: '16:00',
    });
    const same = await expectNoChange(talk, opened);
    expect(same.text).toContain('each week on Friday');
    await talk.say('grace', 'digest off');
    await talk.say('grace', 'digest schedule channel:<#news> every:month date:15');
    const monthly = await talk.say('grace', 'digest schedule');
    expect(shown(monthly.form)).toMatchObject({ every: 'month', day: '', date: '15', at: '09:00' });
    await expectNoChange(talk, monthly);
  });

  it('member role', async () => {
    const talk = await newTalk();
    const opened = await talk.press('grace', 'Change role', await talk.say('grace', 'members'));
    expect(shown(opened.form)).toMatchObject({ role: 'coordinator' });
    await expectNoChange(talk, opened);
  });

  it('followup edit, with its clock time', async () => {
    const talk = await newTalk();
    const added = await talk.say('grace', 'followup add ring Pat by:"4 Dec 2026 3pm"');
    const opened = await talk.press('grace', 'Change', added);
    expect(shown(opened.form)).toMatchObject({ next: 'ring Pat', by: '2026-12-04 15:00' });
    const same = await talk.submit('grace', opened.form);
    expect(same.text).toContain('Nothing is different');
    expect((await talk.say('grace', 'followup list')).text).toContain('15:00');
    // A day alone keeps the clock time, and so does an emptied box of another kind.
    await talk.submit('grace', opened.form, { by: '7 Dec 2026' });
    expect((await talk.say('grace', 'followup list')).text).toContain('Mon 7 Dec 2026, 15:00');
  });
});

describe('what was emptied', () => {
  it('in settings gets a question at its box, and the rest is kept', async () => {
    const talk = await newTalk();
    const { form } = await talk.press('grace', 'Change', await talk.say('grace', 'settings'));
    for (const [name, question] of [
      ['name', 'What is your partnership called?'],
      ['zone', 'In which time zone are you?'],
      ['days', 'On which days do you work?'],
      ['calendar', 'Whose bank holidays count?'],
      ['every', 'How often should we be in touch?'],
    ] as const) {
      const other = name === 'every' ? { days: 'mon' } : { every: '3 weeks' };
      const asked = await talk.submit('grace', form, { [name]: '', ...other });
      expect(asked.text).toContain(question);
      expect(shown(asked.form)).toMatchObject(other);
    }
    expect((await talk.say('grace', 'undo')).text).toContain('nothing to undo');
  });

  it('of a partner is removed, or asked for', async () => {
    const talk = await newTalk();
    await talk.say(
      'grace',
      'partner add "Oakfield School" every:"4 weeks" lead:@Tom kinds:contracting',
    );
    const { form } = await talk.press(
      'grace',
      'Edit',
      await talk.say('grace', 'partner show oakfield'),
    );
    const asked = await talk.submit('grace', form, { name: '' });
    expect(asked.text).toContain('A partner needs a name.');
    const changed = await talk.submit('grace', form, { every: '', lead: '', kinds: '' });
    expect(changed.text).toContain('nobody leads');
    expect(changed.text).toContain('every 6 weeks');
    expect(changed.text).not.toContain('contracting');
  });

  it('of a follow-up is removed, or asked for', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'partner add "Oakfield School"');
    const added = await talk.say(
      'grace',
      'followup add ring Pat with:"Oakfield School" repeat:"every monday"',
    );
    const { form } = await talk.press('grace', 'Change', added);
    const asked = await talk.submit('grace', form, { next: '' });
    expect(asked.text).toContain('What was promised?');
    await talk.submit('grace', form, { with: '', repeat: '' });
    const list = (await talk.say('grace', 'followup list')).text;
    expect(list).not.toContain('Oakfield');
    expect(list).not.toContain('every');
  });
});

it('a setting that is so already says so', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Oakfield School" level:local');
  await talk.say('grace', 'member tie @Maya oakfield school');
  for (const line of [
    'settings every:"6 weeks"',
    'partner edit oakfield school level:local',
    'member role @Tom worker',
    'member tie @Maya oakfield school',
    'member tie @Tom oakfield school off',
    'me time:9:00',
    'fewer daily',
  ]) {
    const said = await talk.say('grace', line);
    expect(said.text, line).toContain('so nothing has changed');
    expect(said.buttons, line).not.toContain('Undo');
  }
});

it('a form has five fields for every platform, and more for one that has room', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Oakfield School"');
  const { form } = await talk.say('grace', 'log');
  expect(form?.fields.map(({ name }) => name)).toEqual(['with', 'note', 'next', 'by', 'who']);
  const more = form?.moreFields?.map(({ name, label }) => [name, label]);
  expect(more).toContainEqual(['how', 'How?']);
  expect(more).toContainEqual(['when', 'When was it?']);
  expect(more).toContainEqual(['noreply', 'No answer?']);
});

it('Fix marks the field whose value was not taken, and says why', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Oakfield School"');
  const line = 'log oakfield school met next:"send it" by:blursday how:call';
  const { form } = await talk.press('grace', 'Fix', await talk.say('grace', line));
  const marked = form?.fields.filter(({ problem }) => problem !== undefined);
  expect(marked).toEqual([
    expect.objectContaining({
      name: 'by',
      value: 'blursday',
      problem: expect.stringContaining('blursday'),
    }),
  ]);
  // Where there is room for five fields only, the others are kept.
  expect(form?.kept).toEqual({ how: 'call' });
  expect(form?.moreFields?.find(({ name }) => name === 'how')?.value).toBe('call');

  const future = await talk.say('grace', 'log oakfield school met when:tomorrow');
  const again = (await talk.press('grace', 'Fix', future)).form;
  expect(again?.moreFields?.find(({ name }) => name === 'when')?.problem).toBeTruthy();
});
