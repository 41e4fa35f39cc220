import { expect, it } from 'vitest';
import { newTalk } from '../../fixtures/bot.ts';

it('lists mine, everyone’s, late and theirs', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'followup add mine one by:friday');
  await talk.say('maya', 'followup add hers two by:friday');
  await talk.say('tom', 'followup add theirs three by:friday whose:theirs');
  expect((await talk.say('tom', 'followup list')).text).toContain('2 follow-ups with you');
  expect((await talk.say('tom', 'followup list everyone')).text).toMatch(/hers two.*Maya/);
  expect((await talk.say('tom', 'followup list theirs')).text).toContain('theirs three');
  expect((await talk.say('tom', 'followup list theirs')).text).not.toContain('mine one');
  expect((await talk.say('tom', 'followup list late')).text).toContain('Nothing is late');
  talk.clock.move({ days: 3 });
  expect((await talk.say('tom', 'followup list late')).text).toContain('3 follow-ups late');
});

it('finds a follow-up by its words, asks when several fit, and says when none does', async () => {
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

it('the question which one is meant keeps all that was typed', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'followup add send the budget by:friday');
  await talk.say('tom', 'followup add send the minutes by:friday');
  const which = await talk.say('tom', 'followup later send the by:"14 Dec 2026"');
  const moved = await talk.press('tom', 'send the minutes', which);
  expect(moved.text).toContain('Put off: send the minutes, now by Mon 14 Dec');
});

it('nothing lands on anybody unasked, except by a coordinator', async () => {
  const talk = await newTalk();
  await talk.say('maya', 'followup add send the plan by:friday who:Tom');
  expect((await talk.say('tom', 'followup list')).text).toContain('Nothing open');
  expect((await talk.say('maya', 'followup list')).text).toContain('asked Tom');
  await talk.say('grace', 'followup add book the hall by:friday who:Tom');
  expect((await talk.say('tom', 'followup list')).text).toContain('book the hall');
});

it('a member may not close what is somebody else’s; a worker may', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'followup add send the plan by:friday');
  expect((await talk.say('maya', 'followup done plan')).text).toContain('That one is with Grace');
  expect((await talk.say('tom', 'followup done plan')).text).toContain('Done, thank you');
});

it('Later offers what fits most days, and a date; pressed twice it is done once', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'followup add send the plan by:friday');
  const list = await talk.say('tom', 'followup list');
  const when = await talk.press('tom', 'Later', list);
  expect(when.buttons).toEqual(['In 20 minutes', 'Tomorrow', 'Next week', 'A date…']);
  const moved = await talk.press('tom', 'Tomorrow', when);
  expect(moved.text).toContain('now by Thu 19 Nov');
  const form = await talk.press('tom', 'A date…', when);
  expect(form.form?.fields.map((field) => field.name)).toEqual(['by']);
  const past = await talk.submit('tom', form.form, { by: '1 Nov 2026' });
  expect(past.form?.fields[0]?.problem).toContain('has been');
  expect((await talk.submit('tom', form.form, { by: '14 Dec' })).text).toContain(
    'now by Mon 14 Dec',
  );
});

it('a request answered twice, or after it was settled, changes nothing', async () => {
  const talk = await newTalk();
  await talk.say('maya', 'followup add send the plan by:friday who:Tom');
  const today = await talk.say('tom', 'today');
  expect(today.text).toContain('Maya asks you to take: send the plan');
  expect((await talk.press('tom', 'Yes', today)).text).toContain('is yours now');
  expect((await talk.press('tom', 'Yes', today)).text).toContain('yours already');
  expect((await talk.press('tom', "Sorry, can't", today)).text).toContain('yours already');
  await talk.say('tom', 'followup done plan');
  expect((await talk.press('tom', 'Yes', today)).text).toContain('has been done meanwhile');
});

it('somebody tied to a partner does not see what others promised there', async () => {
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
