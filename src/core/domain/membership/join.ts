import { derivedId } from '../../base/id.ts';
import type { Identity, Profile } from '../../message/invocation.ts';
import { insertOnce, type Stores, updateWithRetry } from '../../ports/store.ts';
import { scheduleBrief } from '../briefs/schedule.ts';
import type { Directory } from '../directory/directory.ts';
import { isSameIdentity, noteIdentity } from '../identities/identity.ts';
import { type Member, members } from '../members/member.ts';
import { newMember } from '../members/new-member.ts';
import { may } from '../members/rights.ts';
import { namesChanged } from '../partnerships/names-version.ts';
import type { Partnership } from '../partnerships/partnership.ts';
import { workspaceAt } from '../workspaces/workspace.ts';
import { followed, nameIn, zoneKnown } from './profile.ts';

/** A person, and what their platform tells of them. */
export interface KnownPerson {
  identity: Identity;
  profile: Profile;
}

/** Whoever speaks; `unasked`: a page of theirs was shown anew, without a word of theirs. */
export interface Speaker extends KnownPerson {
  unasked: boolean;
}

/** What joining works with. Nothing of it is recorded: `undo` takes back what was said, not that somebody is here. */
export interface JoinContext {
  stores: Stores;
  partnership: Partnership;
  directory: Directory;
  now: Date;
}

/** Whether anybody can coordinate. */
const isCoordinated = ({ members }: Directory): boolean =>
  members.some(({ active, role }) => active && role === 'coordinator');

/**
 * Whoever speaks becomes a member, if their platform says that they belong there; a member's name and zone follow
 * what it tells. An owner coordinates where nobody does.
 * @returns whether anything has changed, so that the directory is read again.
 */
export async function joinSpeaker(speaker: Speaker, scene: JoinContext): Promise<boolean> {
  const { stores, partnership, directory, now } = scene;
  const { identity, profile } = speaker;
  if (profile.standing === 'guest') return false;
  const nobodyCoordinates = !isCoordinated(directory);
  const standing = directory.memberOf(identity);
  if (!standing?.active && profile.standing === 'visitor') return false;
  if (!standing?.active && !(await isHome(identity, scene))) return false;
  if (!standing) {
    const role = nobodyCoordinates && profile.standing === 'owner' ? 'coordinator' : 'member';
    await addAs({ role, active: true }, speaker, scene);
  } else {
    const spoken = { ...speaker, nobodyCoordinates };
    if (!followed(standing, spoken, partnership, now)) return false;
    const rows = stores.forPartnership(partnership.id).of(members);
    // While their brief is going out it stays as it is: the next time they speak is soon enough.
    const row = await updateWithRetry(rows, standing.id, (row) =>
      row.sending ? undefined : followed(row, spoken, partnership, now),
    );
    if (!row || row.sending) return false;
  }
  await namesChanged(stores.forPartnership(partnership.id));
  return true;
}

/** Somebody who is mentioned. `letIn`: by a command that makes them a member itself, so that it can be taken back. */
export interface Mentioned extends KnownPerson {
  letIn: boolean;
}

/**
 * Those of the people mentioned whom nobody knows yet become members too; visitors only where a coordinator names
 * them. @returns whether anybody has.
 */
export async function joinMentioned(
  people: readonly Mentioned[],
  by: Member,
  scene: JoinContext,
): Promise<boolean> {
  const unknown = people.filter(
    ({ identity, profile: { standing } }) =>
      (standing === 'owner' || standing === 'full' || mayLetIn(standing, by)) &&
      !scene.directory.memberOf(identity),
  );
  const [first] = unknown;
  if (!first || !(await isHome(first.identity, scene))) return false;
  for (const person of unknown) {
    await addAs({ role: 'member', active: !person.letIn }, person, scene);
  }
  await namesChanged(scene.stores.forPartnership(scene.partnership.id));
  return true;
}

function mayLetIn(standing: Profile['standing'], by: Member): boolean {
  return standing === 'visitor' && may(by.role, 'coordinate');
}

/** Whether their workspace belongs to the partnership: nobody becomes a member from outside, whatever was told. */
async function isHome(identity: Identity, { stores, partnership }: JoinContext): Promise<boolean> {
  return (await workspaceAt(stores, identity))?.partnership === partnership.id;
}

/**
 * Adds a member. Their id follows from who they are: added twice, by two processes, they are one. An identity that
 * was taken away from a member begins anew, as the next one of that name.
 * @returns the id.
 */
export async function addAs(
  as: Pick<Member, 'role' | 'active'>,
  { identity, profile }: KnownPerson,
  { stores, partnership, now }: JoinContext,
): Promise<string> {
  const rows = stores.forPartnership(partnership.id).of(members);
  const name = nameIn(profile) || 'Somebody';
  for (let time = 0; ; time++) {
    const id = memberIdOf(identity, partnership.id, time);
    // First: of a member who stands it is always known whose their identities are.
    await noteIdentity(stores, identity, { partnership: partnership.id, member: id });
    const begun = newMember({ id, name, role: as.role, identities: [identity] });
    const row = {
      ...begun,
      active: as.active,
      platformZone: zoneKnown(profile),
      version: 1,
    };
    const standing = await insertOnce(rows, scheduleBrief(row, partnership, now));
    if (standing.identities.some((own) => isSameIdentity(own, identity))) return id;
  }
}

/** The id of the member who begins as an identity; `time`: for the how manieth time, from 0. */
export function memberIdOf(
  { platform, workspace, user }: Identity,
  partnership: string,
  time = 0,
): string {
  const again = time === 0 ? [] : [`${time}`];
  return derivedId('member', partnership, platform, workspace, user, ...again);
}
