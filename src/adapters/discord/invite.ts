import { OAuth2Scopes, PermissionFlagsBits, type PermissionsString } from 'discord.js';

/** A permission that the bot asks for, and what for: printed into docs/discord.md. */
export interface BotPermission {
  permission: PermissionsString;
  /** As Discord's settings have it. */
  name: string;
  reason: string;
}

/** As few as possible. The address by which Convenor is invited asks for exactly these. */
export const botPermissions: readonly BotPermission[] = [
  {
    permission: 'ViewChannel',
    name: 'View Channels',
    reason: 'to see the channel in which the digest is to be posted',
  },
  {
    permission: 'SendMessages',
    name: 'Send Messages',
    reason: 'to post the digest there',
  },
  {
    permission: 'ReadMessageHistory',
    name: 'Read Message History',
    reason:
      'to look, when a connection broke, whether the digest is there before it is posted again',
  },
  {
    permission: 'CreatePrivateThreads',
    name: 'Create Private Threads',
    reason:
      'to reach a member who takes no direct messages, where a coordinator has chosen that; leave it out if you do not',
  },
  {
    permission: 'SendMessagesInThreads',
    name: 'Send Messages in Threads',
    reason: 'to write in such a thread; leave it out with the one above',
  },
];

/** Where somebody who may manage a server invites Convenor: https://discord.com/developers/docs/topics/oauth2#bot-authorization-flow */
export function inviteLink(application: string): string {
  const permissions = botPermissions.reduce(
    (all, { permission }) => all | PermissionFlagsBits[permission],
    0n,
  );
  const scope = [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join('+');
  return `https://discord.com/oauth2/authorize?client_id=${application}&scope=${scope}&permissions=${permissions}`;
}
