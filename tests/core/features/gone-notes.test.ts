import { expect, it } from 'vitest';
import { newTalk } from '../../fixtures/bot.ts';

it('the answer to a note goes with it: Undo replaces it, and no Change is left', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'partner add "Oakfield School"');
  const noted = await talk.say(
    'tom',
    'log oakfield school met Jane next:"send the plan" by:friday',
  );
  const undone = await talk.press('tom', 'Undo', noted);
  expect(undone.text).toMatch(/^Undone: /);
  expect([undone.buttons, undone.reply.replaces]).toEqual([[], true]);
});

it.each([
  ['Change', /I no longer have that contact\. You can note it again with log/],
  ['Change the promise', /I no longer have that follow-up\. See what is open/],
])('%s of an older copy opens no form for what was undone', async (label, says) => {
  const talk = await newTalk();
  await talk.say('tom', 'partner add "Oakfield School"');
  const noted = await talk.say(
    'tom',
    'log oakfield school met Jane next:"send the plan" by:friday',
  );
  await talk.press('tom', 'Undo', noted);
  const said = await talk.press('tom', label, noted);
  expect(said.form).toBeUndefined();
  expect(said.text).toMatch(says);
  expect(said.text).not.toContain('#');
});

it('words in a form that was open when its note was undone can be noted again', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'partner add "Oakfield School"');
  const noted = await talk.say('tom', 'log oakfield school met Jane');
  const { form } = await talk.press('tom', 'Change', noted);
  await talk.press('tom', 'Undo', noted);
  const wrong = await talk.submit('tom', form, { note: 'met Jane and Ali', when: 'never' });
  expect(wrong.form?.fields.find(({ name }) => name === 'note')?.value).toBe('met Jane and Ali');
  const gone = await talk.submit('tom', form, { note: 'met Jane and Ali' });
  expect(gone.text).toContain('I no longer have that contact');
  const again = await talk.press('tom', 'Note it again', gone);
  const saved = await talk.submit('tom', again.form);
  expect(saved.text).toMatch(/^Noted, thanks\. Oakfield School: .*met Jane and Ali/);
  expect(talk.errors).toEqual([]);
});
