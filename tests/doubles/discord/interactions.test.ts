import {
  type APIModalInteractionResponseCallbackData,
  type ChatInputCommandInteraction,
  type Client,
  RESTJSONErrorCodes as Code,
  Events,
  type Interaction,
  MessageFlags,
  Routes,
} from 'discord.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readyClient } from './client.ts';
import { type DiscordDouble, startDiscord } from './discord.ts';
import { refused } from './rest-client.ts';
import type { Channel, Guild, User } from './world.ts';

let discord: DiscordDouble;
let client: Client;
let guild: Guild;
let tom: User;
let grace: User;
let general: Channel;
/** What the app does with whatever comes. */
let handle: (interaction: Interaction) => Promise<unknown>;
let failed: unknown[] = [];

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

beforeAll(async () => {
  discord = await startDiscord();
  guild = discord.addGuild('Riverside');
  grace = discord.addUser(guild, { name: 'Grace', owner: true });
  tom = discord.addUser(guild, { name: 'Tom' });
  client = await readyClient(discord, (one) =>
    one.on(Events.InteractionCreate, (interaction) => {
      handle(interaction).catch((error) => failed.push(error));
    }),
  );
  const route = Routes.applicationCommands(discord.applicationId);
  await client.rest.put(route, { body: commands });
});

afterAll(async () => {
  await client.destroy();
  await discord.close();
});

beforeEach(() => {
  general = discord.addChannel(guild, { name: 'general' });
  discord.invite(general, 'app');
  failed = [];
});

afterEach(() => {
  expect(failed).toEqual([]);
  expect(discord.violations.splice(0)).toEqual([]);
});

/** The app answers slash commands so, and nothing else. */
function onCommand(answer: (call: ChatInputCommandInteraction) => Promise<unknown>) {
  handle = async (interaction) => {
    if (interaction.isChatInputCommand()) await answer(interaction);
  };
}
const button = { type: 2, style: 1, custom_id: 'done', label: 'Done' } as const;
const menu = {
  type: 3,
  custom_id: 'act',
  placeholder: 'Act…',
  options: [
    { label: 'Later', value: 'later' },
    { label: 'Ask someone', value: 'ask' },
  ],
} as const;
const rows = [
  { type: 1, components: [button] },
  { type: 1, components: [menu] },
] as const;
const modal: APIModalInteractionResponseCallbackData = {
  title: 'Log',
  custom_id: 'form',
  components: [
    { type: 10, content: 'Whatever you know.' },
    {
      type: 18,
      label: 'What happened?',
      description: 'In short',
      component: { type: 4, style: 2, custom_id: 'note', max_length: 10 },
    },
    {
      type: 18,
      label: 'How?',
      component: {
        type: 3,
        custom_id: 'how',
        required: false,
        options: [
          { label: 'A call', value: 'call', default: true },
          { label: 'A visit', value: 'visit' },
        ],
      },
    },
    { type: 18, label: 'Whose?', component: { type: 5, custom_id: 'who', required: false } },
    { type: 18, label: 'A list', component: { type: 19, custom_id: 'list', required: false } },
  ],
};

