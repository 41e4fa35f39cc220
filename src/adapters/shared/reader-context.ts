import type { Clock } from '../../core/base/clock.ts';
import type { Directories } from '../../core/domain/directory/directories.ts';
import { type Directory, directoryOf } from '../../core/domain/directory/directory.ts';
import { zoneOf } from '../../core/domain/members/zone.ts';
import { partnerships } from '../../core/domain/partnerships/partnership.ts';
import type { WorkspaceRef } from '../../core/domain/workspaces/workspace.ts';
import type { Address } from '../../core/message/address.ts';
import type { Identity } from '../../core/message/invocation.ts';
import type { Stores } from '../../core/ports/store.ts';
import type { ReaderContext } from './inline-nodes.ts';

/** What is looked up to know how somebody reads. */
export interface ReaderDeps {
  stores: Stores;
  directories: Directories;
  clock: Clock;
}

/** A reader on one workspace: members are mentioned by whom they are there. */
function readerOn(
  { platform, workspace }: WorkspaceRef,
  directory: Directory,
  { zone, now }: Pick<ReaderContext, 'zone' | 'now'>,
): ReaderContext {
  return {
    zone,
    now,
    userOf(id) {
      const identities = directory.member(id)?.identities ?? [];
      return identities.find((at) => at.platform === platform && at.workspace === workspace)?.user;
    },
    nameOf: (user) => directory.memberOf({ platform, workspace, user })?.name,
  };
}

/**
 * How somebody reads who did something on a workspace, as things stand now.
 * @param zone theirs, as their platform knows it: for whoever is no member.
 */
export async function readerOf(
  actor: Identity,
  {
    partnership: id,
    at,
    zone,
  }: { partnership: string; at: WorkspaceRef; zone?: string | undefined },
  { stores, directories, clock }: ReaderDeps,
): Promise<ReaderContext> {
  const partnership = await stores.forPartnership(id).of(partnerships).get(id);
  const directory = partnership ? await directories.of(partnership) : directoryOf([], []);
  const member = directory.memberOf(actor);
  const theirs = member && partnership ? zoneOf(member, partnership) : zone;
  const now = clock.now();
  return readerOn(at, directory, { zone: theirs ?? partnership?.zone ?? 'UTC', now });
}

/** How a delivered message is read: by a member in their zone, in a channel in the partnership's. */
export async function readerAt(
  address: Address,
  id: string,
  { stores, directories, clock }: ReaderDeps,
): Promise<ReaderContext> {
  const partnership = await stores.forPartnership(id).of(partnerships).get(id);
  if (!partnership) throw new Error('A message is owed by a partnership that is not there.');
  const directory = await directories.of(partnership);
  const member = address.to === 'user' ? directory.memberOf(address.identity) : undefined;
  const zone = zoneOf(member, partnership);
  return readerOn(workspaceOf(address), directory, { zone, now: clock.now() });
}

/** The workspace an address is on. */
export function workspaceOf(address: Address): WorkspaceRef {
  const { platform, workspace } = address.to === 'user' ? address.identity : address.channel;
  return { platform, workspace };
}
