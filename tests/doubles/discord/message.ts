import { MessageFlags } from 'discord.js';
import { type Json, listOf } from '../json.ts';
import { partsOf } from './components.ts';
import { isoDate } from './date.ts';
import { attachmentJson } from './files.ts';
import { pingsOf } from './mentions.ts';
import { userJson } from './user-object.ts';
import type { Content, Message, World } from './world.ts';

/** Content as Discord stores it. Fields that an edit leaves out stay as they were. */
function contentOf(given: Json, before?: Content): Content {
  const kept = <T>(value: unknown, old: T | undefined, none: T) =>
    value === undefined ? (old ?? none) : ((value ?? none) as T);
  const flags = Number(given.flags ?? 0);
  return {
    content: kept(given.content, before?.content, ''),
    embeds: kept<Json[]>(given.embeds, before?.embeds, []),
    components: given.components
      ? withDefaults(listOf(given.components))
      : kept<Json[]>(given.components, before?.components, []),
    flags: before ? (before.flags & ~MessageFlags.Loading) | flags : flags,
  };
}

/** Components with the ids and default values that Discord fills in. */
export function withDefaults(components: readonly Json[]): Json[] {
  const copy: Json[] = structuredClone([...components]);
  const parts = partsOf(copy).map(({ part }) => part);
  const taken = new Set(parts.map(({ id }) => id));
  let count = 0;
  for (const part of parts) {
    if (!part.id) {
      do count += 1;
      while (taken.has(count));
      part.id = count;
    }
    Object.assign(part, { ...DEFAULTS[Number(part.type)], ...part });
  }
  return copy;
}

/** https://docs.discord.com/developers/components/reference: a string select, a separator and a container */
const DEFAULTS: Record<number, Json> = {
  3: { min_values: 1, max_values: 1 },
  14: { divider: true, spacing: 1 },
  17: { accent_color: null, spoiler: false },
};

type Fields = Pick<Message, 'channel' | 'author'> & Partial<Message>;

/** Adds a message at the end of its channel. */
export function post(world: World, given: Json, fields: Fields): Message {
  const message: Message = {
    kind: 0,
    edited: undefined,
    only: undefined,
    nonce: undefined,
    source: undefined,
    files: [],
    replyTo: undefined,
    ...fields,
    ...contentOf(given),
    pings: [],
    id: world.id(),
    at: world.now(),
  };
  message.pings = pingsOf(message, given.allowed_mentions);
  const all = world.messages.get(message.channel) ?? [];
  all.push(message);
  world.messages.set(message.channel, all);
  if (message.author === world.app.bot) world.posted.push(message);
  world.changed();
  return message;
}

/** Changes a message. A loading message counts as posted from now on. */
export function rewrite(world: World, message: Message, given: Json): void {
  const wasLoading = (message.flags & MessageFlags.Loading) !== 0;
  Object.assign(message, contentOf(given, message));
  if (wasLoading) {
    message.at = world.now();
    message.pings = pingsOf(message, given.allowed_mentions);
  } else message.edited = world.now();
  world.changed();
}

export function remove(world: World, message: Message): void {
  for (const id of message.files) world.files.delete(id);
  const left = (world.messages.get(message.channel) ?? []).filter((one) => one !== message);
  world.messages.set(message.channel, left);
  world.changed();
}

/** https://docs.discord.com/developers/resources/message#message-object */
export function messageJson(world: World, message: Message): Json {
  const author = world.users.get(message.author);
  const isAnswer = message.source !== undefined;
  const users = message.pings.flatMap((id) => world.users.get(id) ?? []);
  const roles = message.pings.filter((id) => id !== 'everyone' && !world.users.has(id));
  return {
    id: message.id,
    type: message.kind,
    channel_id: message.channel,
    author: author && userJson(author),
    content: message.content,
    components: structuredClone(message.components),
    embeds: message.embeds.map((embed) => ({ type: 'rich', ...embed })),
    attachments: message.files.flatMap((id) => {
      const file = world.files.get(id);
      return file ? [attachmentJson(world, file)] : [];
    }),
    mentions: users.map(userJson),
    mention_roles: roles,
    mention_everyone: message.pings.includes('everyone'),
    flags: message.flags,
    timestamp: isoDate(message.at),
    edited_timestamp: message.edited === undefined ? null : isoDate(message.edited),
    pinned: false,
    tts: false,
    ...(message.replyTo !== undefined && {
      message_reference: { type: 0, message_id: message.replyTo, channel_id: message.channel },
    }),
    ...(message.author === world.app.bot && { application_id: world.app.id }),
    ...(isAnswer && { webhook_id: world.app.id, interaction_metadata: message.source }),
    ...(message.nonce !== undefined && { nonce: message.nonce }),
  };
}