describe('a command', () => {
  it('is answered for its user alone, or for all', async () => {
    onCommand(async (call) => {
      const isPrivate = call.options.getString('with') === 'me';
      await call.reply({
        content: 'Noted',
        ...(isPrivate && { flags: MessageFlags.Ephemeral }),
      });
    });
    const mine = await discord.as(tom, general).slash('log', { with: 'me' });
    expect(mine).toMatchObject({ kind: 'message', ephemeral: true });
    expect(discord.sees(tom, general)).toMatchObject([{ words: 'Noted', ephemeral: true }]);
    expect(discord.sees(grace, general)).toEqual([]);
    const [seen] = discord.sees(tom, general);
    const reach = client.rest.get(Routes.channelMessage(general.id, seen?.id ?? ''));
    expect(await refused(reach)).toBe(Code.UnknownMessage);
    const open = await discord.as(tom, general).slash('log');
    expect(open).toMatchObject({ kind: 'message', ephemeral: false });
    expect(discord.sees(grace, general)).toMatchObject([{ words: 'Noted' }]);
  });

  it('brings its options along, with whom and what they name', async () => {
    const board = discord.addRole(guild, { name: 'Board' });
    const told: unknown[] = [];
    onCommand(async (call) => {
      const { options } = call;
      told.push(
        options.getString('how'),
        options.getBoolean('noreply'),
        options.getInteger('count'),
      );
      told.push(options.getUser('who')?.displayName, options.getRole('board')?.name);
      told.push(options.getChannel('where')?.name, call.memberPermissions?.has('SendMessages'));
      await call.reply('Noted');
    });
    const options = { how: 'A call', noreply: true, count: 2, who: grace, board, where: general };
    await discord.as(tom, general).slash('log', options);
    expect(told).toEqual(['call', true, 2, 'Grace', 'Board', 'general', true]);
  });

  it('brings files along, to be fetched', async () => {
    onCommand(async (call) => {
      const file = call.options.getAttachment('list', true);
      await call.reply(`${file.name}: ${await (await fetch(file.url)).text()}`);
    });
    const list = { name: 'partners.csv', text: 'Riverside Council' };
    const outcome = await discord.as(tom, general).slash('log', { list });
    expect((await outcome.reply()).words).toBe('partners.csv: Riverside Council');
  });

  it('has subcommands, and works in direct messages', async () => {
    onCommand(async (call) => {
      const { options, guildId } = call;
      await call.reply(`${options.getSubcommand()} ${options.getString('name')} ${guildId}`);
    });
    const outcome = await discord.as(tom).slash('partner add', { name: 'School' });
    expect((await outcome.reply()).words).toBe('add School null');
    expect(discord.sees(tom, discord.directOf(tom))).toHaveLength(1);
  });

  it('goes as Discord lets it go, or not at all', async () => {
    const slash = (name: string, options = {}, who = tom, where = general) =>
      discord.as(who, where).slash(name, options);
    await expect(slash('lock')).rejects.toThrow('no command "lock"');
    await expect(slash('partner')).rejects.toThrow('not whole');
    await expect(slash('partner drop')).rejects.toThrow('no "drop"');
    await expect(slash('partner add')).rejects.toThrow('only with "name"');
    await expect(slash('log', { whom: 'x' })).rejects.toThrow('no option "whom"');
    await expect(slash('log', { how: 'smoke' })).rejects.toThrow('A call');
    await expect(slash('log', { count: 6 })).rejects.toThrow('out of range');
    await expect(slash('log', { note: 'x'.repeat(21) })).rejects.toThrow('0 to 20 letters');
    await expect(slash('log', { who: 'Grace' })).rejects.toThrow('none such');
    await expect(slash('server')).rejects.toThrow('lacks');
    await expect(slash('server', {}, grace, discord.directOf(grace))).rejects.toThrow('contexts');
    const hidden = discord.addChannel(guild, { kind: 'private', members: [grace] });
    await expect(slash('log', {}, tom, hidden)).rejects.toThrow('may use no commands');
    const stranger = discord.addUser(discord.addGuild('Elsewhere', { installed: false }));
    await expect(slash('log', {}, stranger, discord.directOf(stranger))).rejects.toThrow(
      'no server',
    );
  });

  it('may be thought about, answered, rewritten and followed up', async () => {
    onCommand(async (call) => {
      await call.deferReply({ flags: MessageFlags.Ephemeral });
      await call.editReply('One');
      await call.followUp('For all');
      const mine = await call.followUp({ content: 'More', flags: MessageFlags.Ephemeral });
      await call.editReply({ message: mine.id, content: 'Even more' });
      await call.editReply('Two');
    });
    const outcome = await discord.as(tom, general).slash('log');
    expect(outcome).toMatchObject({ kind: 'deferred', ephemeral: true });
    await discord.until('it all', () => outcome.replies[0]?.words === 'Two' || undefined);
    expect(outcome.replies).toMatchObject([
      { words: 'Two', ephemeral: true, edited: true },
      { words: 'For all', ephemeral: false },
      { words: 'Even more', ephemeral: true, edited: true },
    ]);
    expect(discord.sees(grace, general)).toMatchObject([{ words: 'For all' }]);
  });

  it('that is thought about is first followed up in that very place', async () => {
    onCommand(async (call) => {
      await call.deferReply({ flags: MessageFlags.Ephemeral });
      await call.followUp('One');
      await call.followUp('Two');
      await call.deleteReply();
    });
    const outcome = await discord.as(tom, general).slash('log');
    expect(discord.sees(tom, general)[0]).toMatchObject({ ephemeral: true });
    await discord.until('the rest', () => discord.sees(grace, general).length === 1 || undefined);
    await discord.until('the end', () => discord.sees(tom, general).length === 1 || undefined);
    expect(outcome.replies.map(({ words, ephemeral }) => [words, ephemeral])).toEqual([
      ['One', true],
      ['Two', false],
    ]);
  });

  it('is suggested to while somebody types', async () => {
    handle = async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const { name, value } = interaction.options.getFocused(true);
      const how = interaction.options.getString('how');
      await interaction.respond([{ name: `${name} ${value} ${how}`, value: 'p1' }]);
    };
    const person = discord.as(tom, general);
    const choices = await person.suggest('log', 'with', 'riv', { how: 'A call' });
    expect(choices).toEqual([{ name: 'with riv call', value: 'p1' }]);
    await expect(person.suggest('log', 'note', 'x')).rejects.toThrow('asks nobody');
  });

  it('in the menu of a message brings the message along', async () => {
    handle = async (interaction) => {
      if (!interaction.isMessageContextMenuCommand()) return;
      const { content, author } = interaction.targetMessage;
      await interaction.reply(`${author.displayName}: ${content}`);
    };
    const said = discord.say(grace, general, 'The council agreed');
    const outcome = await discord.as(tom, general).shortcut('Log this', said);
    expect((await outcome.reply()).words).toBe('Grace: The council agreed');
  });
});

