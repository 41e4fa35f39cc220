import { ApplicationCommandOptionType as Type } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { parseSlashCommand } from '../../../src/adapters/discord/input/slash-command.ts';
import { applicationCommands, LOG_THIS } from '../../../src/adapters/discord/manifest/manifest.ts';
import type { FilledOption } from '../../../src/adapters/discord/manifest/option.ts';
import { commandOf, slashOf } from '../../../src/adapters/discord/manifest/slash-name.ts';
import { capitalize } from '../../../src/core/base/text.ts';
import { allCommands } from '../../../src/core/bot/commands.ts';
import type { Arg } from '../../../src/core/command/args.ts';
import { type Command, defineCommand } from '../../../src/core/command/command.ts';
import { rich } from '../../../src/core/message/rich-text.ts';
import { type Json, listOf } from '../../doubles/json.ts';
import { expectCommands } from './expect-valid.ts';

const commands = allCommands();
const all = JSON.parse(JSON.stringify(applicationCommands(commands))) as Json[];

/** All slash commands with their options; `/convenor` takes whole lines. */
const called = all
  .filter(({ name, type }) => type === undefined && name !== 'convenor')
  .flatMap(({ name, options }) => {
    const beneath = listOf(options).filter(({ type }) => type === Type.Subcommand);
    return beneath.length > 0
      ? beneath.map((sub) => ({ name, subcommand: sub.name, options: listOf(sub.options) }))
      : [{ name, subcommand: undefined, options: listOf(options) }];
  }) as { name: string; subcommand: string | undefined; options: Json[] }[];

it('is accepted by Discord, and offered in servers and direct messages', () => {
  expectCommands(all);
  for (const command of all) {
    expect(command).toMatchObject({ contexts: [0, 1], integration_types: [0] });
  }
  expect(all.at(-1)).toMatchObject({ name: LOG_THIS, type: 3 });
});

it('asks for what a command cannot do without, if it is one thing; a form asks for more', () => {
  const asked = called.flatMap(({ name, subcommand, options }) =>
    options
      .filter(({ required }) => required)
      .map((one) => [[name, subcommand ?? ''].join(' ').trim(), one.name, one.autocomplete]),
  );
  expect(asked).toEqual([
    ['followup add', 'next', false],
    ...['done', 'later', 'skip', 'chased', 'edit', 'cancel'].map((sub) => [
      ...[`followup ${sub}`, 'which', true],
    ]),
    ['my interest', 'with', true],
    ['partner add', 'name', false],
    ['partner show', 'with', true],
    ['partner find', 'text', false],
    ['partner edit', 'with', true],
    ['partner archive', 'with', true],
    ['partner restore', 'name', true],
    ['partner unmerge', 'name', false],
    ['partner meeting', 'with', true],
    ['partner quiet-later', 'with', true],
    ['partner journey', 'with', true],
    ['partner sheet', 'with', true],
    ['person show', 'who', true],
    ['person left', 'who', true],
    ['prepare', 'with', true],
    ['find', 'words', false],
    ['digest schedule', 'channel', undefined],
    ['members by-hand', 'name', false],
    ['members print', 'who', undefined],
    ['members add', 'who', undefined],
    ['members new', 'who', undefined],
    ['members left', 'who', undefined],
    ['settings rule', 'every', true],
    ['data get', 'name', false],
    ['data erase', 'name', false],
  ]);
});

describe.each([...commands.values()].map((command) => [command.name, command] as const))(
  '%s',
  (name, command) => {
    // A command that only buttons use has no slash command.
    const isTyped = command.examples.length > 0;

    it(isTyped ? 'has exactly one slash command' : 'has no slash command', () => {
      const ways = called.filter(({ name: slash, subcommand }) => {
        const read = parseSlashCommand({ name: slash, subcommand, options: [] }, commands);
        return read?.command === name;
      });
      expect(ways).toHaveLength(isTyped ? 1 : 0);
      const [way] = ways;
      const { options, ...slash } = way ?? { options: [] };
      expect(slashOf(name, commands)).toEqual(isTyped ? slash : undefined);
      if (!isTyped) return;
      expect(commandOf(slash as never, commands)).toBe(command);
      const offered = Object.entries(command.args).filter(([, arg]) => !arg.fromButton);
      expect(options.map((option) => option.name)).toEqual(offered.map(([arg]) => arg));
    });
  },
);

it('offers nothing that only buttons can give, and says once what none does', () => {
  const texts = called.flatMap(({ options }) => options.map(({ description }) => `${description}`));
  expect(texts.filter((text) => /fills this in|without asking again/.test(text))).toEqual([]);
  expect(texts.filter((text) => (text.match(/\bnone\b/g) ?? []).length > 1)).toEqual([]);
});

it('the description of a group names whole commands', () => {
  const settings = all.find(({ name }) => name === 'settings');
  expect(settings?.description).toMatch(/^link-server, change, .*[a-z] and more$/);
});

it('every slash command leads to a command', () => {
  const lost = called.filter(({ name, subcommand }) => !commandOf({ name, subcommand }, commands));
  expect(lost).toEqual([]);
});

it.each([
  ['log', { name: 'log' }],
  ['followup add', { name: 'followup', subcommand: 'add' }],
  ['today', { name: 'today' }],
  ['today move', { name: 'followup', subcommand: 'move-all' }],
  ['me', { name: 'my', subcommand: 'settings' }],
  ['me data', { name: 'my', subcommand: 'data' }],
  ['members', { name: 'members', subcommand: 'list' }],
  ['member role', { name: 'members', subcommand: 'role' }],
  ['help me', { name: 'help-me' }],
  ['settings', { name: 'settings', subcommand: 'change' }],
  ['log change', undefined],
  ['nothing', undefined],
])('%s has the slash command %j', (command, slash) => {
  expect(slashOf(command, commands)).toEqual(slash);
});

