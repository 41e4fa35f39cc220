import { isDeepStrictEqual } from 'node:util';
import { LRUCache } from 'lru-cache';
import { collect } from '../../async/collect.ts';
import type { Identity } from '../../message/invocation.ts';
import { type Named, spellingsOf } from '../../names/name-index.ts';
import { getAll, type Store, type Stores } from '../../ports/store.ts';
import { type Member, members } from '../members/member.ts';
import { type Partner, partners } from '../partners/partner.ts';
import type { NamesChange, Partnership } from '../partnerships/partnership.ts';
import { type Person, people } from '../people/person.ts';
import { lazy, partsByWhole, peopleByPartner } from './lookups.ts';

/** A partner as the directory knows it: enough to match a name and to write it out. */
export interface PartnerName extends Named {
  readonly archived: boolean;
  /** The partner that it was merged into. */
  readonly mergedInto?: string | undefined;
  /** The partner that it is part of. */
  readonly partOf?: string | undefined;
}

/** A person at a partner as the directory knows them. */
export interface PersonName extends Named, Pick<Person, 'positions'> {}

/** A member as something to be found by name. */
interface MemberName extends Named {
  readonly member: Member;
}

/**
 * The names of one partnership, held in memory for matching and autocomplete. It is a snapshot: see
 * {@link DirectoryCache}.
 */
export interface Directory {
  /** All partners but merged ones. */
  readonly partners: readonly PartnerName[];
  /** Partners that were merged into another one, by their own names. No typed name means one of these. */
  readonly mergedPartners: readonly PartnerName[];
  /** The partners that a typed name can mean: those that are not archived. */
  readonly activePartners: readonly PartnerName[];
  readonly archivedPartners: readonly PartnerName[];
  /** Members, past ones included, without those merged into another. */
  readonly members: readonly Member[];
  /** The members that a typed name can mean: those who are still here. */
  readonly activeMembers: readonly MemberName[];
  /** People at partners, past ones included. What a member is shown of them goes through `peopleSeenBy`. */
  readonly people: readonly PersonName[];
  /** Ids of the partners to which any member is tied, past members included, and of their parts. */
  readonly tiedPartners: ReadonlySet<string>;
  /** The ids with those of all partners that are part of them. */
  withParts(ids: readonly string[]): ReadonlySet<string>;
  /** The partners that are part of a partner, without the parts of these. */
  partsOf(partner: string): readonly PartnerName[];
  /** Also takes the id of a partner that was merged: the result is the one that it was merged into. */
  partner(id: string): PartnerName | undefined;
  /** Also takes the id of a member who was merged: the result is the member they were merged into. */
  member(id: string): Member | undefined;
  memberOf(identity: Identity): Member | undefined;
  person(id: string): PersonName | undefined;
  /** The people who are or were at a partner, in alphabetical order. */
  peopleAt(partner: string): readonly PersonName[];
}

