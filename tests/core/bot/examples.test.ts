import { expect, it } from 'vitest';
import { memberCommands } from '../../../src/core/features/members/commands.ts';
import { notificationPreferenceCommands } from '../../../src/core/features/notification-preferences/commands.ts';
import { partnerCommands } from '../../../src/core/features/partners/commands.ts';
import { quietCommands } from '../../../src/core/features/quiet/commands.ts';
import { settingsCommands } from '../../../src/core/features/settings/commands.ts';
import { newTalk } from '../../fixtures/bot.ts';

const commands = [
  ...partnerCommands,
  ...quietCommands,
  ...settingsCommands,
  ...memberCommands,
  ...notificationPreferenceCommands,
];
const examples = commands.flatMap(({ examples }) => examples);

it.each(examples)('%s', async (line) => {
  const talk = await newTalk();
  const names = ['Riverside Council', 'Campaign for Better Transport'];
  const adding = line.startsWith('partner add');
  for (const name of adding ? names : [...names, 'Oakfield School', 'Local Trust']) {
    await talk.say('grace', `partner add "${name}"`);
  }
  if (line.includes('restore')) await talk.say('grace', `partner archive ${names[1]}`);
  // Nobody puts off what nobody has spoken with.
  await talk.say('grace', 'log oakfield school when:2026-09-01');
  const said = await talk.say('grace', line);
  expect(said.buttons).not.toContain('Fix');
  expect(said.buttons).not.toContain('Cancel');
  expect(said.text).not.toMatch(/Nothing has changed|don't know|I find nobody/);
  expect(talk.errors).toEqual([]);
});

it.each(commands.map((command) => [command.name, command] as const))(
  '%s is said in a line everywhere',
  (_, { summary, args }) => {
    const lines = [summary, ...Object.values(args).map((arg) => arg.summary)];
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(100);
    const asked = Object.values(args).filter(({ ask }) => ask !== undefined);
    expect(asked.length).toBeLessThanOrEqual(5);
    for (const { ask } of asked) expect(ask?.length).toBeLessThanOrEqual(45);
  },
);
