import type { Identity } from '../../message/invocation.ts';
import type { Member } from '../members/member.ts';

/** A partner as the directory knows it: enough to match a name and to write it out. */
export interface PartnerName {
  id: string;
  name: string;
  aliases: readonly string[];
  archived: boolean;
}

/**
 * The names of one partnership, held in memory for matching and autocomplete, and read again when the
 * partnership's `namesVersion` has moved (see `directories.ts`).
 */
export interface Directory {
  readonly partners: readonly PartnerName[];
  /** Without those that turned out to be another. */
  readonly members: readonly Member[];
  partner(id: string): PartnerName | undefined;
  /** By id, also one from before they were united with another: then the one they are now. */
  member(id: string): Member | undefined;
  memberOf(identity: Identity): Member | undefined;
}

/** Builds a directory over rows in memory. */
export function directoryOf(
  partners: readonly PartnerName[],
  members: readonly Member[],
): Directory {
  const standing = members.filter(({ unitedWith }) => !unitedWith);
  const partnerById = new Map(partners.map((partner) => [partner.id, partner]));
  const memberById = new Map(members.map((member) => [member.id, member]));
  const memberNow = (id: string): Member | undefined => {
    const member = memberById.get(id);
    return member?.unitedWith ? memberNow(member.unitedWith) : member;
  };
  // Those that are one by now speak as one, also while not everything has moved yet.
  const memberByIdentity = new Map(
    [...members.filter(({ unitedWith }) => unitedWith), ...standing].flatMap((member) =>
      member.identities.map((identity) => [identityKey(identity), memberNow(member.id)]),
    ),
  );
  return {
    partners,
    members: standing,
    partner: (id) => partnerById.get(id),
    member: memberNow,
    memberOf: (identity) => memberByIdentity.get(identityKey(identity)),
  };
}

function identityKey({ platform, workspace, user }: Identity): string {
  return JSON.stringify([platform, workspace, user]);
}
