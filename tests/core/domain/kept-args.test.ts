import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { keptArgs, MAX_BUTTON_ID_LENGTH } from '../../../src/core/domain/kept-args/kept-args.ts';
import { idOfButton } from '../../../src/core/message/button-id.ts';
import { buttonIn, newTalk } from '../../fixtures/bot.ts';

it('a form keeps args in the store that do not fit into its id, and gets them back when it is submitted', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Oakfield School"');
  const args = { form: 'yes', how: 'call', from: 'x'.repeat(MAX_BUTTON_ID_LENGTH) };
  const { form } = await talk.invoke('tom', 'log', args);
  const id = idOfButton({ command: 'log', args: form?.kept ?? {} });
  expect(id.length).toBeLessThanOrEqual(MAX_BUTTON_ID_LENGTH);
  expect(form?.kept).not.toHaveProperty('how');
  const said = await talk.submit('tom', form, { with: 'oakfield school', note: 'the fair' });
  expect(said.text).toMatch(/^Noted.*call/);
  expect(talk.errors).toEqual([]);
});

it('a button with kept args still says at once whether it opens a form', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Oakfield School"');
  const long = { with: 'oakfield school', by: 'blursday', note: 'x'.repeat(MAX_BUTTON_ID_LENGTH) };
  const wrong = await talk.invoke('tom', 'log', long);
  const fix = buttonIn(wrong, 'Fix');
  expect(fix.args).not.toHaveProperty('note');
  expect(talk.bot.mayNeedForm(fix)).toBe(true);
  // The missing args are in the store, so no form opens.
  const { form: _, ...args } = fix.args;
  expect(talk.bot.mayNeedForm({ command: 'log', args })).toBe(false);
  const { form } = await talk.press('tom', fix);
  expect(form?.fields.find(({ name }) => name === 'note')?.value).toBe(long.note);
});

it('of each person one file is kept: the button of an earlier preview has expired, and others keep theirs', async () => {
  const talk = await newTalk();
  const preview = (who: string, name: string) =>
    talk.invoke(who, 'partner import', { file: `name\n${name} ${'x'.repeat(90)}\n` });
  const first = await preview('tom', 'Oakfield School');
  const other = await preview('grace', 'Shelter');
  const second = await preview('tom', 'Oaks');
  const kept = await collect(talk.store.of(keptArgs).all({ index: 'byId' }));
  expect(kept).toHaveLength(2);
  expect((await talk.press('tom', 'Add 1 partner', first)).text).toContain('button has expired');
  expect((await talk.press('tom', 'Add 1 partner', second)).text).toContain('Added 1 partner');
  expect((await talk.press('grace', 'Add 1 partner', other)).text).toContain('Added 1 partner');
});
