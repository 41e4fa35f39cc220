import {
  type APIApplicationCommandOptionChoice,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  InteractionResponseType,
  MessageFlags,
  Routes,
} from 'discord.js';
import { type Alternative, tryInOrder } from '../../core/async/try-in-order.ts';
import type { Log } from '../../core/base/log.ts';
import type { Audience } from '../../core/message/reply.ts';
import type { Rest } from './connection/rest.ts';
import type { DiscordDirectMessages } from './delivery/direct-messages.ts';
import type { InteractionInput, InteractionRef } from './input/input.ts';
import { edited } from './render/first-post.ts';
import type { DiscordMessage } from './render/message.ts';

/** Discord waits 3 s for the first answer. */
const CALLBACK_TIMEOUT_MS = 3_000;

/** What answers are sent with. */
export interface ReplyClient {
  rest: Rest;
  direct: DiscordDirectMessages;
  log: Pick<Log, 'warn'>;
}

/** An answer, and who sees it. */
export interface RenderedReply {
  message: DiscordMessage;
  /** Whether it replaces the message whose button was pressed. */
  replaces: boolean;
  audience: Audience;
}

/** How the answer to an interaction was deferred. `none`: there was no answer yet. */
export type Deferral = 'none' | 'private' | 'public' | 'silent';

/** Sends suggestions for an option that is being typed. Never throws. */
export async function sendSuggestions(
  interaction: InteractionRef,
  choices: readonly APIApplicationCommandOptionChoice[],
  client: ReplyClient,
): Promise<void> {
  const type = InteractionResponseType.ApplicationCommandAutocompleteResult;
  await tryAlternatives([() => callback(interaction, type, { choices }, client)], client);
}

/** Answers an interaction that cannot be handled. Only the user sees it. Never throws. */
export async function reject(
  interaction: InteractionRef,
  message: DiscordMessage,
  client: ReplyClient,
): Promise<void> {
  const type = InteractionResponseType.ChannelMessageWithSource;
  const data = forAudience(interaction, { message, audience: 'actor' });
  await tryAlternatives([() => callback(interaction, type, data, client)], client);
}

/** Opens a modal, which has to be the first answer. @returns whether it was opened. Never throws. */
export function openModal(
  input: InteractionInput,
  modal: APIModalInteractionResponseCallbackData,
  client: ReplyClient,
): Promise<boolean> {
  return tryAlternatives(
    [() => callback(input, InteractionResponseType.Modal, modal, client)],
    client,
  );
}

/**
 * Says that the answer will take a while. After a pressed button, nothing is shown: the answer may replace the message,
 * or be private, which is not known yet. Never throws.
 */
export async function defer(
  input: InteractionInput,
  audience: Audience,
  client: ReplyClient,
): Promise<Deferral> {
  if (input.sourceMessage !== undefined) {
    const type = InteractionResponseType.DeferredMessageUpdate;
    await tryAlternatives([() => callback(input, type, undefined, client)], client);
    return 'silent';
  }
  const isHidden = isPrivate(input, audience);
  const data = isHidden ? { flags: MessageFlags.Ephemeral } : undefined;
  const type = InteractionResponseType.DeferredChannelMessageWithSource;
  await tryAlternatives([() => callback(input, type, data, client)], client);
  return isHidden ? 'private' : 'public';
}

/** Sends an answer, in the first way that works. The last way is a direct message. Never throws. */
export async function sendReply(
  input: InteractionInput,
  reply: RenderedReply,
  deferral: Deferral,
  client: ReplyClient,
): Promise<void> {
  const direct = () => sendDirectly(input, reply, client);
  await tryAlternatives([...waysToReply(input, reply, deferral, client), direct], client);
}

