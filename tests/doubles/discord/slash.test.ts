import { RESTJSONErrorCodes as Code, MessageFlags, Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { errorCode } from './rest-client.ts';
import { useScriptedApp } from './scripted-app.ts';

const here = useScriptedApp();

describe('a command', () => {
  it('is answered for its user only, or for everybody', async () => {
    const { client, discord, grace, tom } = here.app;
    here.app.onCommand(async (call) => {
      const isPrivate = call.options.getString('with') === 'me';
      await call.reply({
        content: 'Noted',
        ...(isPrivate && { flags: MessageFlags.Ephemeral }),
      });
    });
    const mine = await discord.as(tom, here.general).slash('log', { with: 'me' });
    expect(mine).toMatchObject({ kind: 'message', ephemeral: true });
    expect(discord.sees(tom, here.general)).toMatchObject([{ words: 'Noted', ephemeral: true }]);
    expect(discord.sees(grace, here.general)).toEqual([]);
    const [seen] = discord.sees(tom, here.general);
    const reach = client.rest.get(Routes.channelMessage(here.general.id, seen?.id ?? ''));
    expect(await errorCode(reach)).toBe(Code.UnknownMessage);
    const open = await discord.as(tom, here.general).slash('log');
    expect(open).toMatchObject({ kind: 'message', ephemeral: false });
    expect(discord.sees(grace, here.general)).toMatchObject([{ words: 'Noted' }]);
  });

  it('carries its options, with the users, channels and roles that they name', async () => {
    const { discord, grace, guild, tom } = here.app;
    const board = discord.addRole(guild, { name: 'Board' });
    const received: unknown[] = [];
    here.app.onCommand(async (call) => {
      const { options } = call;
      received.push(
        options.getString('how'),
        options.getBoolean('noreply'),
        options.getInteger('count'),
      );
      received.push(options.getUser('who')?.displayName, options.getRole('board')?.name);
      received.push(options.getChannel('where')?.name, call.memberPermissions?.has('SendMessages'));
      await call.reply('Noted');
    });
    const options = {
      how: 'A call',
      noreply: true,
      count: 2,
      who: grace,
      board,
      where: here.general,
    };
    await discord.as(tom, here.general).slash('log', options);
    expect(received).toEqual(['call', true, 2, 'Grace', 'Board', 'general', true]);
  });

  it('carries files that the app can fetch', async () => {
    const { discord, tom } = here.app;
    here.app.onCommand(async (call) => {
      const file = call.options.getAttachment('list', true);
      await call.reply(`${file.name}: ${await (await fetch(file.url)).text()}`);
    });
    const list = { name: 'partners.csv', text: 'Riverside Council' };
    const outcome = await discord.as(tom, here.general).slash('log', { list });
    expect((await outcome.reply()).words).toBe('partners.csv: Riverside Council');
  });

  it('has subcommands, and works in direct messages', async () => {
    const { discord, tom } = here.app;
    here.app.onCommand(async (call) => {
      const { options, guildId } = call;
      await call.reply(`${options.getSubcommand()} ${options.getString('name')} ${guildId}`);
    });
    const outcome = await discord.as(tom).slash('partner add', { name: 'School' });
    expect((await outcome.reply()).words).toBe('add School null');
    expect(discord.sees(tom, discord.directOf(tom))).toHaveLength(1);
  });

  it('is sent only if Discord would send it', async () => {
    const { discord, grace, guild, tom } = here.app;
    const slash = (name: string, options = {}, who = tom, where = here.general) =>
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

  it('may be deferred, answered, edited and followed up', async () => {
    const { discord, grace, tom } = here.app;
    here.app.onCommand(async (call) => {
      await call.deferReply({ flags: MessageFlags.Ephemeral });
      await call.editReply('One');
      await call.followUp('For all');
      const mine = await call.followUp({ content: 'More', flags: MessageFlags.Ephemeral });
      await call.editReply({ message: mine.id, content: 'Even more' });
      await call.editReply('Two');
    });
    const outcome = await discord.as(tom, here.general).slash('log');
    expect(outcome).toMatchObject({ kind: 'deferred', ephemeral: true });
    await discord.until('it all', () => outcome.replies[0]?.words === 'Two' || undefined);
    expect(outcome.replies).toMatchObject([
      { words: 'Two', ephemeral: true, edited: true },
      { words: 'For all', ephemeral: false },
      { words: 'Even more', ephemeral: true, edited: true },
    ]);
    expect(discord.sees(grace, here.general)).toMatchObject([{ words: 'For all' }]);
  });

  it('that is deferred gets its first follow-up in the place of "is thinking"', async () => {
    const { discord, grace, tom } = here.app;
    here.app.onCommand(async (call) => {
      await call.deferReply({ flags: MessageFlags.Ephemeral });
      await call.followUp('One');
      await call.followUp('Two');
      await call.deleteReply();
    });
    const outcome = await discord.as(tom, here.general).slash('log');
    expect(discord.sees(tom, here.general)[0]).toMatchObject({ ephemeral: true });
    await discord.until(
      'the rest',
      () => discord.sees(grace, here.general).length === 1 || undefined,
    );
    await discord.until('the end', () => discord.sees(tom, here.general).length === 1 || undefined);
    expect(outcome.replies.map(({ words, ephemeral }) => [words, ephemeral])).toEqual([
      ['One', true],
      ['Two', false],
    ]);
  });

  it('gets suggestions while a user types', async () => {
    const { discord, tom } = here.app;
    here.app.on(async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const { name, value } = interaction.options.getFocused(true);
      const how = interaction.options.getString('how');
      await interaction.respond([{ name: `${name} ${value} ${how}`, value: 'p1' }]);
    });
    const person = discord.as(tom, here.general);
    const choices = await person.suggest('log', 'with', 'riv', { how: 'A call' });
    expect(choices).toEqual([{ name: 'with riv call', value: 'p1' }]);
    await expect(person.suggest('log', 'note', 'x')).rejects.toThrow('asks nobody');
  });

  it('in the menu of a message carries the message', async () => {
    const { discord, grace, tom } = here.app;
    here.app.on(async (interaction) => {
      if (!interaction.isMessageContextMenuCommand()) return;
      const { content, author } = interaction.targetMessage;
      await interaction.reply(`${author.displayName}: ${content}`);
    });
    const said = discord.say(grace, here.general, 'The council agreed');
    const outcome = await discord.as(tom, here.general).shortcut('Log this', said);
    expect((await outcome.reply()).words).toBe('Grace: The council agreed');
  });
});
