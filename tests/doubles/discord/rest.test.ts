import {
  ChannelType,
  RESTJSONErrorCodes as Code,
  MessageFlags,
  type REST,
  Routes,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordDouble, startDiscord } from './discord.ts';
import { errorCode, problemPaths, restClient } from './rest-client.ts';
import type { Channel, Guild, User } from './world.ts';

let discord: DiscordDouble;
let rest: REST;
let guild: Guild;
let grace: User;
let tom: User;
let general: Channel;

beforeEach(async () => {
  discord = await startDiscord();
  rest = restClient(discord);
  guild = discord.addGuild('Riverside');
  grace = discord.addUser(guild, { name: 'Grace', owner: true });
  tom = discord.addUser(guild, { name: 'Tom' });
  general = discord.addChannel(guild, { name: 'general' });
});

afterEach(() => discord.close());

type Body = Record<string, unknown>;
const post = (channel: string, body: Body = { content: 'x' }) =>
  rest.post(Routes.channelMessages(channel), { body }) as Promise<{ id: string; nonce: string }>;
const direct = (user: string) =>
  rest.post(Routes.userChannels(), { body: { recipient_id: user } }) as Promise<{ id: string }>;
const thread = (body: Body) =>
  rest.post(Routes.threads(general.id), { body }) as Promise<{ id: string; type: number }>;

describe('messages', () => {
  it('are posted, edited and deleted, and seen by users who see the channel', async () => {
    const hidden = discord.addChannel(guild, { kind: 'private', members: [grace] });
    discord.invite(hidden, 'app');
    const { id } = await post(hidden.id, { content: 'One' });
    expect(discord.sees(grace, hidden)).toMatchObject([{ id, words: 'One', edited: false }]);
    expect(discord.sees(tom, hidden)).toEqual([]);
    await rest.patch(Routes.channelMessage(hidden.id, id), { body: { content: 'Two' } });
    expect(discord.sees(grace, hidden)).toMatchObject([{ id, words: 'Two', edited: true }]);
    await rest.delete(Routes.channelMessage(hidden.id, id));
    expect(discord.sees(grace, hidden)).toEqual([]);
    expect(discord.posted()).toMatchObject([{ id, words: 'Two' }]);
    expect(discord.violations).toEqual([]);
  });

  it('show their words, buttons and options at any depth', async () => {
    const text = (content: string) => ({ type: 10, content });
    const button = { type: 2, style: 1, custom_id: 'b', label: 'Done' };
    const menu = { type: 3, custom_id: 'm', options: [{ label: 'Later', value: 'l' }] };
    const components = [
      {
        type: 17,
        components: [text('Yours'), { type: 9, components: [text('Ring')], accessory: button }],
      },
      { type: 1, components: [menu] },
    ];
    await post(general.id, { flags: MessageFlags.IsComponentsV2, components });
    expect(discord.sees(tom, general)).toMatchObject([
      { words: 'Yours\nRing', buttons: ['Done'], options: ['Later'] },
    ]);
  });

  it('list their mentions, and notify only the allowed ones', async () => {
    const content = `<@${tom.id}> @everyone <#${general.id}> \`<@${grace.id}>\` \\<@${grace.id}>`;
    await post(general.id, { content });
    await post(general.id, { content, allowed_mentions: { parse: [] } });
    await post(general.id, { content, allowed_mentions: { parse: [], users: [tom.id] } });
    const mentions = [`<@${tom.id}>`, '@everyone', `<#${general.id}>`];
    expect(discord.sees(tom, general)).toMatchObject([
      { mentions, pings: [tom.id, 'everyone'] },
      { mentions, pings: [] },
      { mentions, pings: [tom.id] },
    ]);
  });

  it('are posted once for an enforced nonce, for some minutes', async () => {
    const once = { content: 'x', nonce: 'k1', enforce_nonce: true };
    const { id, nonce } = await post(general.id, once);
    expect(nonce).toBe('k1');
    expect((await post(general.id, once)).id).toBe(id);
    expect((await post(general.id, { ...once, enforce_nonce: false })).id).not.toBe(id);
    discord.world.pass(10 * 60_000);
    expect((await post(general.id, once)).id).not.toBe(id);
    expect(discord.posted()).toHaveLength(3);
  });

  it('are read in pages, newest first', async () => {
    const ids: string[] = [];
    for (const content of ['1', '2', '3', '4', '5'])
      ids.push((await post(general.id, { content })).id);
    const read = async (query: Record<string, string>) => {
      const found = await rest.get(Routes.channelMessages(general.id), {
        query: new URLSearchParams(query),
      });
      return (found as { content: string }[]).map(({ content }) => content).join('');
    };
    const third = ids[2] ?? '';
    expect(await read({})).toBe('54321');
    expect(await read({ limit: '2' })).toBe('54');
    expect(await read({ before: third, limit: '1' })).toBe('2');
    expect(await read({ after: third, limit: '1' })).toBe('4');
    expect(await read({ around: third, limit: '3' })).toBe('432');
    expect(await problemPaths(rest.get(`${Routes.channelMessages(general.id)}?limit=101`))).toEqual(
      ['limit'],
    );
  });

  it('of others cannot be edited, nor deleted ones', async () => {
    const theirs = discord.say(tom, general, 'Mine');
    const patch = (id: string) =>
      errorCode(rest.patch(Routes.channelMessage(general.id, id), { body: { content: 'x' } }));
    expect(await patch(theirs.id)).toBe(Code.CannotEditMessageAuthoredByAnotherUser);
    const { id } = await post(general.id);
    for (const seen of discord.sees(tom, general)) discord.erase(seen);
    expect(await patch(id)).toBe(Code.UnknownMessage);
  });

  it('are refused where the app may not write', async () => {
    const elsewhere = discord.addChannel(discord.addGuild('Elsewhere', { installed: false }));
    const hidden = discord.addChannel(guild, { kind: 'private' });
    const silent = discord.addChannel(guild);
    discord.forbid(silent, 'SendMessages');
    expect(await errorCode(post('1'))).toBe(Code.UnknownChannel);
    expect(await errorCode(post(elsewhere.id))).toBe(Code.MissingAccess);
    expect(await errorCode(post(hidden.id))).toBe(Code.MissingAccess);
    expect(await errorCode(post(silent.id))).toBe(Code.MissingPermissions);
    discord.permit(silent, 'SendMessages');
    expect(await errorCode(post(silent.id))).toBe('nothing');
    discord.deleteChannel(silent);
    expect(await errorCode(post(silent.id))).toBe(Code.UnknownChannel);
    discord.uninstall(guild);
    expect(await errorCode(post(general.id))).toBe(Code.MissingAccess);
    expect(discord.violations).toEqual([]);
  });
});

