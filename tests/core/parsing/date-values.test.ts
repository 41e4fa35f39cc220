import { describe, expect, it } from 'vitest';
import { addFollowup } from '../../../src/core/features/followups/add.ts';
import { newTalk } from '../../fixtures/bot.ts';
import { type Outcome, outcome, typed } from './resolve-line.ts';

/** On Monday 23 November 2026. */
const add = (words: string): Outcome => typed(words, addFollowup);

describe('an unquoted date takes all the words that belong to it', () => {
  it.each([
    ['post the form by:thursday of next week', '2026-12-03'],
    ['post the form by:next week thursday', '2026-12-03'],
    ['post the form by:tomorrow week', '2026-12-01'],
    ['post the form by:thursday fortnight', '2026-12-10'],
    ['post the form by:3 weeks time', '2026-12-14'],
    ['post the form by:wednesday in two weeks', '2026-12-09'],
    ['post the form by:9 dec next year', '2027-12-09'],
    ['post the form by:first monday after christmas day', undefined],
    ['post the form by:tuesday after christmas', '2026-12-29'],
    ['post the form by:1 month and 1 week', '2026-12-30'],
    ['post the form by:end of january 2028', '2028-01-31'],
    ['post the form by:friday at the latest', '2026-11-27'],
  ])('%j', (words, day) => {
    const { values, said } = add(words);
    if (day === undefined) expect(said).toMatch(/I can't read/);
    else expect(values).toMatchObject({ next: 'post the form', by: { day } });
  });

  it.each([
    ['ring Bob by:tomorrow before 5pm', '2026-11-24T17:00:00.000Z'],
    ['ring Bob by:tomorrow after 5pm', '2026-11-24T17:00:00.000Z'],
    ['ring Bob by:wednesday 25 11:15', '2026-11-25T11:15:00.000Z'],
    ['ring Bob by:thursday at four', '2026-11-26T16:00:00.000Z'],
    ['ring Bob by:thursday ten to four', '2026-11-26T15:50:00.000Z'],
    ['ring Bob by:9 dec - 2pm', '2026-12-09T14:00:00.000Z'],
  ])('%j', (words, instant) => {
    const { values } = add(words);
    expect(values?.next).toBe('ring Bob');
    expect(values).toMatchObject({ by: { at: new Date(instant) } });
  });

  it('leaves words that do not belong to it', () => {
    expect(add('by:thursday ring Bob').values).toMatchObject({ next: 'ring Bob' });
    expect(add('by:thursday 3 boxes for Jane').values).toMatchObject({ next: '3 boxes for Jane' });
    expect(add('collect keys by:friday and tell Jane').values?.next).toBe(
      'collect keys and tell Jane',
    );
  });

  it.each([
    'post the form by:thursday or whenever',
    'post the form by:thursday before the meeting',
    'post the form by:tomorrow or maybe later',
  ])('never leaves half of a date in the title: %j', (words) => {
    const { values, said } = add(words);
    expect(values).toBeUndefined();
    expect(said).toMatch(/I can't read "(thursday|tomorrow) \w+/);
  });
});

describe('a date that could be several is asked about', () => {
  it('offers each, and each button keeps every word', () => {
    const { said, buttons = [] } = typed(
      'riverside housing met Jane how:call next:"send the plan" by:tuesday or thursday',
    );
    expect(said).toContain('"tuesday or thursday"');
    expect(said).toContain("I've kept your words.");
    expect(buttons.map(({ label }) => label)).toEqual(['Tue 24 Nov', 'Thu 26 Nov', 'Cancel']);
    expect(outcome(buttons[1]?.args ?? {}).values).toMatchObject({
      with: { name: 'Riverside Housing' },
      note: 'met Jane',
      how: 'call',
      next: 'send the plan',
      by: { day: '2026-11-26' },
    });
  });

  it('asks about the date first and about the partner next, and keeps the note', () => {
    const { buttons: days = [] } = typed('riverside council met Jane by:sat 27 nov');
    expect(days.map(({ label }) => label)).toEqual(['Fri 27 Nov', 'Sat 28 Nov', 'Cancel']);
    const { said, buttons: partners = [] } = outcome(days[0]?.args ?? {});
    expect(said).toContain('did you mean?');
    expect(outcome(partners[0]?.args ?? {}).values).toMatchObject({
      note: 'met Jane',
      by: { day: '2026-11-27' },
    });
  });

  it('asks about a time, and the button means just that time', () => {
    const { buttons = [] } = add('ring Bob by:thursday 2pm or 4pm');
    expect(buttons.map(({ label }) => label)).toEqual([
      ...['Thu 26 Nov, 14:00', 'Thu 26 Nov, 16:00', 'Another day', 'Cancel'],
    ]);
    const { values } = outcome(buttons[1]?.args ?? {}, addFollowup);
    expect(values).toMatchObject({ by: { at: new Date('2026-11-26T16:00:00Z') } });
  });

  it('asks when something was that has not been yet this year', () => {
    const { said, buttons = [] } = typed('shelter met Jo when:5/12');
    expect(said).toContain('5 December is still to come this year.');
    expect(buttons.map(({ label }) => label)).toEqual(['Fri 5 Dec 2025', 'Tue 12 May', 'Cancel']);
  });

  it('says how long the month is', () => {
    expect(typed('shelter met Jo by:31 feb').said).toBe(
      'February has 28 days in 2027. Which day do you mean?',
    );
  });
});

describe('a date with how often it repeats', () => {
  it.each([
    ['bins out by:thursday weekly', { by: { day: '2026-11-26' }, repeat: 'weekly' }],
    ['bins out by:monday each week', { by: { day: '2026-11-30' }, repeat: 'each week' }],
    ['bins out by:tomorrow every day', { by: { day: '2026-11-24' }, repeat: 'every day' }],
    ['bins out by:every thursday at 7', { by: undefined, repeat: 'every thursday at 7' }],
    ['bins out by:"friday fortnightly"', { by: { day: '2026-11-27' }, repeat: 'fortnightly' }],
  ])('%j', (words, { by, repeat }) => {
    const { values } = add(words);
    expect(values?.next).toBe('bins out');
    expect([values?.by, values?.repeat]).toEqual([by, repeat]);
  });

  it('is refused where nothing repeats', () => {
    expect(typed('shelter met Jo next:"send it" by:friday weekly').said).toMatch(/I can't read/);
  });
});

describe('an unquoted length of time', () => {
  it.each(['every:6 weeks or so', 'every:2 weeks in term time', 'every:monthly except august'])(
    'is not cut: %s',
    (words) => expect(typed(`shelter ${words}`).said).toContain(`"${words.slice(6)}"`),
  );
  it('leaves other words', () => {
    expect(typed('every:6 weeks shelter met Jo').values).toMatchObject({
      every: 'P6W',
      note: 'met Jo',
    });
  });
});

it('notes the day that was pressed, once', async () => {
  const talk = await newTalk();
  const asked = await talk.say('tom', 'followup add post the form by:friday or monday');
  expect(asked.text).toContain('Which?');
  expect((await talk.press('tom', 'Mon 23 Nov', asked)).text).toContain(
    'Yours to do: post the form by Mon 23 Nov',
  );
  const list = (await talk.say('tom', 'followup list')).text;
  expect(list.match(/post the form/g)).toHaveLength(1);
  expect(talk.errors).toEqual([]);
});

it('says for a pause, too, that it could be two days', async () => {
  const talk = await newTalk();
  const said = await talk.say('tom', 'me pause:"friday or monday"');
  expect(said.text).toContain('Which do you mean: "Fri 20 Nov" or "Mon 23 Nov"?');
  expect((await talk.say('tom', 'me pause:"31 feb"')).text).toContain('February has 28 days');
});
