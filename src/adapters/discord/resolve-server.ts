import type { Clock } from '../../core/base/clock.ts';
import { errorFields, type Log } from '../../core/base/log.ts';
import {
  askWhichPartnership,
  type Membership,
  partnershipsOf,
} from '../../core/bot/which-partnership.ts';
import type { Commands } from '../../core/command/command.ts';
import { workspaceAt, workspaces } from '../../core/domain/workspaces/workspace.ts';
import { LINK_COMMAND } from '../../core/features/linking/link.ts';
import { type Identity, PARTNERSHIP, type Profile } from '../../core/message/invocation.ts';
import { type Reply, say } from '../../core/message/reply.ts';
import { commandText, rich } from '../../core/message/rich-text.ts';
import type { Bot } from '../../core/ports/platform.ts';
import type { Stores } from '../../core/ports/store.ts';
import type { RequestedCommand } from '../shared/request.ts';
import { isAboutServer } from './connection/errors.ts';
import { PLATFORM } from './connection/platform.ts';
import type { DiscordUser } from './input/discord-user.ts';
import type { DiscordInput } from './input/input.ts';
import type { Installs } from './installing/installs.ts';
import { GONE, profileIn } from './profile-of.ts';
import type { Users } from './users.ts';

interface ServerDeps {
  stores: Stores;
  clock: Clock;
  commands: Commands;
  users: Users;
  installs: Pick<Installs, 'all'>;
  bot: Pick<Bot, 'profileChanged'>;
  log: Log;
}

/** The server that a request is about. */
export interface ResolvedServer {
  server: string;
  /** The user, as they are known there; undefined if Discord does not say at the moment. */
  user: DiscordUser | undefined;
}

/** The answer to a direct message from somebody who is a member of no partnership. */
const unknownUser: Reply = say(
  rich`I don't know you from any server yet. Please type your first command to me, such as ${commandText('help')}, on the server of your community.`,
);

/**
 * The server that a request is about. In a direct message, the request names the partnership, or the user is a member
 * of only one. There Discord is asked whether they are still on the server. The bot hears of each server that they have
 * left, which then counts no more.
 * @returns a reply if the server is not known: it may ask which partnership is meant.
 * @throws StoreError if the store fails.
 */
export async function resolveServer(
  { guild, user: id, key, users: [self] }: Pick<DiscordInput, 'guild' | 'user' | 'key' | 'users'>,
  { command, args }: RequestedCommand,
  deps: ServerDeps,
): Promise<ResolvedServer | { reply: Reply }> {
  if (guild !== undefined) {
    const found = self ?? (await lookUp({ platform: PLATFORM, workspace: guild, user: id }, deps));
    return { server: guild, user: typeof found === 'object' ? found : undefined };
  }
  const possible = await currentMemberships(id, args[PARTNERSHIP], deps);
  const unclear = possible.find(({ user }) => user === undefined);
  const [first, ...others] = unclear ? [unclear] : possible;
  if (!first)
    return (await serverThatAdmits(id, { command, args }, deps)) ?? { reply: unknownUser };
  if (others.length > 0) {
    return { reply: await askWhichPartnership(possible, { command, args, key }, deps) };
  }
  return { server: first.identity.workspace, user: first.user };
}

/** On how many servers at most somebody is looked for who has not spoken on any of them. */
const MAX_SERVERS_SEARCHED = 5;

/** The server on which somebody becomes a member by speaking, or by a code, if it is the only one. */
async function serverThatAdmits(
  id: string,
  { command, args }: RequestedCommand,
  deps: ServerDeps,
): Promise<ResolvedServer | undefined> {
  const named = args[PARTNERSHIP];
  const all =
    named === undefined
      ? ((await deps.installs.all(MAX_SERVERS_SEARCHED)) ?? [])
      : await serversOf(named, deps);
  const admitted: readonly Profile['standing'][] =
    command === LINK_COMMAND ? ['owner', 'full', 'visitor'] : ['owner', 'full'];
  const found = await Promise.all(
    all.map(async (server): Promise<ResolvedServer[]> => {
      const ref = { platform: PLATFORM, workspace: server };
      const [user, row] = await Promise.all([
        lookUp({ ...ref, user: id }, deps),
        workspaceAt(deps.stores, ref),
      ]);
      if (!row || typeof user !== 'object') return [];
      const { standing } = profileIn(row, user);
      return admitted.includes(standing) ? [{ server, user }] : [];
    }),
  );
  const [only, ...others] = found.flat();
  return others.length > 0 ? undefined : only;
}

/** The servers of a partnership. */
async function serversOf(partnership: string, { stores }: ServerDeps): Promise<string[]> {
  const where = { partnership };
  const rows = await stores
    .global(workspaces)
    .find({ index: 'byPartnership', where }, MAX_SERVERS_SEARCHED);
  return rows.rows.flatMap(({ platform, workspace }) => (platform === PLATFORM ? [workspace] : []));
}

interface CurrentMembership extends Membership {
  /** Undefined if Discord does not say at the moment. */
  user: DiscordUser | undefined;
}

/**
 * The partnerships on whose server a user is now. Those whose server Convenor cannot reach count only if there is no
 * other.
 * @param named the id of the only partnership to look at; undefined: all.
 */
async function currentMemberships(
  id: string,
  named: string | undefined,
  deps: ServerDeps,
): Promise<CurrentMembership[]> {
  const { stores, bot } = deps;
  const left: Identity[] = [];
  for (;;) {
    const all = await partnershipsOf(stores, { platform: PLATFORM, user: id });
    const looked = await Promise.all(
      all
        .filter(({ partnership }) => named === undefined || partnership === named)
        .map(async (one) => ({ ...one, found: await lookUp(one.identity, deps) })),
    );
    const news = looked.filter(
      ({ identity: { workspace }, found }) =>
        found === 'gone' && !left.some((before) => before.workspace === workspace),
    );
    for (const { identity } of news) {
      left.push(identity);
      await bot.profileChanged(identity, GONE);
    }
    // They may have another identity in the same partnership, on another server.
    if (news.length > 0) continue;
    const here = looked.filter(({ found }) => found !== 'gone');
    const reached = here.filter(({ found }) => found !== 'unreachable');
    return (reached.length > 0 ? reached : here).map(({ found, ...one }) => ({
      ...one,
      user: typeof found === 'object' ? found : undefined,
    }));
  }
}

/** @returns `unreachable`: Convenor is not on that server any more. Undefined: Discord does not answer. */
async function lookUp(
  { workspace, user }: Identity,
  { users, log }: ServerDeps,
): Promise<DiscordUser | 'gone' | 'unreachable' | undefined> {
  try {
    return (await users.get(workspace, user)) ?? 'gone';
  } catch (error) {
    if (isAboutServer(error)) return 'unreachable';
    log.warn(errorFields(error), 'discord does not tell who somebody is');
    return undefined;
  }
}
