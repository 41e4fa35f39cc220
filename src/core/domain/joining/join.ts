import { derivedId } from '../../base/id.ts';
import type { Identity, Profile } from '../../message/invocation.ts';
import { insertOnce, type Stores, updateWithRetry } from '../../ports/store.ts';
import { scheduleBrief } from '../briefs/schedule.ts';
import type { Directory } from '../directory/directory.ts';
import { formerOwnerOf, isSameIdentity, recordIdentity } from '../identities/identity.ts';
import { admittedByOf, lossOf, withAccess } from '../members/identity-access.ts';
import { type Member, members, newMember } from '../members/member.ts';
import { may } from '../members/rights.ts';
import { namesChanged, type Partnership } from '../partnerships/partnership.ts';
import { writeTogether } from '../unit-of-work/unit-of-work.ts';
import { workspaceAt } from '../workspaces/workspace.ts';
import { askWhoItIs } from './ask-who-it-is.ts';
import { type Actor, type KnownPerson, profileName, profileZone, withProfile } from './profile.ts';

/** What joining works with. It writes past the change tracking, since `undo` must not remove a member who joined. */
export interface JoinContext {
  stores: Stores;
  partnership: Partnership;
  directory: Directory;
  now: Date;
}

/**
 * Makes the actor a member. An owner of the workspace becomes the coordinator if there never was one.
 * @returns false if their workspace is not one of the partnership's, or if they were a member before.
 */
export async function joinActor(actor: KnownPerson, context: JoinContext): Promise<boolean> {
  const { stores, partnership, directory } = context;
  if (!(await mayJoin(actor.identity, context))) return false;
  const wasCoordinated = directory.members.some((member) => member.role === 'coordinator');
  const isOwner = actor.profile.standing === 'owner';
  const role = isOwner && !wasCoordinated ? 'coordinator' : 'member';
  const id = await addMember({ role, active: true }, actor, context);
  await namesChanged(stores.forPartnership(partnership.id), { partners: [], members: [id] });
  return true;
}

/**
 * Keeps a member's name, zone and access up to date with their profile. Nobody is let in by it.
 * @returns whether anything changed; then the directory is out of date.
 */
export async function updateProfile(
  member: Member,
  actor: Actor,
  { stores, partnership, now }: JoinContext,
): Promise<boolean> {
  if (!withProfile(member, actor, partnership, now)) return false;
  const rows = stores.forPartnership(partnership.id).of(members);
  let isChanged = false;
  // While their brief is being sent the row stays as it is. The next time they speak is soon enough.
  const row = await updateWithRetry(rows, member.id, (row) => {
    const next = row.sending || !row.active ? undefined : withProfile(row, actor, partnership, now);
    isChanged = next !== undefined;
    return next;
  });
  if (!row || row.sending) return false;
  // Of several commands at once, only one has to say it.
  const changed = { partners: [], members: [member.id] };
  if (isChanged) await namesChanged(stores.forPartnership(partnership.id), changed);
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
  const members: string[] = [];
  for (const person of unknown) {
    const { identity, letIn } = person;
    // A coordinator may let somebody back in who was a member long ago.
    const isAllowed = letIn ? isInPartnership(identity, context) : mayJoin(identity, context);
    if (!(await isAllowed)) continue;
    members.push(await addMember({ role: 'member', active: !letIn }, person, context, by.id));
  }
  if (members.length === 0) return false;
  const changed = { partners: [], members };
  await namesChanged(context.stores.forPartnership(context.partnership.id), changed);
  return true;
}

function mayLetIn(standing: Profile['standing'], by: Member): boolean {
  return standing === 'visitor' && may(by.role, 'coordinate');
}

/**
 * Whether somebody may become a member by themselves: their workspace is ours, and they were never a member, or their
 * identity was unlinked from a member who still has access.
 */
async function mayJoin(identity: Identity, context: JoinContext): Promise<boolean> {
  const { stores, partnership, directory } = context;
  const [isHere, former] = await Promise.all([
    isInPartnership(identity, context),
    formerOwnerOf(stores, identity, partnership.id),
  ]);
  if (!isHere || former === undefined) return isHere;
  const owner = directory.member(former ?? '');
  return owner?.active === true && !lossOf(owner, identity);
}

/** Whether an identity's workspace belongs to the partnership. Nobody becomes a member from outside. */
export async function isInPartnership(
  identity: Identity,
  { stores, partnership }: JoinContext,
): Promise<boolean> {
  return (await workspaceAt(stores, identity))?.partnership === partnership.id;
}

/**
 * Adds a member. The id is derived from the identity, so that two processes that add them at once make one member. An
 * identity that was unlinked from a member gets a new member.
 * @param by the member who lets them in; null: nobody had to.
 * @returns the id.
 */
export async function addMember(
  as: Pick<Member, 'role' | 'active'>,
  { identity, profile }: KnownPerson,
  context: JoinContext,
  by: string | null = null,
): Promise<string> {
  const { stores, partnership, directory, now } = context;
  const name = profileName(profile) || 'Somebody';
  const earlier: Member[] = [];
  for (let timesJoined = 0; ; timesJoined++) {
    const id = memberIdOf(identity, partnership.id, timesJoined);
    const added = {
      ...newMember({ id, name, role: as.role, identities: [identity] }),
      active: as.active,
      platformZone: profileZone(profile),
      // An identity that was unlinked from a tied member does not get rid of the tie by it.
      tiedTo: tiesOf(earlier, directory),
      unidentifiedSince: directory.tiedPartners.size > 0 ? now : null,
      version: 1,
    };
    const row = withAccess(added, identity, { admittedBy: admittedByOf(profile) ?? null });
    const member = await writeTogether(stores, partnership.id, async (unit) => {
      const whose = { partnership: partnership.id, member: id };
      await recordIdentity({ global: unit.trackedGlobal }, identity, whose);
      const inserted = await insertOnce(
        unit.store.of(members),
        scheduleBrief(row, partnership, now),
      );
      // A command that lets somebody in records it itself.
      if (as.active) await unit.recordHistory({ actor: by, at: now, key: `join ${id}` });
      return inserted;
    });
    if (member.identities.some((own) => isSameIdentity(own, identity))) {
      if (member.unidentifiedSince) await askWhoItIs(member, context);
      return id;
    }
    earlier.push(member);
  }
}

/** The ties of members whom an identity belonged to before, and of those they were merged into. */
function tiesOf(earlier: readonly Member[], directory: Directory): string[] {
  const all = earlier.flatMap((row) => [row, directory.member(row.id) ?? row]);
  return [...new Set(all.flatMap(({ tiedTo }) => tiedTo))];
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
