import { Routes, ApplicationCommandOptionType as Type } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { type DiscordDouble, startDiscord } from './discord.ts';
import { errorCode, problemPaths, restClient } from './rest-client.ts';

let discord: DiscordDouble;
beforeAll(async () => {
  discord = await startDiscord();
});
afterAll(() => discord.close());

const everywhere = () => Routes.applicationCommands(discord.applicationId);
const put = (...body: Json[]) => restClient(discord).put(everywhere(), { body }) as Promise<Json[]>;

const x = (length: number) => 'x'.repeat(length);
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const command = (fields: Json = {}) => ({ name: 'log', description: 'Note a contact', ...fields });
const option = (fields: Json = {}) => ({
  type: Type.String,
  name: 'with',
  description: 'Whom',
  ...fields,
});
const choice = (index: number, fields: Json = {}) => ({
  name: `${index}`,
  value: `${index}`,
  ...fields,
});
const sub = (fields: Json = {}) => ({
  type: Type.Subcommand,
  name: 'add',
  description: 'Add',
  ...fields,
});
const taking = (...options: Json[]) => command({ options });
/** A command with this many letters in all: 19 options of 408, two of 105, and the rest. */
function ofLetters(letters: number): Json {
  const filling = times(21, (index) => {
    const choices = times(index < 19 ? 4 : 1, (at) => choice(at, { value: `${at}${x(99)}` }));
    return option({ name: `o${index + 10}`, description: 'd', choices });
  });
  const rest = letters - 17 - 19 * 408 - 2 * 105 - 3;
  return taking(...filling, option({ name: 'end', description: x(rest) }));
}

const limits: [string, (length: number) => Json[], number][] = [
  ['commands', (n) => times(n, (index) => command({ name: `c${index}` })), 100],
  [
    'commands in the menu of messages',
    (n) => times(n, (index) => ({ type: 3, name: `c${index}` })),
    15,
  ],
  ['name', (n) => [command({ name: x(n) })], 32],
  ['description', (n) => [command({ description: x(n) })], 100],
  ['options', (n) => [taking(...times(n, (index) => option({ name: `o${index}` })))], 25],
  ['name of an option', (n) => [taking(option({ name: x(n) }))], 32],
  ['description of an option', (n) => [taking(option({ description: x(n) }))], 100],
  ['choices', (n) => [taking(option({ choices: times(n, choice) }))], 25],
  ['name of a choice', (n) => [taking(option({ choices: [choice(1, { name: x(n) })] }))], 100],
  ['value of a choice', (n) => [taking(option({ choices: [choice(1, { value: x(n) })] }))], 100],
  ['longest text', (n) => [taking(option({ max_length: n }))], 6000],
  ['letters over all', (n) => [ofLetters(n)], 8000],
  ['subcommands', (n) => [taking(...times(n, (index) => sub({ name: `s${index}` })))], 25],
];

describe('what fits', () => {
  it.each(limits)('%s', async (_, commands, max) => {
    expect(await errorCode(put(...commands(max)))).toBe('nothing');
    expect(await errorCode(put(...commands(max + 1)))).toBe(50035);
  });
});

const wrong: [string, Json[], string][] = [
  ['a name with capitals', [command({ name: 'Log' })], '0.name'],
  ['a name with a space', [command({ name: 'log it' })], '0.name'],
  ['no description', [command({ description: '' })], '0.description'],
  ['the same name twice', [command(), command()], '1'],
  ['a key that is not known', [command({ summary: 'x' })], '0.summary'],
  ['options of a menu command', [{ type: 3, name: 'Log this', options: [option()] }], '0.options'],
  ['the same option twice', [taking(option(), option())], '0.options.1'],
  [
    'a needed option after another',
    [taking(option(), option({ name: 'b', required: true }))],
    '0.options.1',
  ],
  ['an option beside a subcommand', [taking(sub(), option())], '0.options'],
  [
    'an option with capitals in a subcommand',
    [taking(sub({ options: [option({ name: 'X' })] }))],
    '0.options.0.options.0.name',
  ],
  [
    'choices and autocomplete',
    [taking(option({ autocomplete: true, choices: [choice(1)] }))],
    '0.options.0.autocomplete',
  ],
  [
    'the same choice twice',
    [taking(option({ choices: [choice(1), choice(1)] }))],
    '0.options.0.choices.1',
  ],
  ['a kind of option that there is not', [taking(option({ type: 99 }))], '0.options.0.type'],
];

describe('what is refused', () => {
  it.each(wrong)('%s', async (_, commands, where) => {
    expect(await problemPaths(put(...commands))).toContain(where);
  });
});

it('commands take the place of those that were there, and keep their ids', async () => {
  const guild = discord.addGuild();
  const [first] = await put(command(), command({ name: 'today' }));
  const [again, ...others] = await put(command({ description: 'Anew' }));
  expect(again).toMatchObject({ id: first?.id, type: 1, description: 'Anew' });
  expect(others).toEqual([]);
  const own = Routes.applicationGuildCommands(discord.applicationId, guild.id);
  await restClient(discord).put(own, { body: [{ type: 3, name: 'Log this' }] });
  expect(await restClient(discord).get(own)).toMatchObject([
    { name: 'Log this', guild_id: guild.id },
  ]);
  expect(await restClient(discord).get(everywhere())).toMatchObject([{ name: 'log' }]);
  const other = Routes.applicationCommands('1');
  expect(await errorCode(restClient(discord).put(other, { body: [] }))).toBe(10002);
});
