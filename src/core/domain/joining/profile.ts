import { cleanText, quoteShort } from '../../base/text.ts';
import { readZone } from '../../dates/zone-name.ts';
import type { Identity, Profile } from '../../message/invocation.ts';
import { scheduleBrief } from '../briefs/schedule.ts';
import { isSameIdentity } from '../identities/identity.ts';
import { type Member, zoneOf } from '../members/member.ts';
import type { Partnership } from '../partnerships/partnership.ts';

/** The longest name of a member, in characters. Longer ones are shortened. */
const MAX_NAME_LENGTH = 80;

/** A person's name on their platform, on one line; an empty text if there is none. */
export function profileName({ name }: Profile): string {
  return quoteShort(cleanText(name), MAX_NAME_LENGTH);
}

/** A person's zone on their platform (IANA name); null if there is none or it is not known here. */
export function profileZone({ zone }: Profile): string | null {
  return readZone(zone ?? '') ?? null;
}

/**
 * Brings the row of the actor up to date with their profile: name and zone. Somebody who had left is
 * back with the role member, and an owner becomes a coordinator if there is none.
 * @returns undefined if nothing changes.
 */
export function withProfile(
  row: Member,
  actor: { identity: Identity; profile: Profile; nobodyCoordinates: boolean; automatic: boolean },
  partnership: Partnership,
  now: Date,
): Member | undefined {
  const { identity, profile, nobodyCoordinates, automatic } = actor;
  const role = row.active ? row.role : 'member';
  const next: Member = {
    ...row,
    // The name comes from the first identity. Otherwise it would change with each place they speak in.
    name: (isFirst(row, identity) && profileName(profile)) || row.name,
    platformZone: profileZone(profile) ?? row.platformZone ?? null,
    lastSpokeAs: row.identities.length > 1 && !automatic ? identity : (row.lastSpokeAs ?? null),
    active: true,
    role: nobodyCoordinates && profile.standing === 'owner' ? 'coordinator' : role,
  };
  const moves =
    !row.active || next.role !== row.role || zoneOf(next, partnership) !== zoneOf(row, partnership);
  if (moves) return scheduleBrief(next, partnership, now);
  const differs =
    next.name !== row.name ||
    next.platformZone !== (row.platformZone ?? null) ||
    (next.lastSpokeAs !== null && !isSameIdentity(next.lastSpokeAs, row.lastSpokeAs ?? undefined));
  return differs ? next : undefined;
}

const isFirst = ({ identities: [first] }: Member, identity: Identity): boolean =>
  isSameIdentity(first, identity);
