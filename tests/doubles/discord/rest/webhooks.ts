import { RESTJSONErrorCodes as Code, MessageFlags } from 'discord.js';
import { messageJson, remove } from '../message.ts';
import { isEmpty, messageProblems } from '../message-rules.ts';
import { Refusal, refuse } from '../refusal.ts';
import type { Interaction, Message } from '../world.ts';
import { type Call, EMPTY, type Handler, ok } from './call.ts';
import { answerWith } from './interactions.ts';
import { dispatchMessage, edit } from './messages.ts';

/** https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages */
const TOKEN_MS = 15 * 60_000;

export const webhooks: Record<string, Handler> = {
  execute_webhook(call) {
    const interaction = interactionOf(call);
    const { world, body } = call;
    const { original } = interaction;
    refuse(messageProblems(body, true));
    if (isEmpty(body)) throw new Refusal(Code.CannotSendAnEmptyMessage, 'nothing in the answer');
    // The first follow-up replaces "is thinking", and is as private as that was.
    if (original && original.flags & MessageFlags.Loading)
      return changed(call, interaction, original, { ...body, flags: shownFlags(body.flags) });
    const message = answerWith(call, interaction, body);
    interaction.answers.push(message);
    return ok(messageJson(world, message));
  },

  get_original_webhook_message: (call) => get(call, originalOf(call, interactionOf(call))),
  update_original_webhook_message(call) {
    const interaction = interactionOf(call);
    return changed(call, interaction, originalOf(call, interaction), call.body);
  },
  delete_original_webhook_message: (call) => gone(call, originalOf(call, interactionOf(call))),

  get_webhook_message: (call) => get(call, followUpOf(call, interactionOf(call))),
  update_webhook_message(call) {
    const interaction = interactionOf(call);
    return changed(call, interaction, followUpOf(call, interaction), call.body);
  },
  delete_webhook_message: (call) => gone(call, followUpOf(call, interactionOf(call))),
};

const shownFlags = (flags: unknown) => Number(flags ?? 0) & ~MessageFlags.Ephemeral;

const get = ({ world }: Call, message: Message) => ok(messageJson(world, message));

function changed(call: Call, interaction: Interaction, message: Message, body: Call['body']) {
  const { world } = call;
  edit(world, message, body);
  if (!interaction.answers.includes(message)) interaction.answers.push(message);
  if (message.only === undefined)
    dispatchMessage(call, 'MESSAGE_UPDATE', interaction.channel, messageJson(world, message));
  world.changed();
  return ok(messageJson(world, message));
}

function gone(call: Call, message: Message) {
  remove(call.world, message);
  return EMPTY;
}

/** The interaction of a token, if it was answered and has not expired. */
function interactionOf({ world, args }: Call): Interaction {
  const interaction = world.interactions.get(String(args.webhook_token));
  if (args.webhook_id !== world.app.id || !interaction) throw new Refusal(Code.UnknownWebhook);
  if (world.now() - interaction.at > TOKEN_MS) throw new Refusal(Code.InvalidWebhookToken);
  if (!interaction.answered || interaction.answered === 'choices')
    throw new Refusal(Code.UnknownWebhook);
  return interaction;
}

function originalOf({ world }: Call, { original, channel }: Interaction): Message {
  const messages = world.messages.get(channel.id) ?? [];
  if (!original || !messages.includes(original)) throw new Refusal(Code.UnknownMessage);
  return original;
}

function followUpOf(call: Call, interaction: Interaction): Message {
  const found = interaction.answers.find(({ id }) => id === call.args.message_id);
  return originalOf(call, { ...interaction, original: found });
}
