import { PermissionFlagsBits as Bits } from 'discord.js';
import type { Channel, Guild, World } from './world.ts';

export type Permission = keyof typeof Bits;

export const bitsOf = (permissions: readonly Permission[]): bigint =>
  permissions.reduce((bits, name) => bits | Bits[name], 0n);

const EVERYTHING = bitsOf(Object.keys(Bits) as Permission[]);

/** What everyone may do in a new server. */
export const EVERYONE = bitsOf([
  ...(['ViewChannel', 'SendMessages', 'SendMessagesInThreads', 'ReadMessageHistory'] as const),
  ...(['CreatePublicThreads', 'CreatePrivateThreads', 'UseApplicationCommands'] as const),
  ...(['AddReactions', 'EmbedLinks', 'AttachFiles', 'MentionEveryone'] as const),
]);

/** What a member may do in a guild, or in one channel of it: https://docs.discord.com/developers/topics/permissions#permission-overwrites */
export function permissionsOf(guild: Guild, user: string, channel?: Channel): bigint {
  const member = guild.members.get(user);
  if (!member) return 0n;
  if (guild.owner === user) return EVERYTHING;
  const everyone = guild.roles.find(({ id }) => id === guild.id)?.permissions ?? 0n;
  let bits = guild.roles
    .filter(({ id }) => member.roles.has(id))
    .reduce((all, role) => all | role.permissions, everyone);
  if (bits & Bits.Administrator) return EVERYTHING;
  const overwrites = channel?.overwrites ?? [];
  const applied = [
    overwrites.filter(({ id }) => id === guild.id),
    overwrites.filter(({ id }) => member.roles.has(id)),
    overwrites.filter(({ id }) => id === user),
  ];
  for (const layer of applied) {
    for (const { deny } of layer) bits &= ~deny;
    for (const { allow } of layer) bits |= allow;
  }
  return channel && !(bits & Bits.ViewChannel) ? 0n : bits;
}

/** Whether a user may do this in a channel. A thread has the permissions of its parent. */
export function may(world: World, user: string, channel: Channel, needed: Permission): boolean {
  if (channel.kind === 'direct') return channel.members.has(user);
  const guild = world.guilds.get(channel.guild ?? '');
  const place = channel.parent ? world.channels.get(channel.parent) : channel;
  if (!guild || !place) return false;
  return (permissionsOf(guild, user, place) & Bits[needed]) !== 0n;
}

/** Whether a user sees a channel. A private thread is seen by its members and by those who manage threads. */
export function sees(world: World, user: string, channel: Channel): boolean {
  if (!may(world, user, channel, 'ViewChannel')) return false;
  if (channel.kind !== 'private thread') return true;
  return channel.members.has(user) || may(world, user, channel, 'ManageThreads');
}