/** Builds a directory from rows in memory. */
export function createDirectory(
  allPartners: readonly PartnerName[],
  allMembers: readonly Member[],
  people: readonly PersonName[] = [],
): Directory {
  const members = allMembers.filter(({ mergedInto }) => !mergedInto);
  const merged = allMembers.filter(({ mergedInto }) => mergedInto);
  const partners = allPartners.filter(({ mergedInto }) => !mergedInto);
  const partnerById = new Map(allPartners.map((partner) => [partner.id, partner]));
  const currentPartner = (id: string): PartnerName | undefined => {
    const partner = partnerById.get(id);
    return partner?.mergedInto ? currentPartner(partner.mergedInto) : partner;
  };
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
  const parts = partsByWhole(partners, currentPartner);
  const withParts = (ids: readonly string[]): ReadonlySet<string> => {
    const found = new Set(ids);
    for (const id of found) for (const part of parts.get(id) ?? []) found.add(part.id);
    return found;
  };
  const personById = lazy(() => new Map(people.map((person) => [person.id, person])));
  const byPartner = lazy(() => peopleByPartner(people, currentPartner));
  return {
    partners,
    mergedPartners: allPartners.filter(({ mergedInto }) => mergedInto),
    activePartners: partners.filter(({ archived }) => !archived),
    archivedPartners: partners.filter(({ archived }) => archived),
    members,
    activeMembers: members
      .filter(({ active }) => active)
      .map((member) => ({ id: member.id, name: member.name, aliases: [], member })),
    people,
    tiedPartners: withParts(allMembers.flatMap(({ tiedTo }) => tiedTo)),
    withParts,
    partsOf: (partner) => parts.get(partner) ?? [],
    partner: currentPartner,
    member: currentMember,
    memberOf: (identity) => memberByIdentity.get(identityKey(identity)),
    person: (id) => personById().get(id),
    peopleAt: (partner) =>
      (byPartner().get(partner) ?? []).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function identityKey({ platform, workspace, user }: Identity): string {
  return JSON.stringify([platform, workspace, user]);
}

/** Whether a partner differs in what a directory knows of it. */
export function hasOtherName(before: Partner | null, after: Partner | null): boolean {
  if (!before || !after) return true;
  return (
    before.name !== after.name ||
    before.archived !== after.archived ||
    (before.mergedInto ?? null) !== (after.mergedInto ?? null) ||
    (before.partOf ?? null) !== (after.partOf ?? null) ||
    before.aliases.join('\n') !== after.aliases.join('\n')
  );
}

/** All ids of a partner: its own, and those of partners that were merged into it. */
export const idsOfPartner = (
  partner: string,
  directory: Pick<Directory, 'mergedPartners' | 'partner'>,
): string[] => [
  partner,
  ...directory.mergedPartners.flatMap(({ id }) =>
    directory.partner(id)?.id === partner ? [id] : [],
  ),
];

/** Whether a person differs in what a directory knows of them. */
export function isOtherPerson(before: Person | null, after: Person | null): boolean {
  return before?.name !== after?.name || !isDeepStrictEqual(before?.positions, after?.positions);
}

/** How many partnerships have their directory in memory. */
const MAX_DIRECTORIES = 1000;

/** Gives each partnership's directory. It is brought up to date when the partnership's `namesVersion` has changed. */
export interface DirectoryCache {
  of(partnership: Partnership): Promise<Directory>;
}

const caches = new WeakMap<Stores, DirectoryCache>();

/** The directories of these stores that were used most recently: one cache for the whole process. */
export function directoriesOf(stores: Stores): DirectoryCache {
  const cache = caches.get(stores) ?? createCache(stores);
  caches.set(stores, cache);
  return cache;
}

/** A directory with the rows that it was built from. */
interface Snapshot {
  directory: Directory;
  partners: readonly PartnerName[];
  members: readonly Member[];
  people: readonly PersonName[];
}

interface CacheEntry {
  /** The `namesVersion` that it is up to date with, and the one with which it was read. */
  version: number;
  readAt: number;
  snapshot: Promise<Snapshot>;
}

function createCache(stores: Stores): DirectoryCache {
  const cache = new LRUCache<string, CacheEntry>({ max: MAX_DIRECTORIES });

  function entryOf(partnership: Partnership): CacheEntry {
    const { id, namesVersion: version } = partnership;
    const known = cache.get(id);
    // A row of the partnership that was read before the last change is good enough: an older partnership row may use a
    // newer directory.
    if (known && version >= known.readAt && version <= known.version) return known;
    const store = stores.forPartnership(id);
    const changes = known && changesSince(known.version, partnership);
    const snapshot = changes
      ? known.snapshot.then((before) => bringUpToDate(before, changes, store))
      : readSnapshot(store);
    const entry = { version, readAt: changes ? known.readAt : version, snapshot };
    cache.set(id, entry);
    snapshot.catch(() => {
      if (cache.peek(id) === entry) cache.delete(id);
    });
    return entry;
  }

  return { of: async (partnership) => (await entryOf(partnership).snapshot).directory };
}

/** The changes of names after a version; undefined if not all of them are listed. */
function changesSince(
  known: number,
  { namesVersion, namesChanges }: Partnership,
): NamesChange[] | undefined {
  const changes = namesChanges.filter(({ version }) => version > known);
  return changes.length > 0 && changes.length === namesVersion - known ? changes : undefined;
}

const snapshotOf = (rows: Omit<Snapshot, 'directory'>): Snapshot => ({
  directory: createDirectory(rows.partners, rows.members, rows.people),
  ...rows,
});

const partnerName = (partner: Partner): PartnerName => {
  const { id, name, aliases, archived, mergedInto, partOf } = partner;
  return {
    id,
    name,
    aliases,
    archived,
    ...(mergedInto && { mergedInto }),
    ...(partOf && { partOf }),
  };
};

const personName = ({ id, name, positions }: Person): PersonName => ({
  id,
  name,
  aliases: [],
  positions,
});

async function readSnapshot(store: Store): Promise<Snapshot> {
  return snapshotOf({
    partners: await namesOf(store.of(partners).all({ index: 'byId' }), partnerName),
    members: await collect(store.of(members).all({ index: 'byName' })),
    people: await namesOf(store.of(people).all({ index: 'byId' }), personName),
  });
}

/** Reads names, and prepares each for the first search. */
async function namesOf<T, N extends Named>(
  rows: AsyncIterable<T>,
  nameOf: (row: T) => N,
): Promise<N[]> {
  const names: N[] = [];
  for await (const row of rows) {
    const name = nameOf(row);
    spellingsOf(name);
    names.push(name);
  }
  return names;
}

/** Reads only the rows that changed. */
async function bringUpToDate(
  before: Snapshot,
  changes: readonly NamesChange[],
  store: Store,
): Promise<Snapshot> {
  const ids = (of: 'partners' | 'members' | 'people') => [
    ...new Set(changes.flatMap((one) => one[of] ?? [])),
  ];
  const [partnerIds, memberIds, personIds] = [ids('partners'), ids('members'), ids('people')];
  const [changedPartners, changedMembers, changedPeople] = await Promise.all([
    getAll(store.of(partners), partnerIds),
    getAll(store.of(members), memberIds),
    getAll(store.of(people), personIds),
  ]);
  return snapshotOf({
    partners: replaceRows(before.partners, partnerIds, changedPartners.map(partnerName)),
    members: replaceRows(before.members, memberIds, changedMembers),
    people: replaceRows(before.people, personIds, changedPeople.map(personName)),
  });
}

/** The rows with those of `ids` replaced by `changed`, or gone. New ones come last. */
function replaceRows<T extends { id: string }>(
  rows: readonly T[],
  ids: readonly string[],
  changed: readonly T[],
): readonly T[] {
  if (ids.length === 0) return rows;
  const byId = new Map(changed.map((row) => [row.id, row]));
  const asked = new Set(ids);
  const kept = rows.flatMap((row) => (asked.has(row.id) ? (byId.get(row.id) ?? []) : row));
  const known = new Set(kept.map(({ id }) => id));
  return [...kept, ...changed.filter(({ id }) => !known.has(id))];
}
