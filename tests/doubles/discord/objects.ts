import { ChannelType } from 'discord.js';
import type { Json } from '../json.ts';
import { permissionsOf } from './permissions.ts';
import type { Channel, Guild, Member, Role, User, World } from './world.ts';

const dateOf = (ms: number) => new Date(ms).toISOString();

/** https://docs.discord.com/developers/resources/user#user-object */
export function userJson(user: User): Json {
  return {
    id: user.id,
    username: user.username,
    discriminator: '0',
    global_name: user.bot ? null : user.name,
    avatar: null,
    public_flags: 0,
    flags: 0,
    primary_guild: null,
    ...(user.bot && { bot: true }),
  };
}

/** https://docs.discord.com/developers/resources/guild#guild-member-object */
export function memberJson(world: World, member: Member): Json {
  const user = world.users.get(member.user);
  return { user: user && userJson(user), ...bareMember(member) };
}

/** A member without their user, as messages and what an interaction names have it. */
export function bareMember({ nick, roles, joined }: Member): Json {
  return {
    nick: nick ?? null,
    roles: [...roles],
    joined_at: dateOf(joined),
    avatar: null,
    premium_since: null,
    communication_disabled_until: null,
    flags: 0,
    pending: false,
    deaf: false,
    mute: false,
  };
}

/** A member who did something, with what they may do there. */
export function actingMember(world: World, guild: Guild, member: Member, channel: Channel): Json {
  const place = world.channels.get(channel.parent ?? '') ?? channel;
  const permissions = String(permissionsOf(guild, member.user, place));
  return { ...memberJson(world, member), permissions };
}

/** https://docs.discord.com/developers/topics/permissions#role-object */
export function roleJson({ id, name, permissions, position, managed }: Role): Json {
  return {
    id,
    name,
    permissions: String(permissions),
    position,
    managed,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
  };
}

const TYPES: Record<Channel['kind'], ChannelType> = {
  text: ChannelType.GuildText,
  direct: ChannelType.DM,
  thread: ChannelType.PublicThread,
  'private thread': ChannelType.PrivateThread,
};

export const typeOf = ({ kind }: Channel) => TYPES[kind];

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
      archive_timestamp: dateOf(world.now()),
      auto_archive_duration: 1440,
      locked: false,
      ...(isPrivate && { invitable: true }),
    },
  };
}

/** https://docs.discord.com/developers/resources/channel#thread-member-object */
export function threadMemberJson(world: World, thread: Channel, user: string): Json {
  return { id: thread.id, user_id: user, join_timestamp: dateOf(world.now()), flags: 0 };
}

/** https://docs.discord.com/developers/resources/guild#guild-object */
export function guildJson(guild: Guild): Json {
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.owner,
    roles: guild.roles.map(roleJson),
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    features: [],
    emojis: [],
    stickers: [],
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    default_message_notifications: 0,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: 'en-GB',
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    incidents_data: null,
  };
}
