import { RESTJSONErrorCodes as Code } from 'discord.js';
import { type Json, textOf } from '../../json.ts';
import type { Gateway } from '../gateway.ts';
import { may, type Permission, sees } from '../permissions.ts';
import { Refusal } from '../refusal.ts';
import type { Answer, SentFile } from '../server.ts';
import type { Channel, Guild, Message, World } from '../world.ts';

/** One request, already checked against the contract. */
export interface Call {
  world: World;
  gateway: Gateway;
  /** How many shards Discord recommends. */
  shards: number;
  /** The parameters of path and query. */
  args: Json;
  body: Json;
  /** A body that is a list. */
  list: Json[];
  files: readonly SentFile[];
  /** When it arrived, in the double's time (ms). */
  at: number;
}

export type Handler = (call: Call) => Answer;

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const EMPTY: Answer = { status: 204 };

/** A guild that the app is in. */
export function guildOf({ world, args }: Call): Guild {
  const guild = world.guilds.get(textOf(args.guild_id));
  if (!guild?.members.has(world.app.bot)) throw new Refusal(Code.UnknownGuild);
  return guild;
}

/** A channel that the app sees. */
export function channelOf({ world, args }: Call): Channel {
  const channel = world.channels.get(textOf(args.channel_id));
  if (!channel) throw new Refusal(Code.UnknownChannel);
  if (!sees(world, world.app.bot, channel)) throw new Refusal(Code.MissingAccess);
  return channel;
}

/** Throws a Refusal when the app lacks the permission. */
export function requirePermission({ world }: Call, channel: Channel, permission: Permission): void {
  if (!may(world, world.app.bot, channel, permission)) throw new Refusal(Code.MissingPermissions);
}

/** A message in a channel. Ephemeral answers cannot be reached this way. */
export function messageIn({ world, args }: Call, channel: Channel): Message {
  const all = world.messages.get(channel.id) ?? [];
  const message = all.find(({ id, only }) => id === args.message_id && only === undefined);
  if (!message) throw new Refusal(Code.UnknownMessage);
  return message;
}
