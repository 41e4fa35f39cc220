import { expect, it } from 'vitest';
import { newTalk, type Said, type Talk } from '../../fixtures/bot.ts';

/** The lines of an answer that are notes, promises or partners. */
const rowsOf = ({ reply }: Said) => (reply.card ?? []).filter(({ kind }) => kind === 'row');
const boldIn = (said: Said) =>
  rowsOf(said).flatMap((block) =>
    'text' in block ? block.text.flatMap((node) => ('bold' in node ? [node.bold] : [])) : [],
  );

async function withNotes(): Promise<Talk> {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Riverside Council"');
  await talk.say('grace', 'partner add "Oakfield School" aliases:"The Academy"');
  await talk.say('grace', 'log riverside council "met Jane about the leases" when:"2 Nov"');
  await talk.say('tom', 'log oakfield school "they want a share of the garden\'s café" when:"5 Nov"');
  await talk.say('maya', 'followup add "send the lease to Jane" with:"riverside council" by:27 Nov');
  return talk;
}

it('finds words in notes and promises, newest first, with what stands around them', async () => {
  const talk = await withNotes();
  const said = await talk.say('maya', 'find lease');
  expect(said.text).toBe(
    [
      'With lease, newest first:',
      'Wed 18 Nov · Riverside Council · our promise, by Fri 27 Nov, Maya: send the lease to Jane',
      'Mon 2 Nov · Riverside Council · Grace: met Jane about the leases',
    ].join('\n'),
  );
  expect(boldIn(said)).toEqual(['Riverside Council', 'lease', 'Riverside Council', 'leases']);
  expect(said.buttons).toEqual(['Show', 'Change…', 'Show']);
});

it.each([
  'find CAFE',
  'find gardens',
  'find gard',
  'find café garden',
  'find oakfield café',
  'find academy garden',
  'search for café',
  'when did we talk about the café?',
  'what did they say about the garden',
])('%s', async (line) => {
  const talk = await withNotes();
  const said = await talk.say('maya', line);
  expect(said.text).toContain("Oakfield School · Tom: they want a share of the garden's café");
  expect(rowsOf(said)).toHaveLength(1);
});

it('finds partners by their names, with what is noted about the name', async () => {
  const talk = await withNotes();
  const said = await talk.say('maya', 'find academy');
  expect(said.text).toBe('With academy:\nOakfield School');
  const shown = await talk.press('maya', 'Show', said);
  expect(shown.text).toContain('they want a share');
  const misspelt = await talk.say('maya', 'find oakfeild');
  expect(misspelt.text).toContain('Did you mean one of these?\nOakfield School');
});

it('says so when it finds nothing, and when the words say nothing', async () => {
  const talk = await withNotes();
  expect((await talk.say('maya', 'find zebra')).text).toBe(
    `I can't find "zebra" in any note, promise or partner's name that you can see. Try fewer words, or only the start of one.`,
  );
  expect((await talk.say('maya', 'find the')).text).toContain('is in nearly every note');
});
