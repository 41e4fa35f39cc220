import { GatewayIntentBits as Intents } from 'discord.js';
import { channelJson } from './channel-object.ts';
import type { Gateway } from './gateway.ts';
import { createdGuild, roleJson } from './guild-object.ts';
import { pingsOf } from './mentions.ts';
import { remove, rewrite } from './message.ts';
import type { Permission } from './permissions.ts';
import * as populate from './populate.ts';
import { dispatchMessage } from './rest/messages.ts';
import { type VisibleMessage, visibleMessage } from './visible-messages.ts';
import type { Channel, Guild, Role, User, World } from './world.ts';
import { messageEvent, type WrittenMessage, write } from './written-message.ts';

/** Things that happen at Discord without the app. Each changes the world and sends the event to the app's sessions. */
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

    /** A role is deleted, and nobody has it any more. */
    deleteRole(guild: Guild, { id }: Role): void {
      guild.roles = guild.roles.filter((role) => role.id !== id);
      for (const { roles } of guild.members.values()) roles.delete(id);
      const data = { guild_id: guild.id, role_id: id };
      gateway.dispatch('GUILD_ROLE_DELETE', data, guild.id, Intents.Guilds);
    },

    addChannel(guild: Guild, given?: populate.NewChannel): Channel {
      const channel = populate.addChannel(world, guild, given);
      const data = channelJson(world, channel);
      gateway.dispatch('CHANNEL_CREATE', data, guild.id, Intents.Guilds);
      return channel;
    },

    /** The app is added to a guild by its link. */
    installIn(guild: Guild, permissions?: readonly Permission[], joined?: number): void {
      populate.install(world, guild, permissions, joined);
      gateway.dispatch('GUILD_CREATE', createdGuild(world, guild), guild.id, Intents.Guilds);
      world.changed();
    },

    /** The app is removed from a guild. */
    uninstall(guild: Guild): void {
      guild.members.delete(bot);
      guild.roles = guild.roles.filter(({ managed }) => !managed);
      gateway.dispatch('GUILD_DELETE', { id: guild.id }, guild.id, Intents.Guilds);
      world.changed();
    },

    /** A guild becomes unavailable; `restore` ends that. */
    outage(guild: Guild): void {
      const data = { id: guild.id, unavailable: true };
      gateway.dispatch('GUILD_DELETE', data, guild.id, Intents.Guilds);
    },
    restore(guild: Guild): void {
      gateway.dispatch('GUILD_CREATE', createdGuild(world, guild), guild.id, Intents.Guilds);
    },

    /** A user joins another guild, or one that they had left. Without a privileged intent the app gets no event. */
    join: (guild: Guild, user: User, given?: populate.NewUser) =>
      populate.join(world, guild, user, given),

    /** A member gets or loses roles. The app gets no event. */
    give(guild: Guild, user: User, ...roles: Role[]): void {
      for (const { id } of roles) guild.members.get(user.id)?.roles.add(id);
    },
    take(guild: Guild, user: User, ...roles: Role[]): void {
      for (const { id } of roles) guild.members.get(user.id)?.roles.delete(id);
    },

    /** A user leaves a guild. The app gets no event. */
    depart(guild: Guild, user: User): void {
      guild.members.delete(user.id);
      for (const channel of world.channels.values())
        if (channel.guild === guild.id) channel.members.delete(user.id);
      world.changed();
    },

    /** Users, or the app, can see a private channel from now on. */
    invite(channel: Channel, ...users: (User | 'app')[]): void {
      for (const user of users) populate.allow(channel, whose(user), ['ViewChannel']);
      changed(channel);
    },

    /** A user, or the app, cannot see a channel any more. */
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

    /** A thread is archived, as Discord does by itself after some days. */
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

    /** A user or a bot writes a message, or replies to one. */
    say(user: User, channel: Channel, words: string, given: WrittenMessage = {}): VisibleMessage {
      const message = write(world, { user, channel }, words, given);
      const data = messageEvent(world, message, channel);
      dispatchMessage({ world, gateway }, 'MESSAGE_CREATE', channel, data);
      return visibleMessage(message);
    },

    /** A user changes a message. */
    edit(seen: VisibleMessage, words: string): void {
      const message = world.messages.get(seen.channel)?.find(({ id }) => id === seen.id);
      const channel = world.channels.get(seen.channel);
      if (!message || !channel) return;
      rewrite(world, message, { content: words });
      message.pings = pingsOf(message, undefined);
      const data = messageEvent(world, message, channel);
      dispatchMessage({ world, gateway }, 'MESSAGE_UPDATE', channel, data);
    },

    /** A user deletes a message. */
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
