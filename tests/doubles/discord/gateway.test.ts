import {
  type Client,
  Events,
  GatewayIntentBits as Intents,
  type Interaction,
  Routes,
} from 'discord.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { readyClient } from './client.ts';
import { type DiscordDouble, startDiscord } from './discord.ts';
import type { Channel, Guild, User } from './world.ts';

let discord: DiscordDouble;
let guild: Guild;
let tom: User;
let general: Channel;
const clients: Client[] = [];

beforeEach(async () => {
  discord = await startDiscord();
  guild = discord.addGuild('Riverside');
  tom = discord.addUser(guild, { name: 'Tom' });
  general = discord.addChannel(guild, { name: 'general' });
});

afterEach(async () => {
  expect(discord.violations).toEqual([]);
  for (const client of clients.splice(0)) await client.destroy();
  await discord.close();
});

async function connected(
  ...given: Parameters<typeof readyClient> extends [unknown, ...infer Rest] ? Rest : never
) {
  const client = await readyClient(discord, ...given);
  clients.push(client);
  return client;
}

/** A client that answers `/hello` with the number of its shard. */
const greeting = (client: Client) =>
  client.on(Events.InteractionCreate, async (interaction: Interaction) => {
    if (interaction.isChatInputCommand())
      await interaction.reply(`Hello from ${interaction.guild?.shardId ?? 0}`);
  });
const declare = (client: Client<true>) =>
  client.rest.put(Routes.applicationCommands(discord.applicationId), {
    body: [{ name: 'hello', description: 'Hello' }],
  });
const greeted = async (channel = general) =>
  (await (await discord.as(tom, channel).slash('hello')).reply()).words;

it('the real client connects, sees its guilds, and leaves', async () => {
  const client = await connected();
  expect(client.user.username).toBe('convenor');
  expect(client.application.id).toBe(discord.applicationId);
  const seen = client.guilds.cache.get(guild.id);
  expect(seen?.name).toBe('Riverside');
  expect(seen?.channels.cache.get(general.id)?.name).toBe('general');
  expect(seen?.members.me?.permissions.has('SendMessages')).toBe(true);
  expect(discord.gateway.ready).toBe(1);
  await client.destroy();
  await discord.until('the end', () => discord.gateway.ready === 0 || undefined);
  expect(discord.gateway.sessions.size).toBe(0);
});

it('a session is resumed, and missed events come then', async () => {
  const client = await connected(greeting);
  await declare(client);
  for (const cut of [
    () => discord.gateway.drop(),
    () => discord.gateway.reconnect(),
    () => discord.gateway.drop(4000),
  ]) {
    const { resumed } = discord.gateway.counts;
    cut();
    await discord.until('the cut', () => discord.gateway.ready === 0 || undefined);
    const { id } = discord.addGuild('Missed');
    await discord.until('what was missed', () => client.guilds.cache.get(id), 15_000);
    expect(await greeted()).toBe('Hello from 0');
    expect(discord.gateway.counts).toEqual({ identified: 1, resumed: resumed + 1 });
  }
});

it('after an invalid session the client starts a new one', async () => {
  const client = await connected(greeting);
  await declare(client);
  const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
  discord.gateway.invalidate(true);
  await resumed;
  expect(discord.gateway.counts).toEqual({ identified: 1, resumed: 1 });
  discord.gateway.invalidate();
  await discord.until('a new session', () => discord.gateway.counts.identified === 2 || undefined);
  expect(await greeted()).toBe('Hello from 0');
});

it('a wrong token is refused', async () => {
  const wrong = { ...discord, botToken: 'MTIz.wrong.token' };
  await expect(readyClient(wrong)).rejects.toThrow('token');
});

it('each guild belongs to its shard, and direct messages to the first', async () => {
  const client = await connected(greeting, { shardCount: 3 });
  await declare(client);
  expect(discord.gateway.ready).toBe(3);
  for (let index = 0; index < 6; index += 1) {
    const other = discord.addGuild(`Number ${index}`);
    discord.join(other, tom);
    const shard = Number((BigInt(other.id) >> 22n) % 3n);
    expect(await greeted(discord.addChannel(other))).toBe(`Hello from ${shard}`);
    discord.world.pass(1);
  }
  expect(await greeted(discord.directOf(tom))).toBe('Hello from 0');
});

