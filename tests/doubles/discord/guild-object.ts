import type { Json } from '../json.ts';
import { channelJson, threadMemberJson } from './channel-object.ts';
import { isoDate } from './date.ts';
import { sees } from './permissions.ts';
import { memberJson } from './user-object.ts';
import type { Guild, Role, World } from './world.ts';

/** https://docs.discord.com/developers/topics/permissions#role-object */
export function roleJson({ id, name, permissions, position, managed, bot }: Role): Json {
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
    ...(bot === undefined ? {} : { tags: { bot_id: bot } }),
  };
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
    system_channel_id: guild.systemChannel,
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

/** https://docs.discord.com/developers/events/gateway-events#guild-create */
export function createdGuild(world: World, guild: Guild): Json {
  const channels = [...world.channels.values()].filter((one) => one.guild === guild.id);
  const { bot } = world.app;
  const member = guild.members.get(bot);
  const threads = channels.filter((one) => one.parent && sees(world, bot, one));
  return {
    ...guildJson(guild),
    joined_at: isoDate(member?.joined ?? 0),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    members: member ? [memberJson(world, member)] : [],
    channels: channels.filter((one) => !one.parent).map((one) => channelJson(world, one)),
    threads: threads.map((one) => ({
      ...channelJson(world, one),
      ...(one.members.has(bot) && { member: threadMemberJson(world, one, bot) }),
    })),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