describe('direct messages', () => {
  it('reach users who accept them', async () => {
    const { id } = await direct(tom.id);
    expect((await direct(tom.id)).id).toBe(id);
    await post(id, { content: 'Hello' });
    expect(discord.sees(tom, discord.directOf(tom))).toMatchObject([{ words: 'Hello' }]);
    expect(discord.sees(grace, discord.directOf(tom))).toEqual([]);
  });

  it('do not reach users who closed them or share no server', async () => {
    const { id } = await direct(tom.id);
    tom.direct = 'closed';
    expect(await errorCode(post(id))).toBe(Code.CannotSendMessagesToThisUser);
    tom.direct = 'open';
    discord.depart(guild, tom);
    expect(await errorCode(post(id))).toBe(
      Code.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
    );
    expect(await errorCode(direct('1'))).toBe(Code.InvalidRecipients);
    expect(discord.violations).toEqual([]);
  });
});

describe('threads', () => {
  it('that are private are seen by their members', async () => {
    const { id, type } = await thread({ name: 'For Tom', type: ChannelType.PrivateThread });
    expect(type).toBe(ChannelType.PrivateThread);
    await post(id, { content: 'Yours' });
    expect(discord.threads(tom, general)).toEqual([]);
    await rest.put(Routes.threadMembers(id, tom.id));
    const [mine] = discord.threads(tom, general);
    expect(mine && discord.sees(tom, mine)).toMatchObject([{ words: 'Yours' }]);
    const nina = discord.addUser(guild, { name: 'Nina' });
    expect(discord.threads(nina, general)).toEqual([]);
    // A user who manages threads sees them all.
    expect(discord.threads(grace, general)).toHaveLength(1);
    await rest.delete(Routes.threadMembers(id, tom.id));
    expect(discord.threads(tom, general)).toEqual([]);
  });

  it('that are archived are opened by a message, and not otherwise', async () => {
    const { id } = await thread({ name: 'For Tom' });
    const message = await post(id);
    const [one] = discord.threads(grace, general);
    if (one) discord.archive(one);
    const edit = rest.patch(Routes.channelMessage(id, message.id), { body: { content: 'x' } });
    expect(await errorCode(edit)).toBe(Code.InvalidActionOnArchivedThread);
    const add = rest.put(Routes.threadMembers(id, tom.id));
    expect(await errorCode(add)).toBe(Code.InvalidActionOnArchivedThread);
    await post(id);
    expect(one?.archived).toBe(false);
  });

  it('need permissions, and members of the server', async () => {
    const { id } = await thread({ name: 'For Tom' });
    discord.depart(guild, tom);
    expect(await errorCode(rest.put(Routes.threadMembers(id, tom.id)))).toBe(Code.UnknownMember);
    expect(await errorCode(rest.put(Routes.threadMembers(id, '1')))).toBe(Code.UnknownUser);
    discord.forbid(general, 'SendMessagesInThreads');
    expect(await errorCode(post(id))).toBe(Code.MissingPermissions);
    discord.forbid(general, 'CreatePrivateThreads');
    expect(await errorCode(thread({ name: 'x' }))).toBe(Code.MissingPermissions);
    expect(await problemPaths(thread({ type: 12 }))).toContain('name');
  });
});

