import { RESTJSONErrorCodes as Code, GatewayIntentBits as Intents } from 'discord.js';
import { type Json, objectOf, textOf } from '../../json.ts';
import { fileProblems } from '../file-rules.ts';
import { messageJson, post, remove, rewrite } from '../message.ts';
import { isEmpty, messageProblems } from '../message-rules.ts';
import { may, sees } from '../permissions.ts';
import { Refusal, refuse } from '../refusal.ts';
import type { Channel, Message, World } from '../world.ts';
import {
  type Call,
  channelOf,
  EMPTY,
  type Handler,
  messageIn,
  ok,
  requirePermission,
} from './call.ts';

/** How long a nonce is remembered ("the past few minutes"): https://docs.discord.com/developers/resources/message#create-message */
const NONCE_MS = 3 * 60_000;

/** https://docs.discord.com/developers/resources/message */
export const messages: Record<string, Handler> = {
  create_message(call) {
    const { world, body } = call;
    refuse([...messageProblems(body, false), ...fileProblems(body, call.files)]);
    const channel = channelOf(call);
    requireMayWrite(call, channel);
    if (call.files.length > 0 && channel.kind !== 'direct')
      requirePermission(call, channel, 'AttachFiles');
    if (isEmpty(body)) throw new Refusal(Code.CannotSendAnEmptyMessage, 'nothing in the message');
    const nonce = body.nonce as Message['nonce'] | null;
    const isSure = body.enforce_nonce === true && nonce != null;
    const again = isSure ? sentBefore(world, channel, nonce) : undefined;
    if (again) return ok(messageJson(world, again));
    // Writing in an archived thread opens it again: https://docs.discord.com/developers/topics/threads#active-archived-threads
    channel.archived = false;
    const files = call.files.map((file) => {
      const id = world.id();
      world.files.set(id, { id, name: file.name, content: file.bytes });
      return id;
    });
    const replyTo = repliedTo(call, channel);
    const kind = replyTo === undefined ? 0 : 19;
    const fields = { channel: channel.id, author: world.app.bot, files, replyTo, kind };
    const message = post(world, body, { ...fields, nonce: nonce ?? undefined });
    dispatchMessage(call, 'MESSAGE_CREATE', channel, messageJson(world, message));
    return ok(messageJson(world, message));
  },

  list_messages(call) {
    const { world, args } = call;
    const channel = channelOf(call);
    const limit = Number(args.limit ?? 50);
    const all = may(world, world.app.bot, channel, 'ReadMessageHistory')
      ? (world.messages.get(channel.id) ?? []).filter(({ only }) => only === undefined)
      : [];
    return ok(pageOf(all, args, limit).map((message) => messageJson(world, message)));
  },

  get_message(call) {
    const channel = channelOf(call);
    requirePermission(call, channel, 'ReadMessageHistory');
    return ok(messageJson(call.world, messageIn(call, channel)));
  },

  update_message(call) {
    const { world, body } = call;
    const channel = channelOf(call);
    const message = messageIn(call, channel);
    if (message.author !== world.app.bot)
      throw new Refusal(Code.CannotEditMessageAuthoredByAnotherUser);
    if (channel.archived) throw new Refusal(Code.InvalidActionOnArchivedThread);
    edit(world, message, body);
    dispatchMessage(call, 'MESSAGE_UPDATE', channel, messageJson(world, message));
    return ok(messageJson(world, message));
  },

  delete_message(call) {
    const { world } = call;
    const channel = channelOf(call);
    const message = messageIn(call, channel);
    if (message.author !== world.app.bot) requirePermission(call, channel, 'ManageMessages');
    remove(world, message);
    const data = { id: message.id, channel_id: channel.id, guild_id: channel.guild };
    dispatchMessage(call, 'MESSAGE_DELETE', channel, data);
    return EMPTY;
  },
};

/** Checks content and changes a message. */
export function edit(world: World, message: Message, body: Json): void {
  refuse(messageProblems(body, true, message));
  const after = { ...message, ...withoutUndefined(body) };
  if (isEmpty(after)) throw new Refusal(Code.CannotSendAnEmptyMessage, 'nothing in the message');
  rewrite(world, message, body);
}

const withoutUndefined = (body: Json) =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));

function requireMayWrite(call: Call, channel: Channel): void {
  const { world } = call;
  if (channel.kind === 'direct') requireOpenDirect(world, channel);
  else requirePermission(call, channel, channel.parent ? 'SendMessagesInThreads' : 'SendMessages');
}

/** The message that a new one replies to: https://docs.discord.com/developers/resources/message#message-reference-structure */
function repliedTo(call: Call, channel: Channel): string | undefined {
  const { message_id, fail_if_not_exists } = objectOf(call.body.message_reference);
  if (message_id === undefined) return undefined;
  if (
    channel.kind !== 'direct' &&
    !may(call.world, call.world.app.bot, channel, 'ReadMessageHistory')
  )
    throw new Refusal(Code.CannotReplyWithoutPermissionToReadMessageHistory);
  const all = call.world.messages.get(channel.id) ?? [];
  if (all.some(({ id, only }) => id === message_id && only === undefined))
    return textOf(message_id);
  if (fail_if_not_exists === false) return undefined;
  throw new Refusal(Code.InvalidFormBodyOrContentType, 'message_reference: unknown message');
}

/** Throws a Refusal when a user takes no direct messages from the app. */
function requireOpenDirect(world: World, channel: Channel): void {
  const { bot } = world.app;
  const id = [...channel.members].find((one) => one !== bot) ?? '';
  const together = [...world.guilds.values()].some(
    ({ members }) => members.has(id) && members.has(bot),
  );
  if (!together) throw new Refusal(Code.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds);
  if (world.users.get(id)?.direct !== 'open') throw new Refusal(Code.CannotSendMessagesToThisUser);
}

function sentBefore(world: World, channel: Channel, nonce: string | number): Message | undefined {
  return world.messages
    .get(channel.id)
    ?.find(
      (one) =>
        one.author === world.app.bot && one.nonce === nonce && one.at > world.now() - NONCE_MS,
    );
}

/** The newest first, also for `after`: https://docs.discord.com/developers/resources/message#get-channel-messages */
function pageOf(all: readonly Message[], args: Json, limit: number): Message[] {
  const { before, after, around } = args;
  const at = (id: unknown) => BigInt(textOf(id));
  const newest = (some: readonly Message[], count: number) => some.slice(-count).reverse();
  if (around !== undefined) {
    const older = all.filter(({ id }) => BigInt(id) <= at(around));
    const newer = all.filter(({ id }) => BigInt(id) > at(around));
    const half = Math.floor(limit / 2);
    return [...newer.slice(0, half).reverse(), ...newest(older, limit - half)];
  }
  if (before !== undefined)
    return newest(
      all.filter(({ id }) => BigInt(id) < at(before)),
      limit,
    );
  if (after === undefined) return newest(all, limit);
  return all
    .filter(({ id }) => BigInt(id) > at(after))
    .slice(0, limit)
    .reverse();
}

/** Sends the app an event about a message, if the app sees the channel. */
export function dispatchMessage(
  { world, gateway }: Pick<Call, 'world' | 'gateway'>,
  type: string,
  channel: Channel,
  data: Json,
): void {
  if (!sees(world, world.app.bot, channel)) return;
  const { guild } = channel;
  const intent = guild ? Intents.GuildMessages : Intents.DirectMessages;
  gateway.dispatch(type, { ...data, ...(guild && { guild_id: guild }) }, guild, intent);
}