it('guilds are added and removed', async () => {
  const client = await connected();
  const received: string[] = [];
  client.on(Events.GuildCreate, ({ name }) => received.push(`+${name}`));
  client.on(Events.GuildDelete, ({ name }) => received.push(`-${name}`));
  client.on(Events.GuildUnavailable, ({ name }) => received.push(`?${name}`));
  client.on(Events.ChannelDelete, (channel) =>
    received.push(`-#${'name' in channel && channel.name}`),
  );
  discord.addGuild('Oakfield');
  discord.addChannel(discord.addGuild('Elsewhere', { installed: false }));
  discord.outage(guild);
  discord.restore(guild);
  discord.deleteChannel(discord.addChannel(guild, { name: 'gone' }));
  discord.uninstall(guild);
  await discord.until('it all', () => received.includes('-Riverside') || undefined);
  expect(received).toEqual(['+Oakfield', '?Riverside', '-#gone', '-Riverside']);
});

it('messages come with the right intent, without their content', async () => {
  const received: string[] = [];
  const intents = [Intents.Guilds, Intents.GuildMessages, Intents.DirectMessages];
  const listening = await connected(
    (one) => one.on(Events.MessageCreate, ({ content }) => received.push(content)),
    { intents },
  );
  await connected((one) => one.on(Events.MessageCreate, () => received.push('deaf')));
  discord.say(tom, general, 'Secret');
  discord.say(tom, general, `<@${listening.user.id}> hello`);
  discord.say(tom, discord.directOf(tom), 'Hello');
  await discord.until('the messages', () => received.length >= 2 || undefined);
  expect(received.filter((words) => words !== 'Hello')).toEqual([
    '',
    `<@${listening.user.id}> hello`,
  ]);
});

it('a reply notifies the author of the message, and an edit is an event of its own', async () => {
  const received: string[] = [];
  const intents = [Intents.Guilds, Intents.GuildMessages];
  const listening = await connected(
    (one) =>
      one
        .on(Events.MessageCreate, ({ content, type }) => received.push(`${type} ${content}`))
        .on(Events.MessageUpdate, (_, { content }) => received.push(`edited ${content}`)),
    { intents },
  );
  const { id } = listening.user;
  const theirs = discord.say(discord.world.users.get(id) ?? tom, general, 'Hello');
  const said = discord.say(tom, general, 'Thanks', { replyTo: theirs });
  discord.edit(said, `<@${id}> thanks`);
  await discord.until('the messages', () => received.length >= 3 || undefined);
  expect(received.slice(1)).toEqual(['19 Thanks', `edited <@${id}> thanks`]);
});

/** The code with which the gateway closes a connection after these payloads. */
async function closedWith(...payloads: unknown[]): Promise<number> {
  const socket = new WebSocket(`${discord.apiUrl.replace('http', 'ws')}?v=10&encoding=json`);
  await new Promise((resolve) => socket.once('message', resolve));
  for (const payload of payloads)
    socket.send(typeof payload === 'string' ? payload : JSON.stringify(payload));
  return new Promise((resolve) => socket.once('close', resolve));
}

it('a wrong payload ends the connection', async () => {
  const identify = (fields: object) => ({
    op: 2,
    d: { token: discord.botToken, intents: 1, ...fields },
  });
  expect(await closedWith('{')).toBe(4002);
  expect(await closedWith({ op: 3, d: {} })).toBe(4003);
  expect(await closedWith(identify({ token: 'x' }))).toBe(4004);
  expect(await closedWith(identify({}), identify({}))).toBe(4005);
  expect(await closedWith(identify({ shard: [2, 2] }))).toBe(4010);
  expect(await closedWith(identify({ intents: 1 << 30 }))).toBe(4013);
  expect(await closedWith(identify({ intents: Intents.MessageContent }))).toBe(4014);
  expect(await closedWith(identify({}), { op: 99 })).toBe(4001);
  expect(await closedWith(identify({ properties: 'x'.repeat(5000) }))).toBe(4002);
  expect(await closedWith(...Array.from({ length: 121 }, () => ({ op: 1, d: null })))).toBe(4008);
  expect(discord.violations.splice(0)).toHaveLength(9);
});
