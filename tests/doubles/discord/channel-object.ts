import { ChannelType } from 'discord.js';
import type { Json } from '../json.ts';
import { isoDate } from './date.ts';
import { userJson } from './user-object.ts';
import type { Channel, World } from './world.ts';

const TYPES: Record<Channel['kind'], ChannelType> = {
  text: ChannelType.GuildText,
  direct: ChannelType.DM,
  thread: ChannelType.PublicThread,
  'private thread': ChannelType.PrivateThread,
};

const typeOf = ({ kind }: Channel) => TYPES[kind];

/** https://docs.discord.com/developers/resources/channel#channel-object */
export function channelJson(world: World, channel: Channel): Json {
  const last = world.messages.get(channel.id)?.findLast(({ only }) => only === undefined);
  const shared = {
    id: channel.id,
    type: typeOf(channel),
    flags: 0,
    last_message_id: last?.id ?? null,
  };
  if (channel.kind === 'direct') {
    const others = [...channel.members].filter((id) => id !== world.app.bot);
    return {
      ...shared,
      recipients: others.flatMap((id) => world.users.get(id) ?? []).map(userJson),
    };
  }
  const { guild, name, parent } = channel;
  const placed = { ...shared, guild_id: guild, name, parent_id: parent ?? null };
  if (channel.kind !== 'text') return { ...placed, ...threadFields(world, channel) };
  return {
    ...placed,
    position: channel.position,
    topic: null,
    nsfw: false,
    rate_limit_per_user: 0,
    permission_overwrites: channel.overwrites.map(({ id, of, allow, deny }) => ({
      id,
      type: of === 'role' ? 0 : 1,
      allow: String(allow),
      deny: String(deny),
    })),
  };
}

/** https://docs.discord.com/developers/resources/channel#thread-metadata-object */
function threadFields(world: World, thread: Channel): Json {
  const messages = world.messages.get(thread.id)?.length ?? 0;
  const isPrivate = thread.kind === 'private thread';
  return {
    owner_id: thread.owner,
    message_count: messages,
    total_message_sent: messages,
    member_count: thread.members.size,
    rate_limit_per_user: 0,
    thread_metadata: {
      archived: thread.archived,
      archive_timestamp: isoDate(world.now()),
      auto_archive_duration: 1440,
      locked: false,
      ...(isPrivate && { invitable: true }),
    },
  };
}

/** https://docs.discord.com/developers/resources/channel#thread-member-object */
export function threadMemberJson(world: World, thread: Channel, user: string): Json {
  return { id: thread.id, user_id: user, join_timestamp: isoDate(world.now()), flags: 0 };
}
