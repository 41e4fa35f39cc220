import type { Identity, Profile } from '../../message/invocation.ts';
import type { Directory } from '../directory/directory.ts';
import { accessOf, type LossReason, lossOf } from '../members/identity-access.ts';
import { isActiveCoordinator, type Member, otherCoordinators } from '../members/member.ts';

/**
 * Whether somebody may use a partnership as one of their identities:
 * - `in`: they are a member.
 * - `new`: their first command makes them a member.
 * - `visitor`: they have to be let in by a coordinator.
 * - `out`: they were a member and have left, or have lost their access. A coordinator can let them in again. `loss`:
 *   why they have just lost it, if that is not yet in their row.
 * - `guest`: never.
 * - `unknown`: their platform does not say who they are at the moment. Nothing is shown or sent.
 */
export type Standing =
  | { is: 'in'; member: Member }
  | { is: 'out'; member: Member; loss?: LossReason }
  | { is: 'new' | 'visitor' | 'guest' | 'unknown' };

/**
 * The standing of an identity. Everything that answers, suggests, shows or sends asks this function.
 * @param profile what the platform says of them now; undefined: it says nothing.
 */
export function standingOf(
  identity: Identity,
  profile: Profile | undefined,
  directory: Directory,
): Standing {
  if (!profile) return { is: 'unknown' };
  const member = directory.memberOf(identity);
  if (!member) return { is: newcomers[profile.standing] };
  if (!member.active || lossOf(member, identity)) return { is: 'out', member };
  const loss = newLoss(identity, profile, member, directory);
  return loss ? { is: 'out', member, loss } : { is: 'in', member };
}

/** The standing of somebody who was never a member. */
const newcomers = {
  owner: 'new',
  full: 'new',
  visitor: 'visitor',
  guest: 'guest',
  gone: 'guest',
} as const;

/** Why a member has just lost the access of an identity. A role or channel never puts out the last coordinator. */
function newLoss(
  identity: Identity,
  { standing, admits }: Profile,
  member: Member,
  { members }: Directory,
): LossReason | undefined {
  if (standing === 'guest' || standing === 'gone') return standing;
  const admittedBy = accessOf(member, identity)?.admittedBy;
  const hasLostRole =
    standing === 'visitor' && (admittedBy === 'owner' || (admittedBy && admittedBy === admits));
  if (!hasLostRole) return undefined;
  const isLast = isActiveCoordinator(member) && otherCoordinators(members, member.id).length === 0;
  return isLast ? undefined : 'role';
}
