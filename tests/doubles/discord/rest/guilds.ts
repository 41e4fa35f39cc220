import { RESTJSONErrorCodes as Code } from 'discord.js';
import { textOf } from '../../json.ts';
import { channelJson } from '../channel-object.ts';
import { guildJson, roleJson } from '../guild-object.ts';
import { Refusal } from '../refusal.ts';
import { memberJson } from '../user-object.ts';
import { EMPTY, guildOf, type Handler, ok } from './call.ts';

/** https://docs.discord.com/developers/resources/guild */
export const guilds: Record<string, Handler> = {
  get_guild: (call) => ok(guildJson(guildOf(call))),

  list_guild_roles: (call) => ok(guildOf(call).roles.map(roleJson)),

  list_guild_channels(call) {
    const guild = guildOf(call);
    const channels = [...call.world.channels.values()].filter(
      (channel) => channel.guild === guild.id && !channel.parent,
    );
    return ok(channels.map((channel) => channelJson(call.world, channel)));
  },

  get_guild_member(call) {
    const { world, args } = call;
    const user = textOf(args.user_id);
    const guild = guildOf(call);
    if (!world.users.has(user)) throw new Refusal(Code.UnknownUser);
    const member = guild.members.get(user);
    if (!member) throw new Refusal(Code.UnknownMember);
    return ok(memberJson(world, member));
  },

  leave_guild(call) {
    guildOf(call).members.delete(call.world.app.bot);
    call.gateway.dispatch(
      'GUILD_DELETE',
      { id: textOf(call.args.guild_id) },
      textOf(call.args.guild_id),
    );
    call.world.changed();
    return EMPTY;
  },
};
