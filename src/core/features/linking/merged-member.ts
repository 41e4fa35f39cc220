import type { Member } from '../../domain/members/member.ts';
import { USUAL_MINUTE } from '../../domain/members/new-member.ts';
import { type Role, roles } from '../../domain/members/rights.ts';
import { isSelf } from '../../domain/members/self.ts';
import { hasIdentity, identityFor } from '../../domain/members/written-to.ts';

/**
 * A member with all that was another's who turned out to be them. What they have set themselves stays; the other's
 * settings fill in the rest. Of two roles the wider one: both are proved to be theirs. Ties are kept, as notes must
 * not come into sight by it. Done again, only what can be lost nowhere is looked after.
 */
export function mergedMember(member: Member, other: Member): Member {
  const missing = other.identities.filter((identity) => !hasIdentity(member, identity));
  const formerly = [...(member.formerly ?? []), other.id, ...(other.formerly ?? [])];
  const both = {
    ...member,
    identities: [...member.identities, ...missing],
    formerly: [...new Set(formerly)],
    tiedTo: [...new Set([...member.tiedTo, ...other.tiedTo])],
  };
  if (isSelf(member, other.id)) return both;
  return {
    ...both,
    // Where they were written to so far, until they speak from elsewhere.
    spoke: identityFor(member) ?? null,
    closed: member.closed ?? other.closed ?? null,
    role: wider(member.role, other.role),
    zone: member.zone ?? other.zone,
    platformZone: member.platformZone ?? other.platformZone ?? null,
    quietHours: member.quietHours ?? other.quietHours,
    pausedUntil: member.pausedUntil ?? other.pausedUntil,
    briefDays: member.briefDays ?? other.briefDays,
    briefAt: member.briefAt === USUAL_MINUTE ? other.briefAt : member.briefAt,
    rhythm: member.rhythm === 'daily' ? other.rhythm : member.rhythm,
    steppedBackAt: member.steppedBackAt ?? other.steppedBackAt,
  };
}

function wider(one: Role, other: Role): Role {
  return roles.indexOf(other) > roles.indexOf(one) ? other : one;
}
