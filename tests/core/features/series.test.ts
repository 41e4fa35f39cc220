import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import { newTalk, type Talk } from '../../fixtures/bot.ts';
import { whileCommitting } from '../../fixtures/while-committing.ts';

// The fixture's time begins on Wednesday 18 November 2026, 10:00 in London.

async function withBins(
  line = 'followup add put the bins out repeat:"every monday"',
): Promise<Talk> {
  const talk = await newTalk();
  const said = await talk.say('tom', line);
  expect(said.text).toContain('It repeats every Monday');
  return talk;
}

const list = async (talk: Talk) => (await talk.say('tom', 'followup list')).text;

it('says when the first is due and how it repeats, also in lists', async () => {
  const talk = await newTalk();
  const said = await talk.say(
    'tom',
    'followup add put the bins out repeat:"every monday" until:"31 Mar 2027"',
  );
  expect(said.text).toContain('by Mon 23 Nov');
  expect(said.text).toContain('It repeats every Monday until Wed 31 Mar 2027');
  expect(await list(talk)).toContain('every Monday until Wed 31 Mar 2027');
});

it('Done makes the next one due by the rule, whenever it was done', async () => {
  const talk = await withBins();
  const early = await talk.say('tom', 'followup done bins');
  expect(early.text).toContain('The next one is due Mon 30 Nov');
  talk.clock.set('2026-12-02T10:00:00Z');
  expect(await list(talk)).toContain('late since Mon 30 Nov, comes again Mon 7 Dec · every Monday');
  // Late by two days: the next is not counted from today.
  expect((await talk.say('tom', 'followup done bins')).text).toContain(
    'The next one is due Mon 7 Dec',
  );
});

it('two who press Done while it is being changed leave one next follow-up', async () => {
  const talk = await withBins();
  const [row] = await collect(talk.store.of(followups).all({ index: 'byDueDay' }));
  const grace = (command: string) => () => talk.invoke('grace', command, { which: `#${row?.id}` });
  whileCommitting(talk, followups, async () => {
    await grace('followup skip')();
    whileCommitting(talk, followups, grace('followup done'));
  });
  expect((await talk.say('tom', 'followup done bins')).text).toContain('is done already');
  expect((await list(talk)).match(/put the bins out/g)).toHaveLength(1);
  expect(talk.errors).toEqual([]);
});

it('what was missed while it stayed open does not pile up', async () => {
  const talk = await withBins();
  talk.clock.set('2026-12-23T10:00:00Z');
  expect(await list(talk)).toContain('You have 1 follow-up');
  expect((await talk.say('tom', 'followup done bins')).text).toContain('Mon 28 Dec');
  expect(await list(talk)).toContain('You have 1 follow-up');
});

it('ends after so many times', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'followup add water the beds repeat:"daily" times:2');
  expect((await talk.say('tom', 'followup done beds')).text).toContain(
    'The next one is due Fri 20 Nov',
  );
  expect((await talk.say('tom', 'followup done beds')).text).toContain('That was the last one');
  expect(await list(talk)).toContain('no open follow-ups');
});

it('Later does not move the series', async () => {
  const talk = await withBins();
  await talk.say('tom', 'followup later bins by:"25 Nov 2026"');
  expect(await list(talk)).toMatch(/by Wed 25 Nov.*every Monday/);
  talk.clock.set('2026-11-25T10:00:00Z');
  expect((await talk.say('tom', 'followup done bins')).text).toContain(
    'The next one is due Mon 30 Nov',
  );
});

it('skips the next one, shows it, and can be undone', async () => {
  const talk = await withBins();
  const said = await talk.say('tom', 'followup skip bins');
  expect(said.text).toContain('Skipped: put the bins out on Mon 23 Nov');
  expect(said.text).toContain('The next one is due Mon 30 Nov');
  expect(await list(talk)).toContain('every Monday (not Mon 23 Nov)');
  await talk.press('tom', 'Undo', said);
  expect(await list(talk)).toMatch(/by Mon 23 Nov · every Monday$/m);
  await talk.say('tom', 'followup add send the plan by:friday');
  expect((await talk.say('tom', 'followup skip plan')).text).toContain("doesn't repeat");
});

it('Undo of Done removes the next one and opens this one again; done again, there is still one', async () => {
  const talk = await withBins();
  const done = await talk.say('tom', 'followup done bins');
  await talk.press('tom', 'Undo', done);
  expect(await list(talk)).toMatch(/You have 1 follow-up[\s\S]*Mon 23 Nov/);
  await talk.say('tom', 'followup done bins');
  expect(await list(talk)).toMatch(/You have 1 follow-up[\s\S]*Mon 30 Nov/);
});

it('Done by two at once makes one next follow-up', async () => {
  const talk = await withBins();
  const shown = await talk.say('tom', 'followup list');
  const both = await Promise.all([
    talk.press('tom', 'Done', shown),
    talk.press('tom', 'Done', shown),
    talk.press('tom', 'Done', shown),
  ]);
  expect(both.filter(({ text }) => text.includes('Done, thank you'))).toHaveLength(1);
  expect(await list(talk)).toMatch(/You have 1 follow-up[\s\S]*Mon 30 Nov/);
  expect(talk.errors).toEqual([]);
});

