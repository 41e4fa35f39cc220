import { type ChatInputCommandInteraction, RESTJSONErrorCodes as Code, Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { errorCode } from './rest-client.ts';
import { useScriptedApp } from './scripted-app.ts';

const here = useScriptedApp();

describe('time', () => {
  it('for the first answer runs out after 3 s', async () => {
    const { discord, tom } = here.app;
    const codes: unknown[] = [];
    here.app.onCommand(async (call) => {
      discord.world.pass(3500);
      codes.push(await errorCode(call.reply('Late')));
      codes.push(await errorCode(call.followUp('Late')));
    });
    const slash = discord.as(tom, here.general).slash('log');
    await expect(slash).rejects.toThrow('did not respond');
    await discord.until('the refusals', () => codes[1]);
    expect(codes[0]).toBe(Code.UnknownInteraction);
  });

  it('for follow-ups starts with the first answer', async () => {
    const { discord, client, tom } = here.app;
    const codes: unknown[] = [];
    here.app.onCommand(async ({ token, ...call }) => {
      const early = { body: { content: 'Early' }, auth: false };
      codes.push(
        await errorCode(client.rest.post(Routes.webhook(discord.applicationId, token), early)),
      );
      codes.push(
        await errorCode(client.rest.post(Routes.webhook(discord.applicationId, 'x'), early)),
      );
      const first = { body: { type: 5 }, auth: false };
      await client.rest.post(Routes.interactionCallback(call.id, token), first);
    });
    await discord.as(tom, here.general).slash('log');
    expect(codes).toEqual([Code.UnknownWebhook, Code.UnknownWebhook]);
  });

  it('for follow-ups runs out after 15 minutes; a public answer can still be edited through the channel', async () => {
    const { client, discord, tom } = here.app;
    let call: ChatInputCommandInteraction | undefined;
    here.app.onCommand(async (one) => {
      await one.reply('Noted');
      call = one;
    });
    const outcome = await discord.as(tom, here.general).slash('log');
    const { id } = await outcome.reply();
    const answered = await discord.until('the app to go on', () => call);
    discord.world.pass(15 * 60_000 + 1);
    expect(await errorCode(answered.editReply('x'))).toBe(Code.InvalidWebhookToken);
    expect(await errorCode(answered.followUp('x'))).toBe(Code.InvalidWebhookToken);
    await client.rest.patch(Routes.channelMessage(here.general.id, id), {
      body: { content: 'Anew' },
    });
    expect((await outcome.reply()).words).toBe('Anew');
  });

  it('does not count anew for an interaction that is sent again', async () => {
    const { discord, tom } = here.app;
    const codes: unknown[] = [];
    here.app.onCommand(async (call) => void codes.push(await errorCode(call.reply('Noted'))));
    const { envelope } = await discord.as(tom, here.general).slash('log');
    for (let again = 0; again < 100; again += 1) discord.redeliver(envelope);
    await discord.until('all', () => codes.length === 101 || undefined);
    expect(new Set(codes.slice(1))).toEqual(new Set([Code.InteractionHasAlreadyBeenAcknowledged]));
    expect(discord.sees(tom, here.general)).toHaveLength(1);
  });
});

it('a malformed interaction can be sent and answered', async () => {
  const { discord, tom } = here.app;
  here.app.onCommand(async (call) => call.reply(String(call.options.getString('note'))));
  const { envelope } = await discord.as(tom, here.general).slash('log', { note: 'One' });
  const outcome = discord.forge(envelope, ({ data }) => {
    Object.assign(data as object, { options: [{ name: 'note', type: 3, value: 'Forged' }] });
  });
  expect((await outcome.reply()).words).toBe('Forged');
  expect(outcome.envelope.interaction.id).not.toBe(envelope.interaction.id);
});
