import type { Clock } from '../../core/base/clock.ts';
import {
  createDirectory,
  type Directory,
  type DirectoryCache,
} from '../../core/domain/directory/directory.ts';
import { zoneOf } from '../../core/domain/members/member.ts';
import { partnerships } from '../../core/domain/partnerships/partnership.ts';
import type { WorkspaceRef } from '../../core/domain/workspaces/workspace.ts';
import type { Address } from '../../core/message/address.ts';
import type { Invocation } from '../../core/message/invocation.ts';
import type { Stores } from '../../core/ports/store.ts';
import type { CommandNames, ReaderContext } from './inline-nodes.ts';

/** What is needed to find out who reads a message. */
export interface ReaderDeps {
  stores: Stores;
  directories: DirectoryCache;
  clock: Clock;
  commandNames?: CommandNames | undefined;
}

/** The users of a platform that are held in memory. */
export interface UserNames {
  /** A user's name; undefined if they are not in memory. */
  nameOf(workspace: string, user: string): string | undefined;
}

/**
 * The reader of an answer: the person who asked. Their zone is the member's, else the one their platform knows, else
 * the partnership's.
 */
export async function readerOfActor(
  { actor, partnership: id, place, profiles }: Invocation,
  { stores, directories, clock, users, commandNames }: ReaderDeps & { users: UserNames },
): Promise<ReaderContext> {
  const partnership = await stores.forPartnership(id).of(partnerships).get(id);
  const directory = partnership ? await directories.of(partnership) : createDirectory([], []);
  const member = directory.memberOf(actor);
  const known = member && partnership ? zoneOf(member, partnership) : profiles?.[actor.user]?.zone;
  const reader = readerOn(place, directory, {
    zone: known ?? partnership?.zone ?? 'UTC',
    now: clock.now(),
    commandNames,
  });
  const nameOf = (user: string) => users.nameOf(place.workspace, user) ?? reader.nameOf(user);
  return { ...reader, nameOf };
}

/** The reader of a delivered message: a member in their own zone, or a channel in the partnership's. */
export async function readerOfDelivery(
  address: Address,
  id: string,
  { stores, directories, clock, commandNames }: ReaderDeps,
): Promise<ReaderContext> {
  const partnership = await stores.forPartnership(id).of(partnerships).get(id);
  if (!partnership) throw new Error('The partnership of a delivery does not exist.');
  const directory = await directories.of(partnership);
  const member = address.to === 'user' ? directory.memberOf(address.identity) : undefined;
  const zone = zoneOf(member, partnership);
  return readerOn(workspaceOf(address), directory, {
    zone,
    now: clock.now(),
    isOnlyReader: address.to === 'user',
    commandNames,
  });
}

/** A reader of whom nothing is known. */
export function anonymousReader(clock: Clock): ReaderContext {
  const unknown = () => undefined;
  return { zone: 'UTC', now: clock.now(), userOf: unknown, nameOf: unknown };
}

/** The workspace of an address. */
export function workspaceOf(address: Address): WorkspaceRef {
  const { platform, workspace } = address.to === 'user' ? address.identity : address.channel;
  return { platform, workspace };
}

/** A reader on one workspace. Members are mentioned by their user there. */
function readerOn(
  { platform, workspace }: WorkspaceRef,
  directory: Directory,
  known: Pick<ReaderContext, 'zone' | 'now' | 'isOnlyReader' | 'commandNames'>,
): ReaderContext {
  return {
    ...known,
    userOf(id) {
      const identities = directory.member(id)?.identities ?? [];
      return identities.find((at) => at.platform === platform && at.workspace === workspace)?.user;
    },
    nameOf: (user) => directory.memberOf({ platform, workspace, user })?.name,
  };
}
