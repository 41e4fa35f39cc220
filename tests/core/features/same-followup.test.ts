import { expect, it } from 'vitest';
import { newTalk } from '../../fixtures/bot.ts';

const listed = (text: string, title: string) => text.split(title).length - 1;

it('a promise that is on the list already is not added again unasked', async () => {
  const talk = await newTalk();
  await talk.say('maya', 'ring school friday');
  const said = await talk.say('maya', 'Ring school friday');
  expect(said.text).toBe(
    "That's on your list already: ring school by Fri 20 Nov. I haven't added it again.",
  );
  expect(said.buttons).toEqual(['Make another', 'Change that one', 'Cancel']);
  expect(listed((await talk.say('maya', 'followup list')).text, 'ring school')).toBe(1);
  const another = await talk.press('maya', 'Make another', said);
  expect(another.text).toContain('Noted. Yours to do: Ring school by Fri 20 Nov.');
  await talk.press('maya', 'Make another', said);
  const list = (await talk.say('maya', 'followup list')).text;
  expect(listed(list.toLowerCase(), 'ring school')).toBe(2);
});

it('another day, partner, time or owner is another promise', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add Groundwork');
  await talk.say('grace', 'followup add ring school by:friday');
  for (const line of [
    'followup add ring school by:saturday',
    'followup add ring school by:friday with:Groundwork',
    'followup add ring school by:"friday 3pm"',
    'followup add ring school by:friday who:Tom',
    'followup add ring school by:friday whose:theirs',
    'followup add ring school repeat:"every friday"',
  ])
    expect((await talk.say('grace', line)).text).not.toContain('already');
  expect((await talk.say('grace', 'followup add ring school by:friday who:Tom')).text).toContain(
    "That's on Tom's list already",
  );
});

it('what was done is not in the way', async () => {
  const talk = await newTalk();
  await talk.say('maya', 'followup add ring school by:friday');
  await talk.say('maya', 'followup done ring school');
  expect((await talk.say('maya', 'followup add ring school by:friday')).text).toContain('Noted');
});

it('of two partners the one that is not picked stays in the words', async () => {
  const talk = await newTalk();
  for (const name of ['Groundwork', 'Oakfield School', 'Riverside Council'])
    await talk.say('grace', `partner add "${name}"`);
  const line = 'followup add mend gate by:friday with:Groundwork and the Oakfield School';
  const said = await talk.press('maya', 'Groundwork', await talk.say('maya', line));
  expect(said.text).toContain(
    'Noted (Groundwork). Yours to do: mend gate, with Oakfield School by',
  );
  const three =
    'followup add lend tools by:friday with:Groundwork, Riverside Council and Oakfield School';
  const other = await talk.press('maya', 'Riverside Council', await talk.say('maya', three));
  expect(other.text).toContain('lend tools, with Groundwork and Oakfield School by');
});
