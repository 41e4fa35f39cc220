import {
  type APIGuild,
  type APIGuildMember,
  type APIOverwrite,
  type APIUser,
  PermissionFlagsBits as Permission,
  Routes,
} from 'discord.js';
import { listText } from '../../../core/base/text.ts';
import type { Adapter } from '../../../core/ports/platform.ts';
import { failureOf } from '../connection/errors.ts';
import { CALL_TIMEOUT_MS, type Rest } from '../connection/rest.ts';

/** What is read of a channel. A thread has the permissions of its parent. */
interface ChannelData {
  guild_id?: string;
  parent_id?: string | null;
  permission_overwrites?: APIOverwrite[];
  thread_metadata?: object;
}

/** What each kind of post needs, by the names that Discord's settings show. */
const needed = {
  post: [
    ['View Channel', Permission.ViewChannel],
    ['Send Messages', Permission.SendMessages],
  ],
  thread: [
    ['View Channel', Permission.ViewChannel],
    ['Create Private Threads', Permission.CreatePrivateThreads],
    ['Send Messages in Threads', Permission.SendMessagesInThreads],
  ],
} as const;

/** Makes the function that looks whether Convenor may post in a channel, or open private threads there. */
export function createPostingProblem(rest: Rest): Adapter['postingProblem'] {
  const get = <T>(route: `/${string}`) =>
    rest.call<T>('GET', route, { timeoutMs: CALL_TIMEOUT_MS });
  return async ({ channel: id, workspace: guild }, how) => {
    try {
      const [channel, server, self] = await Promise.all([
        get<ChannelData>(Routes.channel(id)),
        get<APIGuild>(Routes.guild(guild)),
        get<APIUser>(Routes.user()),
      ]);
      const isThread = channel.thread_metadata !== undefined && channel.parent_id;
      const [parent, member] = await Promise.all([
        isThread ? get<ChannelData>(Routes.channel(channel.parent_id ?? id)) : channel,
        get<APIGuildMember>(Routes.guildMember(guild, self.id)),
      ]);
      const all = permissionsIn(parent.permission_overwrites ?? [], server, member, self.id);
      const lacking = needed[how]
        .filter(([, bit]) => (all & bit) === 0n)
        .map(([name]) => `"${name}"`);
      if (lacking.length === 0) return undefined;
      return `In its settings, under Permissions, allow Convenor ${listText(lacking, 'and')}.`;
    } catch (error) {
      const failure = failureOf(error);
      return failure.outcome === 'permanent' ? failure.reason : undefined;
    }
  };
}

/** https://discord.com/developers/docs/topics/permissions#permission-overwrites */
function permissionsIn(
  overwrites: readonly APIOverwrite[],
  { id: everyone, roles }: APIGuild,
  member: APIGuildMember,
  self: string,
): bigint {
  const own = new Set([everyone, ...member.roles]);
  let bits = roles
    .filter(({ id }) => own.has(id))
    .reduce((sum, { permissions }) => sum | BigInt(permissions), 0n);
  if (bits & Permission.Administrator) return ~0n;
  const layers = [
    overwrites.filter(({ id }) => id === everyone),
    overwrites.filter(({ id }) => id !== everyone && own.has(id)),
    overwrites.filter(({ id }) => id === self),
  ];
  for (const layer of layers) {
    for (const { deny } of layer) bits &= ~BigInt(deny);
    for (const { allow } of layer) bits |= BigInt(allow);
  }
  return bits;
}