it('an edit asks whether it is for this one only, and keeps the words', async () => {
  const talk = await withBins();
  const asked = await talk.say(
    'tom',
    'followup edit bins next:"put both bins out" by:"24 Nov 2026"',
  );
  expect(asked.text).toContain('repeats. Which ones shall I change?');
  expect(asked.buttons).toEqual(['Just this one', 'This and all that follow']);
  const one = await talk.press('tom', 'Just this one', asked);
  expect(one.text).toMatch(/put both bins out by Tue 24 Nov.*every Monday/);
  expect((await talk.press('tom', 'This and all', asked)).text).toBe(one.text);
  await talk.say('tom', 'followup done bins');
  expect(await list(talk)).toMatch(/put the bins out · by Mon 30 Nov/);
});

it('an edit of all that follow moves the rule, and Undo moves it back', async () => {
  const talk = await withBins();
  const asked = await talk.say(
    'tom',
    'followup edit bins next:"put both bins out" by:"24 Nov 2026"',
  );
  const all = await talk.press('tom', 'This and all', asked);
  expect(all.text).toMatch(/put both bins out by Tue 24 Nov.*every Tuesday/);
  const done = await talk.say('tom', 'followup done bins');
  expect(done.text).toContain('The next one is due Tue 1 Dec');
  expect(await list(talk)).toContain('put both bins out');
  await talk.press('tom', 'Undo', done);
  await talk.press('tom', 'Undo', all);
  expect(await list(talk)).toMatch(/put the bins out · by Mon 23 Nov · every Monday$/m);
});

it('another rule or end, or no repeat any more, is changed without asking', async () => {
  const talk = await withBins();
  expect((await talk.say('tom', 'followup edit bins repeat:"every friday"')).text).toMatch(
    /by Fri 20 Nov.*every Friday/,
  );
  expect((await talk.say('tom', 'followup edit bins until:"4 Dec 2026"')).text).toContain(
    'every Friday until Fri 4 Dec',
  );
  expect((await talk.say('tom', 'followup edit bins until:"19 Nov 2026"')).text).toContain(
    'is before that',
  );
  const once = await talk.say('tom', 'followup edit bins repeat:none');
  expect(once.text).not.toContain('repeats');
  expect((await talk.say('tom', 'followup done bins')).text).not.toContain('The next');
});

it('a follow-up can be made to repeat from its form', async () => {
  const talk = await newTalk();
  const added = await talk.say('tom', 'followup add send the plan by:friday');
  const form = await talk.press('tom', 'Change', added);
  const said = await talk.submit('tom', form.form, { repeat: 'every 2 weeks' });
  expect(said.text).toMatch(/by Fri 20 Nov.*every 2 weeks on Friday/);
  const again = await talk.press('tom', 'Change', added);
  const same = await talk.submit('tom', again.form);
  expect(same.text).toContain('Nothing is different about');
});

it('cancel removes this one or the whole series', async () => {
  const talk = await withBins();
  const asked = await talk.say('tom', 'followup cancel bins');
  expect(asked.buttons).toEqual(['Just this one', 'The whole series']);
  expect((await talk.press('tom', 'Just this one', asked)).text).toContain(
    'The next one is due Mon 30 Nov',
  );
  const whole = await talk.press('tom', 'The whole', await talk.say('tom', 'followup cancel bins'));
  expect(whole.text).toContain('It will not come again');
  expect(await list(talk)).toContain('no open follow-ups');
  await talk.press('tom', 'Undo', whole);
  expect(await list(talk)).toContain('Mon 30 Nov');
});

it('giving it to somebody moves the whole series', async () => {
  const talk = await withBins();
  await talk.say('tom', 'followup ask bins who:Grace');
  await talk.press('grace', 'Yes', await talk.say('grace', 'today'));
  await talk.say('grace', 'followup done bins');
  expect((await talk.say('grace', 'followup list')).text).toMatch(/Mon 30 Nov · every Monday/);
  expect(await list(talk)).toContain('no open follow-ups');
});

it.each([
  ['repeat:"every second tuesday"', 'the second tuesday of the month'],
  ['repeat:"every so often"', 'as how often'],
  ['repeat:"monthly"', 'On which day?'],
  ['repeat:"every monday" until:"20 Nov 2026"', 'is before that'],
  ['repeat:"every monday" until:"31 Mar" times:3', 'not both'],
  ['times:3', 'How often does it repeat?'],
  ['by:today repeat:"every day at 9am"', 'is in the past'],
])('says what to correct in %s', async (words, sentence) => {
  const talk = await newTalk();
  expect((await talk.say('tom', `followup add put the bins out ${words}`)).text).toContain(
    sentence,
  );
  expect(await list(talk)).toContain('no open follow-ups');
  expect(talk.errors).toEqual([]);
});
