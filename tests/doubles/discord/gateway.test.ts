import { type Client, Events, MessageFlags, Routes, SlashCommandBuilder } from 'discord.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
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

it('the real client connects, answers a command, and leaves', async () => {
  const client = await readyClient(discord, (one) =>
    one.on(Events.InteractionCreate, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.reply({
        content: `Hello ${interaction.options.getString('with')}`,
        flags: MessageFlags.Ephemeral,
      });
    }),
  );
  clients.push(client);
  const log = new SlashCommandBuilder()
    .setName('log')
    .setDescription('Log')
    .addStringOption((o) => o.setName('with').setDescription('With'));
  await client.rest.put(Routes.applicationCommands(client.application.id), {
    body: [log.toJSON()],
  });
  expect(client.guilds.cache.get(guild.id)?.name).toBe('Riverside');
  const outcome = await discord.as(tom, general).slash('log', { with: 'Jane' });
  expect(outcome).toMatchObject({ kind: 'message', ephemeral: true });
  expect((await outcome.reply()).words).toBe('Hello Jane');
  expect(discord.sees(tom, general)).toMatchObject([{ words: 'Hello Jane', ephemeral: true }]);
});
