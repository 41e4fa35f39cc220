import type { Json } from '../json.ts';
import { isoDate } from './date.ts';
import { permissionsOf } from './permissions.ts';
import type { Channel, Guild, Member, User, World } from './world.ts';

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

/** A member without the user object, as in messages and in resolved data. */
export function bareMember({ nick, roles, joined }: Member): Json {
  return {
    nick: nick ?? null,
    roles: [...roles],
    joined_at: isoDate(joined),
    avatar: null,
    banner: null,
    premium_since: null,
    communication_disabled_until: null,
    flags: 0,
    pending: false,
    deaf: false,
    mute: false,
  };
}

/** The member who made an interaction, with their permissions in the channel. */
export function actingMember(world: World, guild: Guild, member: Member, channel: Channel): Json {
  const place = world.channels.get(channel.parent ?? '') ?? channel;
  const permissions = String(permissionsOf(guild, member.user, place));
  return { ...memberJson(world, member), permissions };
}
