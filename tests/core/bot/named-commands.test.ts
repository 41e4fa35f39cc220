import { expect, it } from 'vitest';
import { allCommands } from '../../../src/core/bot/commands.ts';
import { bold, commandText, plainText, rich } from '../../../src/core/message/rich-text.ts';
import { plainCommandIn } from '../../fixtures/named-commands.ts';

it('no declaration names a command as plain words', () => {
  const texts = [...allCommands().values()].flatMap(({ name, summary, submit, args }) => [
    { where: name, text: summary },
    { where: name, text: submit ?? '' },
    ...Object.entries(args).flatMap(([arg, { summary: about, ask, emptied }]) =>
      [about, ask ?? '', emptied ?? ''].map((text) => ({ where: `${name} ${arg}`, text })),
    ),
  ]);
  expect(texts.filter(({ text }) => plainCommandIn(text))).toEqual([]);
});

it.each([
  [rich`See them with partner list.`, 'partner list'],
  [rich`See them with ${bold('partner list')}.`, 'partner list'],
  [rich`Type help to see everything.`, 'Type help'],
  [rich`Type "today".`, 'Type "today'],
  [rich`They say ${bold('help')} to me.`, 'say *help'],
  [rich`See them with ${commandText('partner list')}.`, undefined],
  [rich`I don't know "partner list it".`, undefined],
  [rich`A member left, and I agree with history.`, undefined],
])('the check of all texts finds a command in plain words (%#)', (text, found) => {
  expect(plainCommandIn(text)).toBe(found);
});

it('a command in a text that shows no markup is the line to type', () => {
  const text = rich`See ${commandText('partner list', 'archived:yes')}, or ${commandText('help')}.`;
  expect(plainText(text, 'UTC')).toBe('See partner list archived:yes, or help.');
});

it('every form has a title in plain words, which Slack shows whole', () => {
  const withForm = [...allCommands().values()].filter(({ args }) =>
    Object.values(args).some(({ ask }) => ask !== undefined),
  );
  const wrong = withForm.filter(
    ({ name, title = '' }) =>
      title === '' || title.length > 24 || title.toLowerCase() === name.toLowerCase(),
  );
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

it('no hint of a field repeats its label', () => {
  const wordsIn = (text: string) => new Set(text.toLowerCase().match(/[a-z]{4,}/g) ?? []);
  const repeated = [...allCommands().values()].flatMap(({ name, args }) =>
    Object.entries(args).flatMap(([arg, { ask, summary, hint = summary }]) => {
      const said = wordsIn(ask ?? '');
      const isNew = [...wordsIn(hint)].some((word) => !said.has(word));
      return ask === undefined || hint === '' || isNew ? [] : [`${name} ${arg}: ${hint}`];
    }),
  );
  expect(repeated).toEqual([]);
});
