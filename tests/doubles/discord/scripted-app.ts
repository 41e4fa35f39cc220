import {
  type ChatInputCommandInteraction,
  type Client,
  Events,
  type Interaction,
  Routes,
} from 'discord.js';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { readyClient } from './client.ts';
import { type DiscordDouble, startDiscord } from './discord.ts';
import type { Channel, Guild, User } from './world.ts';

const commands = [
  {
    name: 'log',
    description: 'Note a contact',
    options: [
      { type: 3, name: 'with', description: 'Whom', autocomplete: true },
      { type: 3, name: 'how', description: 'How', choices: [{ name: 'A call', value: 'call' }] },
      { type: 6, name: 'who', description: 'Whose' },
      { type: 7, name: 'where', description: 'Where' },
      { type: 8, name: 'board', description: 'Which' },
      { type: 5, name: 'noreply', description: 'In vain' },
      { type: 11, name: 'list', description: 'A file' },
      { type: 4, name: 'count', description: 'How many', min_value: 1, max_value: 5 },
      { type: 3, name: 'note', description: 'What', max_length: 20 },
    ],
  },
  {
    name: 'partner',
    description: 'Partners',
    options: [
      {
        type: 1,
        name: 'add',
        description: 'Add one',
        options: [{ type: 3, name: 'name', description: 'Its name', required: true }],
      },
    ],
  },
  { name: 'server', description: 'In servers', contexts: [0], default_member_permissions: '32' },
  { type: 3, name: 'Log this' },
];

/** A plain discord.js app on a Discord double of its own, which does what a test says. */
export interface ScriptedApp {
  discord: DiscordDouble;
  client: Client<true>;
  guild: Guild;
  /** The guild's owner. */
  grace: User;
  tom: User;
  /** Sets what the app does with every interaction. */
  on(handle: (interaction: Interaction) => Promise<unknown>): void;
  /** Sets how the app answers slash commands; it ignores everything else. */
  onCommand(answer: (call: ChatInputCommandInteraction) => Promise<unknown>): void;
  /** Errors and violations since the last call. */
  wrong(): unknown[];
  close(): Promise<void>;
}

async function scriptedApp(): Promise<ScriptedApp> {
  const discord = await startDiscord();
  const guild = discord.addGuild('Riverside');
  const grace = discord.addUser(guild, { name: 'Grace', owner: true });
  const tom = discord.addUser(guild, { name: 'Tom' });
  const failed: unknown[] = [];
  let handle: (interaction: Interaction) => Promise<unknown> = async () => {};
  const client = await readyClient(discord, (one) =>
    one.on(Events.InteractionCreate, (interaction) => {
      handle(interaction).catch((error) => failed.push(error));
    }),
  );
  const route = Routes.applicationCommands(discord.applicationId);
  await client.rest.put(route, { body: commands });
  return {
    ...{ discord, client, guild, grace, tom },
    on(next) {
      handle = next;
    },
    onCommand(answer) {
      handle = async (interaction) => {
        if (interaction.isChatInputCommand()) await answer(interaction);
      };
    },
    wrong: () => [...failed.splice(0), ...discord.violations.splice(0)],
    async close() {
      await client.destroy();
      await discord.close();
    },
  };
}

/** One app for all tests of a file, and a new channel for each test. Every test expects no errors. */
export function useScriptedApp(): { readonly app: ScriptedApp; readonly general: Channel } {
  let app: ScriptedApp;
  let general: Channel;
  beforeAll(async () => {
    app = await scriptedApp();
    return () => app.close();
  });
  beforeEach(() => {
    general = app.discord.addChannel(app.guild, { name: 'general' });
  });
  afterEach(() => expect(app.wrong()).toEqual([]));
  return {
    get app() {
      return app;
    },
    get general() {
      return general;
    },
  };
}