it.each([
  { name: 'log', subcommand: 'add' },
  { name: 'nothing' },
  { name: 'followup', subcommand: 'gone' },
])('%j is no command', (slash) => {
  expect(parseSlashCommand({ ...slash, options: [] }, commands)).toBeUndefined();
});

it.each([
  [{ name: 'me' }, 'me'],
  [{ name: 'me-data' }, 'me data'],
  [{ name: 'members' }, 'members'],
  [{ name: 'member', subcommand: 'role' }, 'member role'],
  [{ name: 'today', subcommand: 'show' }, 'today'],
  [{ name: 'settings', subcommand: 'change' }, 'settings'],
  [{ name: 'keep', subcommand: 'notes' }, 'keep'],
  [{ name: 'hand', subcommand: 'back' }, 'hand back'],
])('%j, which an older version registered, is still %s', (slash, command) => {
  expect(parseSlashCommand({ ...slash, options: [] }, commands)?.command).toBe(command);
});

it('has few commands at the top, and none that Discord has itself', () => {
  const names = [...new Set(called.map(({ name }) => name))];
  expect(names.length).toBeLessThanOrEqual(20);
  expect(names).not.toContain('me');
});

it('offers `access` only to those who may manage the server', () => {
  const limited = all.filter(({ default_member_permissions: needed }) => needed !== undefined);
  expect(limited).toMatchObject([{ name: 'access', default_member_permissions: '32' }]);
});

/** A command with one arg, as Discord has it. */
function commandWith(arg: Arg): ReadonlyMap<string, Command> {
  const command = defineCommand({
    ...{ name: 'try', summary: 'Try it', examples: ['try'], args: { it: arg } },
    ...{ audience: 'actor', guard: 'ask for help' },
    run: async () => ({ text: rich`Tried.` }),
  });
  return new Map([[command.name, command]]);
}

describe('each kind of arg', () => {
  const summary = 'What it is';
  const typed = { type: Type.String, autocomplete: false };
  const offered = { type: Type.String, autocomplete: true };
  const picked = (...values: string[]) => ({
    type: Type.String,
    choices: values.map((value) => ({ name: capitalize(value), value })),
  });
  const many = Array.from({ length: 26 }, (_, at) => `choice-${at}`);

  it.each<[Arg, object, FilledOption['value'], string | undefined]>([
    [{ summary, kind: 'text' }, typed, 'Met Jane', 'Met Jane'],
    [{ summary, kind: 'zone' }, offered, 'Europe/London', 'Europe/London'],
    [{ summary, kind: 'followup' }, offered, '#gate', '#gate'],
    [{ summary, kind: 'partner' }, offered, '#oak', '#oak'],
    [{ summary, kind: 'date', tense: 'past' }, offered, 'friday', 'friday'],
    [{ summary, kind: 'time' }, offered, '9am', '9am'],
    [{ summary, kind: 'duration' }, offered, '6 weeks', '6 weeks'],
    [{ summary, kind: 'choice', choices: ['a', 'b'] }, picked('a', 'b'), 'b', 'b'],
    [
      { summary, kind: 'choice', choices: ['a'], clearable: true },
      picked('a', 'none'),
      'none',
      'none',
    ],
    [{ summary, kind: 'choice', choices: many }, offered, 'choice-25', 'choice-25'],
    [{ summary, kind: 'choices', choices: ['a', 'b'] }, offered, 'a, b', 'a, b'],
    [
      { summary, kind: 'number', min: 1, max: 9 },
      { type: Type.Integer, min_value: 1, max_value: 9 },
      3,
      '3',
    ],
    [{ summary, kind: 'number', min: 1, max: 9, clearable: true }, typed, 'none', 'none'],
    [{ summary, kind: 'flag' }, { type: Type.Boolean }, true, 'yes'],
    [{ summary, kind: 'flag' }, { type: Type.Boolean }, false, 'no'],
    [{ summary, kind: 'member' }, { type: Type.User }, '123', '<@123>'],
    [{ summary, kind: 'member', clearable: true }, offered, '<@123>', '<@123>'],
    [{ summary, kind: 'channel' }, { type: Type.Channel, channel_types: [0, 5] }, '123', '<#123>'],
    [{ summary, kind: 'role', clearable: true }, { type: Type.Role }, '123', '<@&123>'],
    [{ summary, kind: 'file' }, { type: Type.Attachment }, '123', undefined],
  ])('%j', (arg, wanted, value, raw) => {
    const [command] = applicationCommands(commandWith(arg)) as unknown[] as Json[];
    const [option] = listOf(command?.options);
    expect(option).toMatchObject(wanted);
    expectCommands([command as object]);
    const options = [{ name: 'it', type: Number(option?.type), value }];
    const said = parseSlashCommand({ name: 'try', options }, commandWith(arg));
    expect(said?.args.it).toBe(raw);
    expect(said?.files.it).toBe(arg.kind === 'file' ? value : undefined);
  });

  it('says when "none" removes a value', () => {
    const commands = commandWith({ summary, kind: 'date', tense: 'past', clearable: true });
    expect(JSON.stringify(applicationCommands(commands))).toContain('What it is; \\"none\\" takes');
  });

  it('ignores an option of an older version', () => {
    const options = [{ name: 'gone', type: Type.String, value: 'x' }];
    const said = parseSlashCommand(
      { name: 'try', options },
      commandWith({ summary, kind: 'text' }),
    );
    expect(said).toEqual({ command: 'try', args: {}, files: {} });
  });
});
