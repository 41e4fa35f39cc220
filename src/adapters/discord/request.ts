import { Routes } from 'discord.js';
import { errorFields, type Log } from '../../core/base/log.ts';
import type { Commands } from '../../core/command/command.ts';
import { ACCESS_COMMAND } from '../../core/features/join-requests/access.ts';
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
import { GONE, profileIn } from './profile-of.ts';
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
  const [workspace, roles, ...mentioned] = await Promise.all([
    workspaceOf(server, deps),
    command === ACCESS_COMMAND ? rolesOf(server, deps) : undefined,
    ...mentionedUsers(args, USER_MENTION, id).map(async (other) => ({
      id: other,
      found: await findUser(server, other, deps),
    })),
  ]);
  const known = mentioned.map(({ found }) => (typeof found === 'object' ? found : undefined));
  const gone = mentioned.filter(({ found }) => found === 'gone');
  const unanswered = mentioned.filter(({ found }) => found === undefined);
  const isDirect = guild === undefined;
  return {
    command,
    args,
    key,
    actor: { platform: PLATFORM, workspace: server, user: id },
    place: { platform: PLATFORM, workspace: server, channel, direct: isDirect },
    partnership: workspace.partnership,
    profiles: {
      ...profilesOf([user, ...known], (found) => profileIn(workspace, found)),
      ...Object.fromEntries(gone.map(({ id }) => [id, GONE])),
    },
    ...(unanswered.length > 0 && { unanswered: unanswered.map(({ id }) => id) }),
    ...(roles && { roles }),
    // What is private goes into a direct message, which several partnerships may share.
    ...((isDirect || said) && { withPartnership: true }),
    ...(said && { spokenInPublic: true }),
    ...(said?.direct !== undefined && { privateChannel: said.direct }),
  };
}

/** A mentioned user; undefined if Discord does not answer. Then the command works without their profile, where it can. */
async function findUser(
  server: string,
  id: string,
  { users, log }: RequestDeps,
): Promise<DiscordUser | 'gone' | undefined> {
  try {
    return (await users.get(server, id)) ?? 'gone';
  } catch (error) {
    log.warn(errorFields(error), 'discord does not tell who somebody is');
    return undefined;
  }
}

/** The names of a server's roles, by id; undefined if Discord does not answer. */
async function rolesOf(server: string, { users, log }: RequestDeps): Promise<Invocation['roles']> {
  try {
    return await users.roleNames(server);
  } catch (error) {
    log.warn(errorFields(error), 'discord does not tell the roles');
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