it('a guild shows its members, roles and channels while the app is in it', async () => {
  const role = discord.addRole(guild, { name: 'Board', permissions: ['ManageGuild'] });
  const nina = discord.addUser(guild, { name: 'Nina', roles: [role], nick: 'Nin' });
  const member = (id: string) => rest.get(Routes.guildMember(guild.id, id));
  expect(await rest.get(Routes.guild(guild.id))).toMatchObject({
    name: 'Riverside',
    owner_id: grace.id,
  });
  expect(await rest.get(Routes.guildRoles(guild.id))).toMatchObject([
    { id: guild.id, name: '@everyone' },
    { name: 'Convenor', managed: true },
    { id: role.id, name: 'Board', permissions: '32' },
  ]);
  expect(await rest.get(Routes.guildChannels(guild.id))).toMatchObject([{ id: general.id }]);
  expect(await member(nina.id)).toMatchObject({
    nick: 'Nin',
    roles: [role.id],
    user: { global_name: 'Nina', username: 'nina' },
  });
  discord.take(guild, nina, role);
  expect(await member(nina.id)).toMatchObject({ roles: [] });
  discord.depart(guild, nina);
  expect(await errorCode(member(nina.id))).toBe(Code.UnknownMember);
  expect(await errorCode(member('1'))).toBe(Code.UnknownUser);
  discord.uninstall(guild);
  expect(await errorCode(member(tom.id))).toBe(Code.UnknownGuild);
});

describe('requests', () => {
  it('need the token', async () => {
    const stranger = restClient(discord, 'stranger');
    expect(await errorCode(stranger.get(Routes.user('@me')))).toBe(0);
    expect(discord.calls.at(-1)).toMatchObject({ method: 'get_my_user', status: 401 });
  });

  it('to unknown paths are violations', async () => {
    const address = `${discord.apiUrl}/v10/channels/${general.id}/messages`;
    const authorization = `Bot ${discord.botToken}`;
    const broken = await fetch(address, { method: 'POST', body: '{', headers: { authorization } });
    expect(await broken.json()).toMatchObject({ code: Code.RequestBodyContainsInvalidJSON });
    expect(await errorCode(rest.get('/voice/regions'))).toBe(Code.GeneralError);
    expect(discord.violations).toHaveLength(2);
  });
});

describe('faults', () => {
  it('apply to the next requests, in one channel or in all', async () => {
    const { faults } = discord;
    faults.next('create_message', { error: Code.MissingAccess }, { channel: general.id });
    faults.next('create_message', 'server error', { times: 2 });
    const other = discord.addChannel(guild);
    expect(await errorCode(post(other.id))).toBe('HTTPError');
    expect(await errorCode(post(general.id))).toBe(Code.MissingAccess);
    expect(await errorCode(post(general.id))).toBe('HTTPError');
    expect(await errorCode(post(general.id))).toBe('nothing');
    faults.next('create_message', 'bad gateway');
    faults.clear();
    expect(await errorCode(post(general.id))).toBe('nothing');
    expect(() => faults.next('post_message', 'server error')).toThrow('no operation');
    expect(() => faults.next('create_message', { error: 1 })).toThrow('no error 1.');
  });

  it('limit the rate as Discord does', async () => {
    discord.faults.next('create_message', { rateLimited: 7 });
    const error = await post(general.id).catch((one) => one);
    expect(error).toMatchObject({ name: 'RateLimitError[/channels/:id/messages]', global: false });
    expect(error.retryAfter).toBeGreaterThan(5000);
    discord.faults.next('get_my_user', { rateLimited: 7, global: true });
    expect(await rest.get(Routes.user('@me')).catch((one) => one)).toMatchObject({ global: true });
  });

  it('lose the request, or only its answer', async () => {
    discord.faults.next('create_message', 'lost call');
    expect(await errorCode(post(general.id))).not.toBe('nothing');
    expect(discord.posted()).toHaveLength(0);
    discord.faults.next('create_message', 'lost answer');
    expect(await errorCode(post(general.id))).not.toBe('nothing');
    expect(discord.posted()).toHaveLength(1);
  });
});
