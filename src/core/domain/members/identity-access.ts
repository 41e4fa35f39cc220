import type { Identity, Profile } from '../../message/invocation.ts';
import { isSameIdentity } from '../identities/identity.ts';

/**
 * Why an identity has lost its access: it is a guest now; it is no longer in the workspace, or its account is closed; it
 * no longer has the role or channel that let it in.
 */
export type LossReason = 'guest' | 'gone' | 'role';

/** What is known of the access of one identity of a member. */
export interface IdentityAccess extends Identity {
  /**
   * What let it in: the id of a role or channel; `workspace`: every full member of the workspace is let in; `owner`: the
   * workspace's owners are. Null: a coordinator did, or nobody knows.
   */
  admittedBy: string | null;
  /** Why it has no access now, and since when (ISO 8601, UTC). It stays out until a coordinator lets it in again. */
  lost: { reason: LossReason; at: string } | null;
}

/** The part of a member that holds the access of their identities. */
interface WithAccess {
  access?: IdentityAccess[] | null;
}

/** What is known of the access of an identity. */
export function accessOf({ access }: WithAccess, identity: Identity): IdentityAccess | undefined {
  return access?.find((one) => isSameIdentity(one, identity));
}

/** Why an identity has lost its access; undefined if it has not. */
export function lossOf(member: WithAccess, identity: Identity): LossReason | undefined {
  return accessOf(member, identity)?.lost?.reason;
}

/** The member with other access for one identity. */
export function withAccess<T extends WithAccess>(
  member: T,
  { platform, workspace, user }: Identity,
  change: Partial<Pick<IdentityAccess, 'admittedBy' | 'lost'>>,
): T {
  const identity = { platform, workspace, user };
  const known = accessOf(member, identity) ?? { ...identity, admittedBy: null, lost: null };
  const others = (member.access ?? []).filter((one) => !isSameIdentity(one, identity));
  return { ...member, access: [...others, { ...known, ...change }] };
}

/** The member with all their identities let in by a coordinator, whatever they have lost. */
export function withAccessRestored<T extends WithAccess>(member: T): T {
  const restored = member.access?.map((one) =>
    one.lost ? { ...one, admittedBy: null, lost: null } : one,
  );
  return restored ? { ...member, access: restored } : member;
}

/** What lets a `full` user or an owner in, as their access records it; undefined for others. */
export function admittedByOf({ standing, admits }: Profile): string | undefined {
  if (standing === 'owner') return 'owner';
  return standing === 'full' ? (admits ?? 'workspace') : undefined;
}
