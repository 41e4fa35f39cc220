import { cleaned, cut } from '../../base/cut.ts';
import { zoneIn } from '../../dates/zone-name.ts';
import type { Identity, Profile } from '../../message/invocation.ts';
import { scheduleBrief } from '../briefs/schedule.ts';
import { isSameIdentity } from '../identities/identity.ts';
import type { Member } from '../members/member.ts';
import { zoneOf } from '../members/zone.ts';
import type { Partnership } from '../partnerships/partnership.ts';

/** The longest name of a member, in characters. */
const LONGEST_NAME = 80;

/** A person's name as their platform has it, on one line; an empty text where it has none. */
export function nameIn({ name }: Profile): string {
  return cut(cleaned(name), LONGEST_NAME);
}

/** The zone (IANA name) a platform knows of a person; null where it knows none that can be used. */
export function zoneKnown({ zone }: Profile): string | null {
  return zoneIn(zone ?? '') ?? null;
}

/**
 * The member as their profile now has them, who spoke just now: their name and zone follow it, whoever had left is
 * back, as a member, and an owner coordinates where nobody does.
 * @returns undefined where all of it is so already.
 */
export function followed(
  row: Member,
  spoken: { identity: Identity; profile: Profile; nobodyCoordinates: boolean; unasked: boolean },
  partnership: Partnership,
  now: Date,
): Member | undefined {
  const { identity, profile, nobodyCoordinates, unasked } = spoken;
  const role = row.active ? row.role : 'member';
  const next: Member = {
    ...row,
    // Of several identities the first gives the name: else it would change with each place they speak in.
    name: (isFirst(row, identity) && nameIn(profile)) || row.name,
    platformZone: zoneKnown(profile) ?? row.platformZone ?? null,
    spoke: row.identities.length > 1 && !unasked ? identity : (row.spoke ?? null),
    active: true,
    role: nobodyCoordinates && profile.standing === 'owner' ? 'coordinator' : role,
  };
  const moves =
    !row.active || next.role !== row.role || zoneOf(next, partnership) !== zoneOf(row, partnership);
  if (moves) return scheduleBrief(next, partnership, now);
  const differs =
    next.name !== row.name ||
    next.platformZone !== (row.platformZone ?? null) ||
    (next.spoke !== null && !isSameIdentity(next.spoke, row.spoke ?? undefined));
  return differs ? next : undefined;
}

const isFirst = ({ identities: [first] }: Member, identity: Identity): boolean =>
  isSameIdentity(first, identity);
