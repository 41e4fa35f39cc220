import { PermissionFlagsBits as May } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { discordUserOf } from '../../../src/adapters/discord/input/discord-user.ts';
import {
  readAutocomplete,
  readButtonPress,
  readFormSubmission,
  readInteraction,
  readShortcut,
  readSlashCommand,
} from '../../../src/adapters/discord/input/read-payload.ts';
import { profileIn } from '../../../src/adapters/discord/profile-of.ts';

const user = { id: '100000000000000001', username: 'ann', global_name: 'Ann' };
const shared = {
  id: '200000000000000001',
  token: 'to.ken',
  application_id: '300000000000000001',
  guild_id: '400000000000000001',
  channel_id: '500000000000000001',
  member: { user, nick: null, roles: [], permissions: '0' },
};
const direct = { ...shared, guild_id: undefined, member: undefined, user };
const command = { ...shared, type: 2, data: { type: 1, name: 'me' } };

describe('a slash command', () => {
  it('knows where and by whom it was typed, and has its key from the interaction', () => {
    expect(readSlashCommand(command)).toMatchObject({
      key: 'discord-200000000000000001',
      guild: '400000000000000001',
      user: user.id,
      users: [{ id: user.id, name: 'Ann', roles: [] }],
      slash: { name: 'me', subcommand: undefined, options: [] },
    });
    expect(readSlashCommand({ ...command, ...direct })).toMatchObject({ guild: undefined });
  });

  it('has its options, also of a subcommand, with mentions in the bot’s form', () => {
    const options = [{ name: 'next', type: 3, value: 'ring <@!100000000000000002>' }];
    const under = [{ name: 'add', type: 1, options }];
    const data = { type: 1, name: 'followup', options: under };
    expect(readSlashCommand({ ...command, data })?.slash).toEqual({
      name: 'followup',
      subcommand: 'add',
      options: [{ name: 'next', type: 3, value: 'ring <@100000000000000002>' }],
    });
  });

  it.each([
    ['member', { user: { id: { $ne: null } }, roles: [] }],
    ['guild_id', '../x'],
    ['channel_id', 7],
    ['token', '../callback?x='],
    ['data', null],
    ['member', undefined],
    // Somebody whose roles cannot be read would seem to have lost the one that let them in.
    ['member', { user, nick: null, permissions: '0' }],
    ['member', { user, nick: null, roles: [], permissions: 'x' }],
  ])('is ignored when %s is %j', (name, value) => {
    expect(readSlashCommand({ ...command, [name]: value })).toBeUndefined();
  });

  it('gets an answer, however odd it is, when an answer is possible', () => {
    expect(readInteraction({ ...shared, type: 2, data: 7 })).toMatchObject({
      id: shared.id,
      type: 2,
    });
    expect(readInteraction({ ...shared, type: 2, token: undefined })).toBeUndefined();
    expect(readInteraction(null)).toBeUndefined();
  });
});

it('knows the option that is being typed', () => {
  const options = [
    { name: 'with', type: 3, value: 'river', focused: true },
    { name: 'note', type: 3, value: 'met' },
  ];
  const typed = { ...shared, type: 4, data: { name: 'log', options } };
  expect(readAutocomplete(typed)).toMatchObject({
    arg: 'with',
    typed: 'river',
    slash: { name: 'log' },
  });
});

it('a pressed button is on a message', () => {
  const message = { id: '600000000000000001', components: [{ type: 10, content: 'Hello' }] };
  const data = { custom_id: 'v1.help.', component_type: 2 };
  expect(readButtonPress({ ...shared, type: 3, data, message })).toMatchObject({
    sourceMessage: message.id,
    pressed: { customId: 'v1.help.' },
  });
});

it('a form may come from a message, or from a command', () => {
  const data = { custom_id: 'form.log.', components: [{ type: 18 }, { type: 10 }] };
  const sent = { ...shared, type: 5, data };
  expect(readFormSubmission(sent)).toMatchObject({ isForm: true, sourceMessage: undefined });
  const message = { id: '600000000000000001' };
  expect(readFormSubmission({ ...sent, message })?.sourceMessage).toBe(message.id);
});

describe('"Log this"', () => {
  const target = '600000000000000001';
  const message = { id: target, content: 'We met <@!1>', author: { ...user, username: 'ann' } };
  const log = (members: object) => {
    const resolved = { messages: { [target]: message }, users: { [user.id]: user }, members };
    const data = { type: 3, name: 'Log this', target_id: target, resolved };
    return readShortcut({ ...shared, type: 2, data })?.message;
  };

  it('knows the words, the author by their server name, and the link', () => {
    expect(log({})).toEqual({
      text: 'We met <@1>',
      author: 'Ann',
      link: `https://discord.com/channels/${shared.guild_id}/${shared.channel_id}/${target}`,
    });
  });
});

describe("a user's standing", () => {
  const standing = (more: object, bot = false) => {
    const membership = { nick: null, roles: ['1', '2'], permissions: undefined, ...more };
    return profileIn({ workspace: '1', admits: '7' }, discordUserOf({ ...user, bot }, membership))
      .standing;
  };
  it.each([
    ['visitor', {}],
    ['full', { roles: ['1', '7'] }],
    ['owner', { permissions: `${May.ManageGuild}` }],
    ['owner', { permissions: `${May.Administrator | May.ViewChannel}`, roles: ['7'] }],
    ['visitor', { permissions: `${May.ManageRoles | May.ManageChannels}` }],
  ])('%s: %j', (expected, more) => {
    expect(standing(more)).toBe(expected);
  });

  it('a bot, and a user without a member, get nothing', () => {
    expect(standing({ permissions: `${May.Administrator}` }, true)).toBe('guest');
    expect(profileIn({ workspace: '1', admits: '7' }, discordUserOf(user)).standing).toBe('guest');
    expect(
      profileIn({ workspace: '7', admits: '7' }, discordUserOf(user, { roles: [] })).standing,
    ).toBe('full');
  });

  it('everybody is a visitor before a role is chosen', () => {
    const membership = { nick: 'Annie', roles: ['1'], permissions: '0' };
    expect(profileIn({ workspace: '1', admits: null }, discordUserOf(user, membership))).toEqual({
      name: 'Annie',
      zone: null,
      standing: 'visitor',
      admits: null,
    });
  });
});
