import {
  RESTJSONErrorCodes as Code,
  MessageFlags,
  InteractionResponseType as Type,
} from 'discord.js';
import { type Json, listOf, objectOf } from '../../json.ts';
import { choiceProblems } from '../command-rules.ts';
import { messageJson, post, withDefaults } from '../message.ts';
import { isEmpty, messageProblems } from '../message-rules.ts';
import { modalProblems } from '../modal-rules.ts';
import { problemIf } from '../problem.ts';
import { Refusal, refuse } from '../refusal.ts';
import type { Choice, Interaction, Message, World } from '../world.ts';
import { type Call, EMPTY, type Handler, ok } from './call.ts';
import { dispatchMessage, edit } from './messages.ts';

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback */
export const FIRST_ANSWER_MS = 3000;

const ALLOWED: Record<Interaction['kind'], readonly Type[]> = {
  command: [Type.ChannelMessageWithSource, Type.DeferredChannelMessageWithSource, Type.Modal],
  suggestion: [Type.ApplicationCommandAutocompleteResult],
  component: [
    ...[Type.ChannelMessageWithSource, Type.DeferredChannelMessageWithSource, Type.Modal],
    ...[Type.DeferredMessageUpdate, Type.UpdateMessage],
  ],
  modal: [
    ...[Type.ChannelMessageWithSource, Type.DeferredChannelMessageWithSource],
    ...[Type.DeferredMessageUpdate, Type.UpdateMessage],
  ],
};

/** https://docs.discord.com/developers/interactions/receiving-and-responding#create-interaction-response */
export const interactions: Record<string, Handler> = {
  create_interaction_response(call) {
    const { world, args, body, at } = call;
    const interaction = world.interactions.get(String(args.interaction_token));
    if (!interaction || interaction.id !== args.interaction_id)
      throw new Refusal(Code.UnknownInteraction);
    const ms = at - interaction.at;
    if (interaction.answered) throw new Refusal(Code.InteractionHasAlreadyBeenAcknowledged);
    if (ms > FIRST_ANSWER_MS) throw new Refusal(Code.UnknownInteraction);
    const type = Number(body.type);
    const allowed = ALLOWED[interaction.kind].filter((one) => fits(one, interaction));
    const words = `Value must be one of {${allowed.join(', ')}}.`;
    refuse(problemIf(!allowed.includes(type), ['type'], words, 'BASE_TYPE_CHOICES'));
    const message = answers[type]?.(call, interaction, objectOf(body.data));
    interaction.ms = ms;
    world.changed();
    return args.with_response ? ok(callbackJson(world, interaction, type, message)) : EMPTY;
  },
};

/** Only a component of a message can update it. */
const fits = (type: Type, { message }: Interaction) =>
  message !== undefined || (type !== Type.DeferredMessageUpdate && type !== Type.UpdateMessage);

type Answer = (call: Call, interaction: Interaction, data: Json) => Message | undefined;

const answers: Record<number, Answer> = {
  [Type.ChannelMessageWithSource](call, interaction, data) {
    refuse(under('data', messageProblems(data, true)));
    if (isEmpty(data)) throw new Refusal(Code.CannotSendAnEmptyMessage, 'nothing in the answer');
    interaction.answered = 'message';
    interaction.original = answerWith(call, interaction, data);
    interaction.answers.push(interaction.original);
    return interaction.original;
  },

  [Type.DeferredChannelMessageWithSource](call, interaction, data) {
    const { flags, ...rest } = data;
    const [stray = ''] = Object.keys(rest);
    refuse(problemIf(stray, ['data', stray], 'A deferral has flags alone.'));
    refuse(under('data', messageProblems({ flags }, true)));
    interaction.answered = 'deferred';
    const loading = { flags: Number(flags ?? 0) | MessageFlags.Loading };
    interaction.original = answerWith(call, interaction, loading);
    return interaction.original;
  },

  [Type.DeferredMessageUpdate](_call, interaction) {
    interaction.answered = 'deferred update';
    interaction.original = interaction.message;
    return interaction.original;
  },

  [Type.UpdateMessage](call, interaction, data) {
    const { message, channel } = interaction;
    if (!message) return undefined;
    edit(call.world, message, data);
    interaction.answered = 'update';
    interaction.original = message;
    interaction.answers.push(message);
    if (message.only === undefined)
      dispatchMessage(call, 'MESSAGE_UPDATE', channel, messageJson(call.world, message));
    return message;
  },

  [Type.ApplicationCommandAutocompleteResult](_call, interaction, { choices }) {
    refuse(choiceProblems(listOf(choices), ['data', 'choices']));
    interaction.answered = 'choices';
    interaction.choices = listOf(choices) as unknown as Choice[];
    return undefined;
  },

  [Type.Modal]({ world }, interaction, data) {
    refuse(modalProblems(data));
    const { user, channel, message, source } = interaction;
    const sent = { ...data, components: withDefaults(listOf(data.components)) };
    interaction.answered = 'modal';
    interaction.modal = { id: world.id(), user, channel, message, source, sent };
    world.modals.set(user, interaction.modal);
    return undefined;
  },
};

const under = (key: string, problems: ReturnType<typeof messageProblems>) =>
  problems.map((one) => ({ ...one, path: [key, ...one.path] }));

/** Posts an answer to an interaction, for everybody or for its user only. */
export function answerWith(call: Call, interaction: Interaction, given: Json): Message {
  const { world } = call;
  const { channel, user, source, answerKind } = interaction;
  const isPrivate = (Number(given.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  const message = post(world, given, {
    channel: channel.id,
    author: world.app.bot,
    kind: answerKind,
    only: isPrivate ? user : undefined,
    source,
  });
  if (!isPrivate) dispatchMessage(call, 'MESSAGE_CREATE', channel, messageJson(world, message));
  return message;
}

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-response-object */
function callbackJson(
  world: World,
  interaction: Interaction,
  type: number,
  message: Message | undefined,
): Json {
  const { id, source } = interaction;
  const flags = message?.flags ?? 0;
  const isShown = type === Type.ChannelMessageWithSource || type === Type.UpdateMessage;
  return {
    interaction: {
      id,
      type: source.type,
      ...(message && {
        response_message_id: message.id,
        response_message_loading: (flags & MessageFlags.Loading) !== 0,
        response_message_ephemeral: (flags & MessageFlags.Ephemeral) !== 0,
      }),
    },
    ...(message && isShown && { resource: { type, message: messageJson(world, message) } }),
  };
}
