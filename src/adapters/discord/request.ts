import { Routes } from 'discord.js';
import { errorFields, type Log } from '../../core/base/log.ts';
import type { Commands } from '../../core/command/command.ts';
import type { Invocation } from '../../core/message/invocation.ts';
import type { Bot } from '../../core/ports/platform.ts';
import type { ReaderDeps } from '../shared/reader-context.ts';
import {
  findOrRegisterWorkspace,
  mentionedUsers,
  profilesOf,
  type RequestedCommand,
} from '../shared/request.ts';
import { PLATFORM } from './connection/platform.ts';
import type { Rest } from './connection/rest.ts';
import type { DiscordUser } from './input/discord-user.ts';
import type { DiscordInput } from './input/input.ts';
import { server as serverPayload } from './input/payloads.ts';
import type { Installs } from './installing/installs.ts';
import { profileIn } from './profile-of.ts';
import type { ResolvedServer } from './resolve-server.ts';
import type { Users } from './users.ts';

/** What everything inbound works with. */
export interface RequestDeps extends ReaderDeps {
  bot: Bot;
  commands: Commands;
  rest: Rest;
  users: Users;
  installs: Installs;
  log: Log;
}

const USER_MENTION = /<@!?(\d{15,20})>/g;

/** A line that was typed as a message on a server. */
export interface SaidOnServer {
  /** The channel of the direct messages with its author; undefined if it is not known. */
  direct: string | undefined;
}

/**
 * Looks up everything that the bot has to know of a command.
 * @throws if the store is out of reach.
 */
export async function discordRequest(
  { channel, guild, key, user: id }: DiscordInput,
  { command, args }: RequestedCommand,
  { server, user }: ResolvedServer,
  deps: RequestDeps,
  said?: SaidOnServer,
): Promise<Invocation> {
  const [workspace, ...mentioned] = await Promise.all([
    workspaceOf(server, deps),
    ...mentionedUsers(args, USER_MENTION, id).map((other) => findUser(server, other, deps)),
  ]);
  const isDirect = guild === undefined;
  return {
    command,
    args,
    key,
    actor: { platform: PLATFORM, workspace: server, user: id },
    place: { platform: PLATFORM, workspace: server, channel, direct: isDirect },
    partnership: workspace.partnership,
    profiles: profilesOf([user, ...mentioned], (known) => profileIn(workspace, known)),
    // What is private goes into a direct message, which several partnerships may share.
    ...((isDirect || said) && { withPartnership: true }),
    ...(said && { spokenInPublic: true }),
    ...(said?.direct !== undefined && { privateChannel: said.direct }),
  };
}

/** A mentioned user; undefined if Discord does not answer. Then the command works without their profile. */
async function findUser(
  server: string,
  id: string,
  { users, log }: RequestDeps,
): Promise<DiscordUser | undefined> {
  try {
    return await users.get(server, id);
  } catch (error) {
    log.warn(errorFields(error), 'discord does not tell who somebody is');
    return undefined;
  }
}

/** The workspace of a server. It is registered when Convenor joins the server; if that failed, now. */
function workspaceOf(server: string, { rest, stores }: RequestDeps) {
  return findOrRegisterWorkspace({ platform: PLATFORM, workspace: server }, stores, async () => {
    const { name } = serverPayload.parse(await rest.call('GET', Routes.guild(server)));
    return name || 'Discord';
  });
}
