import type { Member } from '../features/members/store.ts';
import type { Identity } from '../invocation.ts';

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
  readonly members: readonly Member[];
  partner(id: string): PartnerName | undefined;
  member(id: string): Member | undefined;
  memberOf(identity: Identity): Member | undefined;
}

/** Builds a directory over rows in memory. */
export function directoryOf(
  partners: readonly PartnerName[],
  members: readonly Member[],
): Directory {
  const partnerById = new Map(partners.map((partner) => [partner.id, partner]));
  const memberById = new Map(members.map((member) => [member.id, member]));
  const memberByIdentity = new Map(
    members.flatMap((member) =>
      member.identities.map((identity) => [identityKey(identity), member]),
    ),
  );
  return {
    partners,
    members,
    partner: (id) => partnerById.get(id),
    member: (id) => memberById.get(id),
    memberOf: (identity) => memberByIdentity.get(identityKey(identity)),
  };
}

function identityKey({ platform, workspace, user }: Identity): string {
  return JSON.stringify([platform, workspace, user]);
}
