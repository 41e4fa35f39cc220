import { derivedId } from '../../base/id.ts';
import type { Identity, Profile } from '../../message/invocation.ts';
import { insertOnce, type Stores, updateWithRetry } from '../../ports/store.ts';
import { scheduleBrief } from '../briefs/schedule.ts';
import type { Directory } from '../directory/directory.ts';
import { isSameIdentity, recordIdentity } from '../identities/identity.ts';
import { isActiveCoordinator, type Member, members, newMember } from '../members/member.ts';
import { may } from '../members/rights.ts';
import { namesChanged, type Partnership } from '../partnerships/partnership.ts';
import { workspaceAt } from '../workspaces/workspace.ts';
import { profileName, profileZone, withProfile } from './profile.ts';

/** A person on a platform, with what the platform says about them. */
export interface KnownPerson {
  identity: Identity;
  profile: Profile;
}

/** The user behind an invocation. */
export interface Actor extends KnownPerson {
  /** True if they did nothing: for example, Slack showed them the app's home page again. */
  automatic: boolean;
}

/** What joining works with. It writes past the change tracking, since `undo` must not remove a member who joined. */
export interface JoinContext {
  stores: Stores;
  partnership: Partnership;
  directory: Directory;
  now: Date;
}

/** Whether there is an active coordinator. */
const isCoordinated = ({ members }: Directory): boolean => members.some(isActiveCoordinator);

/**
 * Makes the actor a member if their platform says that they belong to the workspace, and keeps a member's name and
 * zone up to date. An owner becomes a coordinator if there is none.
 * @returns whether anything changed; then the directory is out of date.
 */
export async function joinActor(actor: Actor, context: JoinContext): Promise<boolean> {
  const { stores, partnership, directory, now } = context;
  const { identity, profile } = actor;
  if (profile.standing === 'guest') return false;
  const nobodyCoordinates = !isCoordinated(directory);
  const member = directory.memberOf(identity);
  let id = member?.id;
  if (!member?.active && profile.standing === 'visitor') return false;
  if (!member?.active && !(await isInPartnership(identity, context))) return false;
  if (!member) {
    const role = nobodyCoordinates && profile.standing === 'owner' ? 'coordinator' : 'member';
    id = await addMember({ role, active: true }, actor, context);
  } else {
    const known = { ...actor, nobodyCoordinates };
    if (!withProfile(member, known, partnership, now)) return false;
    const rows = stores.forPartnership(partnership.id).of(members);
    // While their brief is being sent the row stays as it is. The next time they speak is soon enough.
    const row = await updateWithRetry(rows, member.id, (row) =>
      row.sending ? undefined : withProfile(row, known, partnership, now),
    );
    if (!row || row.sending) return false;
  }
  const changed = { partners: [], members: id ? [id] : [] };
  await namesChanged(stores.forPartnership(partnership.id), changed);
  return true;
}

/** Somebody who was mentioned in a command. */
export interface MentionedPerson extends KnownPerson {
  /** True if the command itself lets them in, so that it can be undone. */
  letIn: boolean;
}

/**
 * Makes members of mentioned people who are not known yet. Visitors only if a coordinator mentions them.
 * @returns whether anybody was added.
 */
export async function joinMentioned(
  people: readonly MentionedPerson[],
  by: Member,
  context: JoinContext,
): Promise<boolean> {
  const unknown = people.filter(
    ({ identity, profile: { standing } }) =>
      (standing === 'owner' || standing === 'full' || mayLetIn(standing, by)) &&
      !context.directory.memberOf(identity),
  );
  const [first] = unknown;
  if (!first || !(await isInPartnership(first.identity, context))) return false;
  const members: string[] = [];
  for (const person of unknown) {
    members.push(await addMember({ role: 'member', active: !person.letIn }, person, context));
  }
  const changed = { partners: [], members };
  await namesChanged(context.stores.forPartnership(context.partnership.id), changed);
  return true;
}

function mayLetIn(standing: Profile['standing'], by: Member): boolean {
  return standing === 'visitor' && may(by.role, 'coordinate');
}

/** Whether an identity's workspace belongs to the partnership. Nobody becomes a member from outside. */
async function isInPartnership(
  identity: Identity,
  { stores, partnership }: JoinContext,
): Promise<boolean> {
  return (await workspaceAt(stores, identity))?.partnership === partnership.id;
}

/**
 * Adds a member. The id is derived from the identity, so that two processes that add them at once make one member. An
 * identity that was unlinked from a member gets a new member.
 * @returns the id.
 */
export async function addMember(
  as: Pick<Member, 'role' | 'active'>,
  { identity, profile }: KnownPerson,
  { stores, partnership, now }: JoinContext,
): Promise<string> {
  const rows = stores.forPartnership(partnership.id).of(members);
  const name = profileName(profile) || 'Somebody';
  for (let timesJoined = 0; ; timesJoined++) {
    const id = memberIdOf(identity, partnership.id, timesJoined);
    // The identity first, so that every member can be found by their identities.
    await recordIdentity(stores, identity, { partnership: partnership.id, member: id });
    const row = {
      ...newMember({ id, name, role: as.role, identities: [identity] }),
      active: as.active,
      platformZone: profileZone(profile),
      version: 1,
    };
    const member = await insertOnce(rows, scheduleBrief(row, partnership, now));
    if (member.identities.some((own) => isSameIdentity(own, identity))) return id;
  }
}

/** The id of a new member with an identity. @param timesJoined how often this identity has joined before (0: never) */
export function memberIdOf(
  { platform, workspace, user }: Identity,
  partnership: string,
  timesJoined = 0,
): string {
  const again = timesJoined === 0 ? [] : [`${timesJoined}`];
  return derivedId('member', partnership, platform, workspace, user, ...again);
}
