import {
  type APIModalInteractionResponseCallbackData,
  RESTJSONErrorCodes as Code,
  MessageFlags,
  Routes,
} from 'discord.js';
import { describe, expect, it } from 'vitest';
import { errorCode } from './rest-client.ts';
import { useScriptedApp } from './scripted-app.ts';

const here = useScriptedApp();

const button = { type: 2, style: 1, custom_id: 'done', label: 'Done' } as const;
const menu = {
  type: 3,
  custom_id: 'act',
  placeholder: 'What to do…',
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

describe('a message', () => {
  it('is changed by its buttons and menus', async () => {
    const { discord, grace, tom } = here.app;
    here.app.on(async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.reply({ content: 'Yours', components: rows });
      if (interaction.isButton()) await interaction.update({ content: 'Done', components: [] });
      if (interaction.isStringSelectMenu()) {
        await interaction.deferUpdate();
        await interaction.editReply(`Picked ${interaction.values}`);
        await interaction.followUp({ content: 'And more', flags: MessageFlags.Ephemeral });
      }
    });
    const person = discord.as(tom, here.general);
    const asked = await (await person.slash('log')).reply();
    expect(asked).toMatchObject({ buttons: ['Done'], options: ['Later', 'Ask someone'] });
    const picked = await person.pick(asked, 'What to do…', 'Ask someone');
    expect(picked.kind).toBe('deferred update');
    expect(await picked.reply()).toMatchObject({ id: asked.id, words: 'Picked ask', edited: true });
    await discord.until('more', () => picked.replies[1]);
    const pressed = await discord.as(grace, here.general).press(asked, 'Done');
    expect(pressed.kind).toBe('update');
    expect(await pressed.reply()).toMatchObject({ id: asked.id, words: 'Done', buttons: [] });
    await expect(discord.as(tom, here.general).press(asked, 'Undo')).rejects.toThrow('[Done]');
    await expect(discord.as(tom, here.general).pick(asked, 'What to do…', 'Never')).rejects.toThrow(
      'Later, Ask someone',
    );
  });

  it('lets users be picked', async () => {
    const { discord, grace, tom } = here.app;
    const users = { type: 5, custom_id: 'who', placeholder: 'Whose?', max_values: 2 } as const;
    here.app.on(async (interaction) => {
      const components = [{ type: 1, components: [users] }] as const;
      if (interaction.isChatInputCommand()) await interaction.reply({ components });
      if (interaction.isUserSelectMenu())
        await interaction.reply(interaction.users.map((user) => user.displayName).join());
    });
    const person = discord.as(tom, here.general);
    const asked = await (await person.slash('log')).reply();
    const picked = await person.pick(asked, 'Whose?', [grace, tom]);
    expect((await picked.reply()).words).toBe('Grace,Tom');
  });

  it('that is private can be used only by its user', async () => {
    const { discord, grace, tom } = here.app;
    here.app.on(async (interaction) => {
      const answer = { content: 'Yours', components: rows, flags: MessageFlags.Ephemeral } as const;
      if (interaction.isChatInputCommand()) await interaction.reply(answer);
      if (interaction.isButton()) await interaction.update({ content: 'Done', components: [] });
    });
    const asked = await (await discord.as(tom, here.general).slash('log')).reply();
    await expect(discord.as(grace, here.general).press(asked, 'Done')).rejects.toThrow(
      'does not see',
    );
    const pressed = await discord.as(tom, here.general).press(asked, 'Done');
    expect(await pressed.reply()).toMatchObject({ id: asked.id, words: 'Done', ephemeral: true });
  });
});

describe('a form', () => {
  it('opens, keeps preset values, and returns what was filled in', async () => {
    const { discord, grace, tom } = here.app;
    const received: unknown[] = [];
    here.app.on(async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.showModal(modal);
      if (!interaction.isModalSubmit()) return;
      const { fields } = interaction;
      received.push(fields.getTextInputValue('note'), fields.getStringSelectValues('how'));
      received.push(fields.getSelectedUsers('who')?.first()?.displayName);
      received.push(fields.getUploadedFiles('list')?.first()?.name);
      await interaction.reply({ content: 'Noted', flags: MessageFlags.Ephemeral });
    });
    const person = discord.as(tom, here.general);
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
    expect(received).toEqual(['Met Jane', ['call'], 'Grace', 'a.csv']);
    expect(await sent.reply()).toMatchObject({ words: 'Noted', ephemeral: true });
    expect(discord.modal(tom)).toBeUndefined();
    await expect(person.submit(form)).rejects.toThrow('no longer open');
  });

  it('that a button opened may change the message with the button', async () => {
    const { discord, tom } = here.app;
    here.app.on(async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.reply({ content: 'Yours', components: rows });
      if (interaction.isButton()) await interaction.showModal(modal);
      if (interaction.isModalSubmit() && interaction.isFromMessage())
        await interaction.update({
          content: interaction.fields.getTextInputValue('note'),
          components: [],
        });
    });
    const person = discord.as(tom, here.general);
    const asked = await (await person.slash('log')).reply();
    const form = await (await person.press(asked, 'Done')).modal();
    const sent = await person.submit(form, { 'What happened?': 'It is done', 'How?': 'A visit' });
    expect(await sent.reply()).toMatchObject({ id: asked.id, words: 'It is done' });
  });

  it('that comes too late, or twice, is refused', async () => {
    const { client, discord, tom } = here.app;
    const codes: unknown[] = [];
    here.app.onCommand(async (call) => {
      await call.showModal(modal);
      codes.push(
        await errorCode(
          client.rest.post(Routes.interactionCallback(call.id, call.token), {
            body: { type: 4, data: { content: 'x' } },
          }),
        ),
      );
    });
    const form = await (await discord.as(tom, here.general).slash('log')).modal();
    discord.as(tom, here.general).close(form);
    expect(discord.modal(tom)).toBeUndefined();
    await discord.until('the second answer', () => codes[0]);
    expect(codes).toEqual([Code.InteractionHasAlreadyBeenAcknowledged]);
  });
});