describe('a message', () => {
  it('is changed by its buttons and menus', async () => {
    handle = async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.reply({ content: 'Yours', components: rows });
      if (interaction.isButton()) await interaction.update({ content: 'Done', components: [] });
      if (interaction.isStringSelectMenu()) {
        await interaction.deferUpdate();
        await interaction.editReply(`Picked ${interaction.values}`);
        await interaction.followUp({ content: 'And more', flags: MessageFlags.Ephemeral });
      }
    };
    const person = discord.as(tom, general);
    const asked = await (await person.slash('log')).reply();
    expect(asked).toMatchObject({ buttons: ['Done'], options: ['Later', 'Ask someone'] });
    const picked = await person.pick(asked, 'Act…', 'Ask someone');
    expect(picked.kind).toBe('deferred update');
    expect(await picked.reply()).toMatchObject({ id: asked.id, words: 'Picked ask', edited: true });
    await discord.until('more', () => picked.replies[1]);
    const pressed = await discord.as(grace, general).press(asked, 'Done');
    expect(pressed.kind).toBe('update');
    expect(await pressed.reply()).toMatchObject({ id: asked.id, words: 'Done', buttons: [] });
    await expect(discord.as(tom, general).press(asked, 'Undo')).rejects.toThrow('[Done]');
    await expect(discord.as(tom, general).pick(asked, 'Act…', 'Never')).rejects.toThrow(
      'Later, Ask someone',
    );
  });

  it('lets people be picked', async () => {
    const users = { type: 5, custom_id: 'who', placeholder: 'Whose?', max_values: 2 } as const;
    handle = async (interaction) => {
      const components = [{ type: 1, components: [users] }] as const;
      if (interaction.isChatInputCommand()) await interaction.reply({ components });
      if (interaction.isUserSelectMenu())
        await interaction.reply(interaction.users.map((user) => user.displayName).join());
    };
    const person = discord.as(tom, general);
    const asked = await (await person.slash('log')).reply();
    const picked = await person.pick(asked, 'Whose?', [grace, tom]);
    expect((await picked.reply()).words).toBe('Grace,Tom');
  });

  it('that is private is changed by its user, and pressed by nobody else', async () => {
    handle = async (interaction) => {
      const answer = { content: 'Yours', components: rows, flags: MessageFlags.Ephemeral } as const;
      if (interaction.isChatInputCommand()) await interaction.reply(answer);
      if (interaction.isButton()) await interaction.update({ content: 'Done', components: [] });
    };
    const asked = await (await discord.as(tom, general).slash('log')).reply();
    await expect(discord.as(grace, general).press(asked, 'Done')).rejects.toThrow('does not see');
    const pressed = await discord.as(tom, general).press(asked, 'Done');
    expect(await pressed.reply()).toMatchObject({ id: asked.id, words: 'Done', ephemeral: true });
  });
});

