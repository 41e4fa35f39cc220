import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import { FORM } from '../../../src/core/message/invocation.ts';
import { plainText } from '../../../src/core/message/rich-text.ts';
import { newTalk, type Talk, ZONE } from '../../fixtures/bot.ts';

it('lists mine, everyone’s, late and theirs', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'followup add mine one by:friday');
  await talk.say('maya', 'followup add hers two by:friday');
  await talk.say('tom', 'followup add theirs three by:friday whose:theirs');
  expect((await talk.say('tom', 'followup list')).text).toContain('2 follow-ups');
  expect((await talk.say('tom', 'followup list everyone')).text).toMatch(/hers two.*Maya/);
  expect((await talk.say('tom', 'followup list theirs')).text).toContain('theirs three');
  expect((await talk.say('tom', 'followup list theirs')).text).not.toContain('mine one');
  expect((await talk.say('tom', 'followup list late')).text).toContain('Nothing is late');
  talk.clock.move({ days: 3 });
  expect((await talk.say('tom', 'followup list late')).text).toContain('3 follow-ups late');
});

it('finds a follow-up by its words, asks if several match, and says if none does', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'followup add send the garden plan by:friday');
  await talk.say('tom', 'followup add send the budget by:friday');
  expect((await talk.say('tom', 'followup done garden')).text).toContain(
    'Done, thank you: send the garden plan',
  );
  await talk.say('tom', 'followup add send the minutes by:friday');
  const which = await talk.say('tom', 'followup done send the');
  expect(which.buttons).toEqual(
    expect.arrayContaining(['send the budget', 'send the minutes', 'Cancel']),
  );
  const done = await talk.press('tom', 'send the minutes', which);
  expect(done.text).toContain('Done, thank you: send the minutes');
  expect((await talk.say('tom', 'followup done xylophone')).text).toContain("can't find");
});

it('the question which one is meant keeps everything that was typed', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'followup add send the budget by:friday');
  await talk.say('tom', 'followup add send the minutes by:friday');
  const which = await talk.say('tom', 'followup later send the by:"14 Dec 2026"');
  const moved = await talk.press('tom', 'send the minutes', which);
  expect(moved.text).toContain('Put off: send the minutes, now by Mon 14 Dec');
});

it('only a coordinator can give somebody a task without asking', async () => {
  const talk = await newTalk();
  await talk.say('maya', 'followup add send the plan by:friday who:Tom');
  expect((await talk.say('tom', 'followup list')).text).toContain('no open follow-ups');
  expect((await talk.say('maya', 'followup list')).text).toContain('asked Tom');
  await talk.say('grace', 'followup add book the hall by:friday who:Tom');
  expect((await talk.say('tom', 'followup list')).text).toContain('book the hall');
});

it('an old button does not show a follow-up that is hidden since: the member belongs to the partner now', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Borough Council"');
  await talk.say('tom', 'followup add press for the hall with:"Borough Council" by:friday');
  await talk.say('grace', 'followup add send the minutes with:"Borough Council" by:friday');
  const before = await talk.say('grace', 'followup list everyone');
  const [hidden, own] = ['press for the hall', 'send the minutes'].map((title) => {
    const row = before.reply.card?.find(
      (block) => 'text' in block && plainText(block.text, ZONE).includes(title),
    );
    return row && 'buttons' in row ? row.buttons : [];
  });
  await talk.say('grace', 'member tie @Grace "Borough Council"');

  const [done, later] = hidden ?? [];
  if (!done || !later) throw new Error('The list has no buttons.');
  for (const button of [done, later]) {
    const said = await talk.press('grace', button);
    expect(said.text).toContain('I no longer have that follow-up');
    expect(said.text).not.toContain('hall');
  }
  const change = { ...done, command: 'followup edit', args: { ...done.args, [FORM]: 'yes' } };
  const refused = await talk.press('grace', change);
  expect(refused.form).toBeUndefined();
  expect(refused.text).toContain('I no longer have that follow-up');
  expect(refused.text).not.toContain('hall');
  expect((await talk.say('tom', 'followup list')).text).toContain('press for the hall');
  expect((await talk.press('grace', own?.[0] ?? 'Done')).text).toContain(
    'Done, thank you: send the minutes',
  );
});

