import { OAuth2Scopes, PermissionFlagsBits } from 'discord.js';

/** The permissions Convenor asks for when it is invited, by Discord's own names, and the reason for each. */
export const permissions: readonly { name: string; bit: bigint; reason: string }[] = [
  {
    name: 'View Channels',
    bit: PermissionFlagsBits.ViewChannel,
    reason: 'to see the channels it posts in',
  },
  {
    name: 'Send Messages',
    bit: PermissionFlagsBits.SendMessages,
    reason: 'to post the digest, and to answer messages that mention it',
  },
  {
    name: 'Create Private Threads',
    bit: PermissionFlagsBits.CreatePrivateThreads,
    reason: 'to remind a member who takes no direct messages',
  },
  {
    name: 'Send Messages in Threads',
    bit: PermissionFlagsBits.SendMessagesInThreads,
    reason: 'to write in that thread, and in threads it is spoken to in',
  },
  {
    name: 'Read Message History',
    bit: PermissionFlagsBits.ReadMessageHistory,
    reason:
      'to see, after a broken connection, whether its message arrived, and to answer a message as a reply',
  },
];

/** The link with which somebody adds Convenor to their server: https://discord.com/developers/docs/topics/oauth2#bot-authorization-flow */
export function inviteUrl(application: string): string {
  const bits = permissions.reduce((sum, { bit }) => sum | bit, 0n);
  const scopes = `${OAuth2Scopes.Bot}+${OAuth2Scopes.ApplicationsCommands}`;
  return `https://discord.com/oauth2/authorize?client_id=${application}&scope=${scopes}&permissions=${bits}`;
}
