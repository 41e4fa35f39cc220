import { LRUCache } from 'lru-cache';
import type { Identity } from '../../message/invocation.ts';
import type { Named } from '../../names/name-index.ts';
import type { Store, Stores } from '../../ports/store.ts';
import { type Member, members } from '../members/member.ts';
import { partners } from '../partners/partner.ts';
import type { Partnership } from '../partnerships/partnership.ts';

/** A partner as the directory knows it: enough to match a name and to write it out. */
export interface PartnerName extends Named {
  readonly archived: boolean;
}

/** A member as something to be found by name. */
interface MemberName extends Named {
  readonly member: Member;
}

/**
 * The names of one partnership, held in memory for matching and autocomplete. It is a snapshot: see
 * {@link DirectoryCache}.
 */
export interface Directory {
  readonly partners: readonly PartnerName[];
  /** The partners that a typed name can mean: those that are not archived. */
  readonly activePartners: readonly PartnerName[];
  /** Members, past ones included, without those merged into another. */
  readonly members: readonly Member[];
  /** The members that a typed name can mean: those who are still here. */
  readonly activeMembers: readonly MemberName[];
  partner(id: string): PartnerName | undefined;
  /** Also takes the id of a member who was merged: the result is the member they were merged into. */
  member(id: string): Member | undefined;
  memberOf(identity: Identity): Member | undefined;
}

/** Builds a directory from rows in memory. */
export function createDirectory(
  partners: readonly PartnerName[],
  allMembers: readonly Member[],
): Directory {
  const members = allMembers.filter(({ mergedInto }) => !mergedInto);
  const merged = allMembers.filter(({ mergedInto }) => mergedInto);
  const partnerById = new Map(partners.map((partner) => [partner.id, partner]));
  const memberById = new Map(allMembers.map((member) => [member.id, member]));
  const currentMember = (id: string): Member | undefined => {
    const member = memberById.get(id);
    return member?.mergedInto ? currentMember(member.mergedInto) : member;
  };
  // A merge is done in steps: the old row may still hold an identity, which already speaks for the new member.
  const memberByIdentity = new Map(
    [...merged, ...members].flatMap((member) =>
      member.identities.map((identity) => [identityKey(identity), currentMember(member.id)]),
    ),
  );
  return {
    partners,
    activePartners: partners.filter(({ archived }) => !archived),
    members,
    activeMembers: members
      .filter(({ active }) => active)
      .map((member) => ({ id: member.id, name: member.name, aliases: [], member })),
    partner: (id) => partnerById.get(id),
    member: currentMember,
    memberOf: (identity) => memberByIdentity.get(identityKey(identity)),
  };
}

function identityKey({ platform, workspace, user }: Identity): string {
  return JSON.stringify([platform, workspace, user]);
}

/** How many partnerships have their directory in memory. */
const MAX_DIRECTORIES = 1000;

/** Gives each partnership's directory. It is read again when the partnership's `namesVersion` has changed. */
export interface DirectoryCache {
  of(partnership: Partnership): Promise<Directory>;
}

/** A cache over the stores that holds the directories used most recently. */
export function directoryCache(stores: Stores): DirectoryCache {
  const cache = new LRUCache<string, { version: number; directory: Promise<Directory> }>({
    max: MAX_DIRECTORIES,
  });
  return {
    of({ id, namesVersion: version }) {
      const known = cache.get(id);
      if (known?.version === version) return known.directory;
      const entry = { version, directory: readDirectory(stores.forPartnership(id)) };
      cache.set(id, entry);
      entry.directory.catch(() => {
        if (cache.peek(id) === entry) cache.delete(id);
      });
      return entry.directory;
    },
  };
}

async function readDirectory(store: Store): Promise<Directory> {
  const names: PartnerName[] = [];
  for await (const page of store.of(partners).pages({ index: 'byId' })) {
    for (const { id, name, aliases, archived } of page) names.push({ id, name, aliases, archived });
  }
  const people: Member[] = [];
  for await (const page of store.of(members).pages({ index: 'byName' })) people.push(...page);
  return createDirectory(names, people);
}