it('a member may not close somebody else’s follow-up; a worker may', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'followup add send the plan by:friday');
  expect((await talk.say('maya', 'followup done plan')).text).toContain("That's Grace's");
  expect((await talk.say('tom', 'followup done plan')).text).toContain('Done, thank you');
});

it('Later offers the usual times and a date, and two presses move it once', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'followup add send the plan by:friday');
  const list = await talk.say('tom', 'followup list');
  const when = await talk.press('tom', 'Later', list);
  const times = ['In 20 minutes', 'Tomorrow', 'Next week', 'A date…'];
  expect(when.buttons).toEqual([...times, ...list.buttons]);
  const moved = await talk.press('tom', 'Tomorrow', when);
  expect(moved.text).toContain('now by Thu 19 Nov');
  const form = await talk.press('tom', 'A date…', when);
  expect(form.form?.fields.map((field) => field.name)).toEqual(['by']);
  const past = await talk.submit('tom', form.form, { by: '1 Nov 2026' });
  expect(past.form?.fields[0]?.problem).toContain('is in the past');
  expect((await talk.submit('tom', form.form, { by: '14 Dec' })).text).toContain(
    'now by Mon 14 Dec',
  );
});

it('answering a request twice, or after it was closed, changes nothing', async () => {
  const talk = await newTalk();
  await talk.say('maya', 'followup add send the plan by:friday who:Tom');
  const today = await talk.say('tom', 'today');
  expect(today.text).toContain('Maya asks: could you do this? send the plan');
  expect((await talk.press('tom', 'Yes', today)).text).toContain('is yours now');
  expect((await talk.press('tom', 'Yes', today)).text).toContain('yours already');
  expect((await talk.press('tom', "Sorry, can't", today)).text).toContain('yours already');
  await talk.say('tom', 'followup done plan');
  expect((await talk.press('tom', 'Yes', today)).text).toContain('has been done in the meantime');
});

it('a member who belongs to a partner does not see what others promised there', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Borough Council"');
  await talk.say('grace', 'member tie who:Maya with:"Borough Council"');
  await talk.say('tom', 'followup add appeal the decision with:"Borough Council" by:friday');
  await talk.say('tom', 'followup add book the hall by:friday');
  const list = await talk.say('maya', 'followup list everyone');
  expect(list.text).toContain('book the hall');
  expect(list.text).not.toContain('appeal');
  expect((await talk.say('maya', 'followup done appeal')).text).toContain("can't find");
});

const due = async (talk: Talk) => {
  const [row] = await collect(
    talk.store.of(followups).all({ index: 'byDueDay', where: { state: 'open' } }),
  );
  return row?.at ? row.at.toISOString() : row?.dueDay;
};

it.each([
  ['tomorrow', 'Thu 19 Nov 2026, 15:00', '2026-11-19T15:00:00.000Z'],
  ['in 1 week', 'Wed 25 Nov 2026, 15:00', '2026-11-25T15:00:00.000Z'],
  ['14 Dec', 'Mon 14 Dec 2026, 15:00', '2026-12-14T15:00:00.000Z'],
  ['2027-06-01', 'Tue 1 Jun 2027, 15:00', '2027-06-01T14:00:00.000Z'],
  ['tomorrow 4pm', 'Thu 19 Nov 2026, 16:00', '2026-11-19T16:00:00.000Z'],
  ['in 20 minutes', 'Wed 18 Nov 2026, 10:20', '2026-11-18T10:20:00.000Z'],
])('Later until %s keeps a clock time, unless it says one', async (by, words, at) => {
  const talk = await newTalk();
  await talk.say('tom', 'followup add ring the school by:"today 3pm"');
  expect((await talk.say('tom', `followup later school by:"${by}"`)).text).toContain(words);
  expect(await due(talk)).toBe(at);
});

