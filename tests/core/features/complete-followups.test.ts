import { expect, it } from 'vitest';
import { newTalk, profileOf, type Talk } from '../../fixtures/bot.ts';

/** The titles of follow-ups that a line is completed with. */
async function titles(talk: Talk, user: string, line: string): Promise<string[]> {
  const actor = { platform: 'test', workspace: talk.workspace, user };
  const profile = talk.profiles[user];
  const found = await talk.bot.complete(line, { partnership: talk.id, actor, profile });
  return found.map(({ label }) => label).filter((label) => label !== 'which:');
}

it('a line about a follow-up is completed with open titles, the own ones first', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'followup add oil the gate by:friday');
  await talk.say('tom', 'followup add paint the gate by:monday');
  await talk.say('grace', 'followup add lock the gate by:friday');
  expect((await titles(talk, 'tom', 'followup done ')).sort()).toEqual([
    'oil the gate',
    'paint the gate',
  ]);
  expect(await titles(talk, 'tom', '/followup later gate pai')).toEqual(['paint the gate']);
  expect(await titles(talk, 'tom', 'followup done lock')).toEqual(['lock the gate']);
  expect(await titles(talk, 'tom', 'followup done zebra')).toEqual([]);
  expect(await titles(talk, 'tom', 'partner show gate')).not.toContain('oil the gate');

  await talk.say('tom', 'followup done oil the gate');
  expect(await titles(talk, 'tom', 'followup done oil')).toEqual([]);
});

it('nobody is offered the title of a follow-up that is hidden from them', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Oakfield School"');
  const line = 'log oakfield school met the head private:me next:"mend the fence" by:friday';
  await talk.say('grace', line);
  await talk.say('grace', 'followup add ask for the hall with:"oakfield school" by:friday');
  expect(await titles(talk, 'grace', 'followup done mend')).toEqual(['mend the fence']);
  expect(await titles(talk, 'tom', 'followup done mend')).toEqual([]);
  expect(await titles(talk, 'tom', 'followup done ask')).toEqual(['ask for the hall']);

  await talk.say('maya', 'today');
  await talk.say('grace', 'member tie @Maya oakfield school');
  expect(await titles(talk, 'maya', 'followup done ask')).toEqual([]);
  talk.profiles.tom = profileOf('Tom', { standing: 'guest' });
  expect(await titles(talk, 'tom', 'followup done ask')).toEqual([]);
});
