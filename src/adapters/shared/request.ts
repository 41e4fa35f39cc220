import {
  registerWorkspace,
  type Workspace,
  type WorkspaceRef,
  workspaceAt,
} from '../../core/domain/workspaces/workspace.ts';
import type { Invocation, Profile, RawArgs } from '../../core/message/invocation.ts';
import type { Stores } from '../../core/ports/store.ts';

/** A command that somebody asks for. */
export type RequestedCommand = Pick<Invocation, 'command' | 'args'>;

/** How many of the people mentioned in one command are looked up. */
const MAX_MENTIONED_USERS = 10;

/** How much of one arg is searched for mentions. */
const MAX_SEARCHED_LENGTH = 10_000;

/**
 * The users mentioned in a command, by the platform's ids.
 * @param mention matches one mention; its first group is the user's id.
 * @param actor is left out: they are looked up anyway.
 */
export function mentionedUsers(args: RawArgs, mention: RegExp, actor: string): readonly string[] {
  const ids = Object.values(args).flatMap((value) =>
    [...value.slice(0, MAX_SEARCHED_LENGTH).matchAll(mention)].map(([, id]) => id ?? ''),
  );
  return [...new Set(ids)].filter((id) => id !== actor).slice(0, MAX_MENTIONED_USERS);
}

/** Profiles by user id, as an invocation takes them. Users that are not known are left out. */
export function profilesOf<User extends { id: string }>(
  users: readonly (User | undefined)[],
  profileOf: (user: User) => Profile,
): { readonly [user: string]: Profile } {
  const known = users.filter((user) => user !== undefined);
  return Object.fromEntries(known.map((user) => [user.id, profileOf(user)]));
}

/**
 * The profile of somebody in a workspace from which Convenor was removed. Nobody loses access because of that: what is
 * sent there is refused, and the coordinators hear why.
 */
export const NOT_ASKED: Profile = { name: '', zone: null, standing: 'full' };

/**
 * The workspace's row. A new workspace gets one, with a partnership of its own that nobody has set up yet.
 * @param fetchName asks the platform what the workspace is called.
 */
export async function findOrRegisterWorkspace(
  ref: WorkspaceRef,
  stores: Stores,
  fetchName: () => Promise<string>,
): Promise<Workspace> {
  const known = await workspaceAt(stores, ref);
  return known ?? registerWorkspace(stores, { ...ref, name: await fetchName() });
}
