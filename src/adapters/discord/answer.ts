import {
  type APIApplicationCommandOptionChoice,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  MessageFlags,
  Routes,
  InteractionResponseType as Type,
} from 'discord.js';
import { type Attempt, tryInOrder } from '../../core/async/try-in-order.ts';
import type { Log } from '../../core/base/log.ts';
import type { Audience } from '../../core/message/reply.ts';
import type { Rest } from './connection/rest.ts';
import type { DirectMessages } from './direct.ts';
import type { Heard, Receipt } from './heard.ts';
import type { DiscordMessage } from './render.ts';

/** How long the first answer may take to arrive (ms): Discord waits for 3 s. */
const CALLBACK_LIMIT = 3_000;

/** What answers are told with. */
export interface Voice {
  rest: Rest;
  direct: DirectMessages;
  log: Pick<Log, 'warn'>;
}

/** An answer, and who sees it. */
export interface Told {
  message: DiscordMessage;
  /** It takes the place of the message whose button was pressed. */
  replaces: boolean;
  audience: Audience;
}

/** How an interaction was put off; until then nothing was answered. */
export type PutOff = 'not' | 'alone' | 'in front of everybody' | 'silently';

type Where = Pick<Receipt, 'guild'>;

/** Offers choices for an option that is being typed. Never throws. */
export async function offer(
  receipt: Receipt,
  choices: readonly APIApplicationCommandOptionChoice[],
  voice: Voice,
): Promise<void> {
  const type = Type.ApplicationCommandAutocompleteResult;
  await firstOf([() => callback(receipt, type, { choices }, voice)], voice);
}

/** Answers what could not be read, to whoever sent it alone. Never throws. */
export async function turnAway(
  receipt: Receipt,
  message: DiscordMessage,
  voice: Voice,
): Promise<void> {
  const data = seenBy(receipt, { message, audience: 'actor' });
  await firstOf([() => callback(receipt, Type.ChannelMessageWithSource, data, voice)], voice);
}

/** Opens a form: it has to be the first answer. @returns whether it stands. Never throws. */
export function openModal(
  heard: Heard,
  modal: APIModalInteractionResponseCallbackData,
  voice: Voice,
): Promise<boolean> {
  return firstOf([() => callback(heard, Type.Modal, modal, voice)], voice);
}

/**
 * Says that the answer will take a while. A press is put off silently: its answer may take the place of its message,
 * or be for one person alone, which is not known yet. Never throws.
 */
export async function putOff(heard: Heard, audience: Audience, voice: Voice): Promise<PutOff> {
  if (heard.on) {
    await firstOf([() => callback(heard, Type.DeferredMessageUpdate, undefined, voice)], voice);
    return 'silently';
  }
  const isAlone = isPrivate(heard, audience);
  const data = isAlone ? { flags: MessageFlags.Ephemeral } : undefined;
  const type = Type.DeferredChannelMessageWithSource;
  await firstOf([() => callback(heard, type, data, voice)], voice);
  return isAlone ? 'alone' : 'in front of everybody';
}

/**
 * Tells an answer, by the first way that works. What reaches nobody where it was asked for is told in a direct message.
 * Never throws.
 */
export async function tell(heard: Heard, told: Told, putOff: PutOff, voice: Voice): Promise<void> {
  await firstOf(
    [...waysThere(heard, told, putOff, voice), () => directly(heard, told, voice)],
    voice,
  );
}

function waysThere(heard: Heard, told: Told, putOff: PutOff, voice: Voice): Attempt[] {
  const { message, replaces } = told;
  const changes = replaces && heard.on !== undefined;
  const change = () => original('PATCH', heard, message, voice);
  const add = () => followUp(heard, seenBy(heard, told), voice);
  switch (putOff) {
    case 'not': {
      const type = changes ? Type.UpdateMessage : Type.ChannelMessageWithSource;
      const data = changes ? message : seenBy(heard, told);
      // It may have been answered before, or the answer to our call got lost.
      const again = heard.on && !changes ? add : change;
      return [() => callback(heard, type, data, voice), again];
    }
    case 'silently': {
      const { on } = heard;
      if (!changes || !on) return [add];
      const route = Routes.channelMessage(heard.channel, on.message);
      return [change, () => voice.rest.call('PATCH', route, { body: message })];
    }
    case 'alone':
      return [change, add];
    case 'in front of everybody':
      return [() => withdrawn(heard, add, voice)];
  }
}

/**
 * An answer for one alone that was put off in front of everybody. What is told directly after that is seen by all, so
 * something has to stand in its place first: https://discord.com/developers/docs/interactions/receiving-and-responding#create-followup-message
 */
async function withdrawn(heard: Heard, add: Attempt, voice: Voice): Promise<void> {
  await original('PATCH', heard, inPrivate, voice);
  await add();
  await firstOf([() => original('DELETE', heard, undefined, voice)], voice);
}

const inPrivate: DiscordMessage = {
  flags: MessageFlags.IsComponentsV2,
  components: [{ type: ComponentType.TextDisplay, content: 'Answered in private.' }],
  allowed_mentions: { parse: [] },
};

function firstOf(ways: readonly Attempt[], { log }: Voice): Promise<boolean> {
  return tryInOrder(ways, 'discord did not take an answer', log);
}

/** In a direct message nobody else is there, and what is for one alone would be gone when Discord is opened again. */
function isPrivate({ guild }: Where, audience: Audience): boolean {
  return guild !== undefined && audience === 'actor';
}

function seenBy(where: Where, { message, audience }: Pick<Told, 'message' | 'audience'>) {
  const flags = isPrivate(where, audience) ? MessageFlags.Ephemeral : 0;
  return { ...message, flags: message.flags | flags };
}

/** https://discord.com/developers/docs/interactions/receiving-and-responding#create-interaction-response */
function callback({ id, token }: Receipt, type: Type, data: unknown, { rest }: Voice) {
  const body = data === undefined ? { type } : { type, data };
  const how = { body, auth: false, limit: CALLBACK_LIMIT };
  return rest.call('POST', Routes.interactionCallback(id, token), how);
}

function original(
  method: 'PATCH' | 'DELETE',
  { application, token }: Heard,
  message: DiscordMessage | undefined,
  { rest }: Voice,
) {
  const route = Routes.webhookMessage(application, token);
  return rest.call(method, route, { auth: false, ...(message && { body: message }) });
}

function followUp({ application, token }: Heard, message: unknown, { rest }: Voice) {
  return rest.call('POST', Routes.webhook(application, token), { body: message, auth: false });
}

async function directly({ guild, channel, user }: Heard, { message }: Told, voice: Voice) {
  const at =
    guild === undefined ? channel : (voice.direct.known(user) ?? (await voice.direct.open(user)));
  await voice.rest.call('POST', Routes.channelMessages(at), { body: message });
}
