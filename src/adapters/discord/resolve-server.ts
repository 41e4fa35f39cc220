import type { Clock } from '../../core/base/clock.ts';
import { askWhichPartnership, partnershipsOf } from '../../core/bot/which-partnership.ts';
import type { Commands } from '../../core/command/command.ts';
import { PARTNERSHIP } from '../../core/message/invocation.ts';
import { type Reply, say } from '../../core/message/reply.ts';
import { bold, rich } from '../../core/message/rich-text.ts';
import type { Stores } from '../../core/ports/store.ts';
import type { RequestedCommand } from '../shared/request.ts';
import { PLATFORM } from './connection/platform.ts';
import type { DiscordUser } from './input/discord-user.ts';
import type { DiscordInput } from './input/input.ts';
import type { Users } from './users.ts';

/** The server that a request is about, and the user as they are known there. */
export interface ResolvedServer {
  server: string;
  user: DiscordUser;
}

/** The answer to a direct message from somebody who is a member of no partnership. */
const unknownUser: Reply = say(
  rich`I don't know you from any server yet. Please type your first command to me, such as ${bold('help')}, on the server of your community.`,
);

/**
 * The server that a request is about. In a direct message, the request names the partnership, or the user is a member
 * of only one.
 * @returns a reply if the server is not known: it may ask which partnership is meant.
 * @throws if the store or Discord is out of reach.
 */
export async function resolveServer(
  { guild, user: id, key, users: [self] }: Pick<DiscordInput, 'guild' | 'user' | 'key' | 'users'>,
  { command, args }: RequestedCommand,
  { users, ...deps }: { stores: Stores; clock: Clock; commands: Commands; users: Users },
): Promise<ResolvedServer | { reply: Reply }> {
  if (guild !== undefined && self) return { server: guild, user: self };
  const all = await partnershipsOf(deps.stores, { platform: PLATFORM, user: id });
  const named = args[PARTNERSHIP];
  const possible =
    named === undefined ? all : all.filter(({ partnership }) => partnership === named);
  const [first, ...others] = possible;
  if (!first) return { reply: unknownUser };
  if (others.length > 0) {
    return { reply: await askWhichPartnership(possible, { command, args, key }, deps) };
  }
  const server = first.identity.workspace;
  const user = await users.get(server, id);
  return user ? { server, user } : { reply: unknownUser };
}
