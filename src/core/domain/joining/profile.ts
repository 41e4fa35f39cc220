import { cleanText, quoteShort, withoutHidden } from '../../base/text.ts';
import { readZone } from '../../dates/zone-name.ts';
import type { Identity, Profile } from '../../message/invocation.ts';
import { scheduleBrief } from '../briefs/schedule.ts';
import { isSameIdentity } from '../identities/identity.ts';
import { accessOf, admittedByOf, withAccess } from '../members/identity-access.ts';
import { type Member, zoneOf } from '../members/member.ts';
import type { Partnership } from '../partnerships/partnership.ts';

/** A person on a platform, with what the platform says about them. */
export interface KnownPerson {
  identity: Identity;
  profile: Profile;
}

/** The user behind an invocation. */
export interface Actor extends KnownPerson {
  /** True if they did nothing: for example, Slack showed them the app's home page again. */
  automatic: boolean;
}

/** The longest name of a member, in characters. Longer ones are shortened. */
const MAX_NAME_LENGTH = 80;

/** A person's name on their platform, on one line, without characters that nobody can see; an empty text if there is none. */
export function profileName({ name }: Profile): string {
  return quoteShort(withoutHidden(cleanText(name)), MAX_NAME_LENGTH);
}

/** A person's zone on their platform (IANA name); null if there is none or it is not known here. */
export function profileZone({ zone }: Profile): string | null {
  return readZone(zone ?? '') ?? null;
}

/**
 * Brings the row of a member up to date with their profile: name, zone, and, if they did something, what lets them in.
 * @returns undefined if nothing changes.
 */
export function withProfile(
  row: Member,
  { identity, profile, automatic }: Actor,
  partnership: Partnership,
  now: Date,
): Member | undefined {
  const admittedBy = admittedByOf(profile);
  const known = accessOf(row, identity);
  // Somebody whom a coordinator let in does not depend on a role.
  const isByName = known !== undefined && known.admittedBy === null;
  const isNew =
    !automatic && admittedBy !== undefined && !isByName && known?.admittedBy !== admittedBy;
  const admitted = isNew ? withAccess(row, identity, { admittedBy }) : row;
  const next: Member = {
    ...admitted,
    // The name comes from the first identity. Otherwise it would change with each place they speak in.
    name: (isFirst(row, identity) && profileName(profile)) || row.name,
    platformZone: profileZone(profile) ?? row.platformZone ?? null,
    lastSpokeAs: row.identities.length > 1 && !automatic ? identity : (row.lastSpokeAs ?? null),
  };
  if (zoneOf(next, partnership) !== zoneOf(row, partnership))
    return scheduleBrief(next, partnership, now);
  const differs =
    isNew ||
    next.name !== row.name ||
    next.platformZone !== (row.platformZone ?? null) ||
    (next.lastSpokeAs !== null && !isSameIdentity(next.lastSpokeAs, row.lastSpokeAs ?? undefined));
  return differs ? next : undefined;
}

const isFirst = ({ identities: [first] }: Member, identity: Identity): boolean =>
  isSameIdentity(first, identity);