it('twenty minutes later is not a clock time to keep', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'followup add ring the school by:"today 3pm"');
  await talk.say('tom', 'followup later school by:"in 20 minutes"');
  await talk.say('tom', 'followup later school by:tomorrow');
  expect(await due(talk)).toBe('2026-11-19T15:00:00.000Z');
  await talk.say('tom', 'followup done school');
  await talk.say('tom', 'followup add ring the library by:today');
  await talk.say('tom', 'followup later library by:"in 20 minutes"');
  expect((await talk.say('tom', 'followup later library by:tomorrow')).text).toContain(
    'now by Thu 19 Nov.',
  );
  expect(await due(talk)).toBe('2026-11-19');
});

it('the clock time is in its owner’s zone; in a gap it is the next minute that exists', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'me zone:America/New_York');
  await talk.say('grace', 'followup add ring the school by:"2027-03-10 07:30" who:Tom');
  await talk.say('grace', 'followup later school by:2027-03-14');
  // There is no half past two in New York in that night.
  expect(await due(talk)).toBe('2027-03-14T07:00:00.000Z');
  await talk.say('grace', 'followup later school by:2027-03-15');
  expect(await due(talk)).toBe('2027-03-15T06:30:00.000Z');
});

it('Later with a time of today that is over asks again', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'followup add ring the school by:"today 11am"');
  talk.clock.set('2026-11-18T12:00:00Z');
  const said = await talk.say('tom', 'followup later school by:today');
  expect(said.text).toContain('11:00 is in the past. When is it due?');
});

it('an edit to a day alone keeps the clock time and says so; none removes it', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'followup add ring the school by:"today 3pm"');
  const moved = await talk.say('tom', 'followup edit school by:friday');
  expect(moved.text).toContain('by Fri 20 Nov 2026, 15:00');
  expect(moved.text).toContain('It keeps its clock time; by:none removes it.');
  const untimed = await talk.say('tom', 'followup edit school by:none');
  expect(untimed.text).toContain('ring the school by Fri 20 Nov.');
  expect(untimed.text).not.toContain('keeps its clock time');
  expect(await due(talk)).toBe('2026-11-20');
  expect((await talk.say('tom', 'followup edit school by:none')).text).toContain(
    'Nothing is different about',
  );
  const day = await talk.say('tom', 'followup edit school by:"24 Nov"');
  expect(day.text).not.toContain('clock time');
  await talk.press('tom', 'Undo', untimed);
});

it('a series keeps its clock time if one of it moves, and loses it if all do', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'followup add put the bins out repeat:"every thursday at 7pm"');
  await talk.say('tom', 'followup later bins by:friday');
  expect(await due(talk)).toBe('2026-11-20T19:00:00.000Z');
  const which = await talk.say('tom', 'followup edit bins by:none');
  await talk.press('tom', 'This and all', which);
  expect(await due(talk)).toBe('2026-11-20');
  expect((await talk.say('tom', 'followup done bins')).text).toContain(
    'next one is due Thu 26 Nov.',
  );
});

it('Move all and "I\'m not in today" keep clock times that are still to come', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'followup add ring the school by:"today 3pm"');
  await talk.say('tom', 'today move friday');
  expect(await due(talk)).toBe('2026-11-20T15:00:00.000Z');
  talk.clock.set('2026-11-20T09:00:00Z');
  await talk.say('tom', 'today off');
  expect(await due(talk)).toBe('2026-11-23T15:00:00.000Z');
  talk.clock.set('2026-11-24T16:00:00Z');
  expect((await talk.say('tom', 'today move today')).text).toContain('Moved to Tue 24 Nov');
  expect(await due(talk)).toBe('2026-11-24');
});
