import { expect, it } from 'vitest';
import { idOfButton } from '../../src/core/button-id.ts';
import { LONGEST_ID } from '../../src/core/kept.ts';
import { newTalk } from '../fixtures/bot.ts';

it('a form carries by reference what its id has no room for, and has it again when it is sent', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Oakfield School"');
  const args = { form: 'yes', how: 'call', from: 'x'.repeat(LONGEST_ID) };
  const { form } = await talk.invoke('tom', 'log', args);
  const id = idOfButton({ command: 'log', args: form?.kept ?? {} });
  expect(id.length).toBeLessThanOrEqual(LONGEST_ID);
  expect(form?.kept).not.toHaveProperty('how');
  const said = await talk.submit('tom', form, { with: 'oakfield school', note: 'the fair' });
  expect(said.text).toMatch(/^Noted.*call/);
  expect(talk.errors).toEqual([]);
});