/** Ways to answer where the interaction came from. */
function waysToReply(
  input: InteractionInput,
  reply: RenderedReply,
  deferral: Deferral,
  client: ReplyClient,
): Alternative[] {
  const { sourceMessage } = input;
  const { message, replaces } = reply;
  const replaced = replaces ? sourceMessage : undefined;
  const changeOriginal = () => originalAnswer('PATCH', input, edited(message), client);
  const add = () => followUp(input, forAudience(input, reply), client);
  switch (deferral) {
    case 'none': {
      const type =
        replaced === undefined
          ? InteractionResponseType.ChannelMessageWithSource
          : InteractionResponseType.UpdateMessage;
      const data = replaced === undefined ? forAudience(input, reply) : edited(message);
      // The interaction may have an answer already, for example if the result of this call was lost.
      const again = sourceMessage !== undefined && replaced === undefined ? add : changeOriginal;
      return [() => callback(input, type, data, client), again];
    }
    case 'silent': {
      if (replaced === undefined) return [add];
      const route = Routes.channelMessage(input.channel, replaced);
      return [changeOriginal, () => client.rest.call('PATCH', route, { body: edited(message) })];
    }
    case 'private':
      return [changeOriginal, add];
    case 'public':
      return [() => replacePublicDeferral(input, add, client)];
  }
}

/**
 * Sends a private answer although it was deferred in public. The first message after the deferral is always public, so
 * a short one is sent and removed: https://discord.com/developers/docs/interactions/receiving-and-responding#create-followup-message
 */
async function replacePublicDeferral(
  input: InteractionInput,
  add: Alternative,
  client: ReplyClient,
): Promise<void> {
  await originalAnswer('PATCH', input, answeredInPrivate, client);
  await add();
  await tryAlternatives([() => originalAnswer('DELETE', input, undefined, client)], client);
}

const answeredInPrivate: DiscordMessage = {
  flags: MessageFlags.IsComponentsV2,
  components: [{ type: ComponentType.TextDisplay, content: 'Answered in private.' }],
  allowed_mentions: { parse: [] },
};

function tryAlternatives(
  alternatives: readonly Alternative[],
  { log }: ReplyClient,
): Promise<boolean> {
  return tryInOrder(alternatives, 'discord did not take an answer', log);
}

/** In a direct message, nothing is marked as private: nobody else is there, and such messages vanish on a restart. */
function isPrivate({ guild }: Pick<InteractionRef, 'guild'>, audience: Audience): boolean {
  return guild !== undefined && audience === 'actor';
}

function forAudience(
  interaction: Pick<InteractionRef, 'guild'>,
  { message, audience }: Pick<RenderedReply, 'message' | 'audience'>,
) {
  const flags = isPrivate(interaction, audience) ? MessageFlags.Ephemeral : 0;
  return { ...message, flags: message.flags | flags };
}

/** https://discord.com/developers/docs/interactions/receiving-and-responding#create-interaction-response */
function callback(
  { id, token }: InteractionRef,
  type: InteractionResponseType,
  data: unknown,
  { rest }: ReplyClient,
) {
  const body = data === undefined ? { type } : { type, data };
  const options = { body, auth: false, timeoutMs: CALLBACK_TIMEOUT_MS };
  return rest.call('POST', Routes.interactionCallback(id, token), options);
}

function originalAnswer(
  method: 'PATCH' | 'DELETE',
  { application, token }: InteractionInput,
  message: DiscordMessage | undefined,
  { rest }: ReplyClient,
) {
  const route = Routes.webhookMessage(application, token);
  return rest.call(method, route, { auth: false, ...(message && { body: message }) });
}

function followUp(
  { application, token }: InteractionInput,
  message: unknown,
  { rest }: ReplyClient,
) {
  return rest.call('POST', Routes.webhook(application, token), { body: message, auth: false });
}

async function sendDirectly(
  { guild, channel, user }: InteractionInput,
  { message }: RenderedReply,
  { rest, direct }: ReplyClient,
): Promise<void> {
  const target = guild === undefined ? channel : (await direct.channelOf(user)).channel;
  await rest.call('POST', Routes.channelMessages(target), { body: message });
}