describe('a form', () => {
  it('opens, keeps what is preset, and brings back what was filled in', async () => {
    const told: unknown[] = [];
    handle = async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.showModal(modal);
      if (!interaction.isModalSubmit()) return;
      const { fields } = interaction;
      told.push(fields.getTextInputValue('note'), fields.getStringSelectValues('how'));
      told.push(fields.getSelectedUsers('who')?.first()?.displayName);
      told.push(fields.getUploadedFiles('list')?.first()?.name);
      await interaction.reply({ content: 'Noted', flags: MessageFlags.Ephemeral });
    };
    const person = discord.as(tom, general);
    const outcome = await person.slash('log');
    expect(outcome.kind).toBe('modal');
    const form = await outcome.modal();
    expect(form).toMatchObject({
      title: 'Log',
      labels: ['What happened?', 'How?', 'Whose?', 'A list'],
    });
    expect(form.words).toContain('Whatever you know.');
    await expect(person.submit(form)).rejects.toThrow('only with "What happened?"');
    await expect(person.submit(form, { Note: 'x' })).rejects.toThrow('no input "Note"');
    const long = person.submit(form, { 'What happened?': 'x'.repeat(11) });
    await expect(long).rejects.toThrow('more than 10 letters');
    expect(discord.modal(tom)).toBeDefined();
    const sent = await person.submit(form, {
      'What happened?': 'Met Jane',
      'Whose?': grace,
      'A list': { name: 'a.csv', text: 'x' },
    });
    expect(told).toEqual(['Met Jane', ['call'], 'Grace', 'a.csv']);
    expect(await sent.reply()).toMatchObject({ words: 'Noted', ephemeral: true });
    expect(discord.modal(tom)).toBeUndefined();
    await expect(person.submit(form)).rejects.toThrow('no longer open');
  });

  it('that a button opened may change the message it stood in', async () => {
    handle = async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.reply({ content: 'Yours', components: rows });
      if (interaction.isButton()) await interaction.showModal(modal);
      if (interaction.isModalSubmit() && interaction.isFromMessage())
        await interaction.update({
          content: interaction.fields.getTextInputValue('note'),
          components: [],
        });
    };
    const person = discord.as(tom, general);
    const asked = await (await person.slash('log')).reply();
    const form = await (await person.press(asked, 'Done')).modal();
    const sent = await person.submit(form, { 'What happened?': 'It is done', 'How?': 'A visit' });
    expect(await sent.reply()).toMatchObject({ id: asked.id, words: 'It is done' });
  });

  it('is not shown to nobody: what comes too late, or twice, is refused', async () => {
    const codes: unknown[] = [];
    onCommand(async (call) => {
      await call.showModal(modal);
      codes.push(
        await refused(
          client.rest.post(Routes.interactionCallback(call.id, call.token), {
            body: { type: 4, data: { content: 'x' } },
          }),
        ),
      );
    });
    const form = await (await discord.as(tom, general).slash('log')).modal();
    discord.as(tom, general).close(form);
    expect(discord.modal(tom)).toBeUndefined();
    await discord.until('the second answer', () => codes[0]);
    expect(codes).toEqual([Code.InteractionHasAlreadyBeenAcknowledged]);
  });
});

describe('time', () => {
  it('runs out after 3 s', async () => {
    const codes: unknown[] = [];
    onCommand(async (call) => {
      discord.world.pass(3500);
      codes.push(await refused(call.reply('Late')));
      codes.push(await refused(call.followUp('Late')));
    });
    const slash = discord.as(tom, general).slash('log');
    await expect(slash).rejects.toThrow('did not respond');
    await discord.until('the refusals', () => codes[1]);
    expect(codes[0]).toBe(Code.UnknownInteraction);
  });

  it('runs out for more after 15 minutes; through the channel an open answer is still reached', async () => {
    let call: ChatInputCommandInteraction | undefined;
    onCommand(async (one) => {
      await one.reply('Noted');
      call = one;
    });
    const outcome = await discord.as(tom, general).slash('log');
    const { id } = await outcome.reply();
    const answered = await discord.until('the app to go on', () => call);
    discord.world.pass(15 * 60_000 + 1);
    expect(await refused(answered.editReply('x'))).toBe(Code.InvalidWebhookToken);
    expect(await refused(answered.followUp('x'))).toBe(Code.InvalidWebhookToken);
    await client.rest.patch(Routes.channelMessage(general.id, id), { body: { content: 'Anew' } });
    expect((await outcome.reply()).words).toBe('Anew');
  });

  it('does not matter to what comes again: it is the same thing', async () => {
    const codes: unknown[] = [];
    onCommand(async (call) => void codes.push(await refused(call.reply('Noted'))));
    const { parcel } = await discord.as(tom, general).slash('log');
    for (let again = 0; again < 100; again += 1) discord.redeliver(parcel);
    await discord.until('all', () => codes.length === 101 || undefined);
    expect(new Set(codes.slice(1))).toEqual(new Set([Code.InteractionHasAlreadyBeenAcknowledged]));
    expect(discord.sees(tom, general)).toHaveLength(1);
  });
});

it('what is malformed can be sent too, and answered', async () => {
  onCommand(async (call) => call.reply(String(call.options.getString('note'))));
  const { parcel } = await discord.as(tom, general).slash('log', { note: 'One' });
  const outcome = discord.forge(parcel, ({ data }) => {
    Object.assign(data as object, { options: [{ name: 'note', type: 3, value: 'Forged' }] });
  });
  expect((await outcome.reply()).words).toBe('Forged');
  expect(outcome.parcel.interaction.id).not.toBe(parcel.interaction.id);
});
