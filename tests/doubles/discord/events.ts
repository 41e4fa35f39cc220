import { GatewayIntentBits as Intents } from 'discord.js';
import { channelJson } from './channel-object.ts';
import type { Gateway } from './gateway.ts';
import { createdGuild, roleJson } from './guild-object.ts';
import { messageJson, post, remove } from './message.ts';
import type { Permission } from './permissions.ts';
import * as populate from './populate.ts';
import { dispatchMessage } from './rest/messages.ts';
import { type VisibleMessage, visibleMessage } from './visible-messages.ts';
import type { Channel, Guild, Role, User, World } from './world.ts';

/** What happens at Discord while nobody speaks to the app. Each changes the world and tells the app's sessions. */
export function createEvents({ world, gateway }: { world: World; gateway: Gateway }) {
  const { bot } = world.app;
  const changed = (channel: Channel) => {
    const data = channelJson(world, channel);
    gateway.dispatch('CHANNEL_UPDATE', data, channel.guild, Intents.Guilds);
    world.changed();
  };
  const whose = (user: User | 'app') =>
    ({ id: user === 'app' ? bot : user.id, of: 'member' }) as const;
  return {
    addRole(guild: Guild, given?: populate.NewRole): Role {
      const role = populate.addRole(world, guild, given);
      const data = { guild_id: guild.id, role: roleJson(role) };
      gateway.dispatch('GUILD_ROLE_CREATE', data, guild.id, Intents.Guilds);
      return role;
    },

    addChannel(guild: Guild, given?: populate.NewChannel): Channel {
      const channel = populate.addChannel(world, guild, given);
      const data = channelJson(world, channel);
      gateway.dispatch('CHANNEL_CREATE', data, guild.id, Intents.Guilds);
      return channel;
    },

    /** The app is added to a guild, by its link. */
    installIn(guild: Guild, permissions?: readonly Permission[]): void {
      populate.install(world, guild, permissions);
      gateway.dispatch('GUILD_CREATE', createdGuild(world, guild), guild.id, Intents.Guilds);
      world.changed();
    },

    /** The app is thrown out of a guild. */
    uninstall(guild: Guild): void {
      guild.members.delete(bot);
      guild.roles = guild.roles.filter(({ managed }) => !managed);
      gateway.dispatch('GUILD_DELETE', { id: guild.id }, guild.id, Intents.Guilds);
      world.changed();
    },

    /** Discord loses a guild for a while; `restore` brings it back. */
    outage(guild: Guild): void {
      const data = { id: guild.id, unavailable: true };
      gateway.dispatch('GUILD_DELETE', data, guild.id, Intents.Guilds);
    },
    restore(guild: Guild): void {
      gateway.dispatch('GUILD_CREATE', createdGuild(world, guild), guild.id, Intents.Guilds);
    },

    /** A user becomes a member of a further guild, or of one they had left. The app hears nothing of it without a privileged intent. */
    join: (guild: Guild, user: User, given?: populate.NewUser) =>
      populate.join(world, guild, user, given),

    /** A member gets roles, or loses them. The app hears nothing of it either. */
    give(guild: Guild, user: User, ...roles: Role[]): void {
      for (const { id } of roles) guild.members.get(user.id)?.roles.add(id);
    },
    take(guild: Guild, user: User, ...roles: Role[]): void {
      for (const { id } of roles) guild.members.get(user.id)?.roles.delete(id);
    },

    /** A user is a member no longer. The app hears nothing of it. */
    depart(guild: Guild, user: User): void {
      guild.members.delete(user.id);
      for (const channel of world.channels.values())
        if (channel.guild === guild.id) channel.members.delete(user.id);
      world.changed();
    },

    /** Users, or the app, get to see a private channel. */
    invite(channel: Channel, ...users: (User | 'app')[]): void {
      for (const user of users) populate.allow(channel, whose(user), ['ViewChannel']);
      changed(channel);
    },

    /** A user, or the app, sees a channel no longer. */
    kick(channel: Channel, user: User | 'app'): void {
      populate.deny(channel, whose(user), ['ViewChannel']);
      changed(channel);
    },

    /** The app may no longer do these things in a channel. */
    forbid(channel: Channel, ...permissions: Permission[]): void {
      populate.deny(channel, whose('app'), permissions);
      changed(channel);
    },

    /** The app may do these things in a channel. */
    permit(channel: Channel, ...permissions: Permission[]): void {
      populate.allow(channel, whose('app'), permissions);
      changed(channel);
    },

    /** A thread is put away, as Discord does by itself after some days. */
    archive(thread: Channel): void {
      thread.archived = true;
      const data = channelJson(world, thread);
      gateway.dispatch('THREAD_UPDATE', data, thread.guild, Intents.Guilds);
    },

    /** A channel or a thread is deleted, and its threads with it. */
    deleteChannel(channel: Channel): void {
      for (const one of [...world.channels.values()])
        if (one === channel || one.parent === channel.id) world.channels.delete(one.id);
      const type = channel.parent ? 'THREAD_DELETE' : 'CHANNEL_DELETE';
      gateway.dispatch(type, channelJson(world, channel), channel.guild, Intents.Guilds);
      world.changed();
    },

    /** A user writes in a channel. */
    say(user: User, channel: Channel, words: string): VisibleMessage {
      const fields = { channel: channel.id, author: user.id };
      const message = post(world, { content: words }, fields);
      const isDirect = channel.kind === 'direct';
      const isTold = isDirect || message.pings.includes(bot);
      const data = messageJson(world, message);
      // What is in a guild's messages is for those who hold a privileged intent, and those they name.
      dispatchMessage(
        { world, gateway },
        'MESSAGE_CREATE',
        channel,
        isTold ? data : { ...data, content: '' },
      );
      return visibleMessage(message);
    },

    /** A message is deleted at Discord, by somebody who may. */
    erase(seen: VisibleMessage): void {
      const message = world.messages.get(seen.channel)?.find(({ id }) => id === seen.id);
      const channel = world.channels.get(seen.channel);
      if (!message || !channel) return;
      remove(world, message);
      const data = { id: message.id, channel_id: channel.id };
      dispatchMessage({ world, gateway }, 'MESSAGE_DELETE', channel, data);
    },
  };
}
