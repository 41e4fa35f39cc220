import type { Identity } from '../../message/invocation.ts';
import { isSameIdentity } from '../identities/identity.ts';
import type { Member } from './member.ts';

/** Whether a member is known by an identity. */
export function hasIdentity(
  { identities }: Pick<Member, 'identities'>,
  identity: Identity | null,
): identity is Identity {
  return identity !== null && identities.some((own) => isSameIdentity(own, identity));
}

/** The identity a member is written to: the one they want, else the one they spoke with last, else the first. */
export function identityFor(
  member: Pick<Member, 'identities' | 'prefers' | 'spoke'>,
): Identity | undefined {
  const chosen = [member.prefers, member.spoke].find((identity) => hasIdentity(member, identity));
  return chosen ?? member.identities[0];
}
