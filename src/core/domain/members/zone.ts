import type { Partnership } from '../partnerships/partnership.ts';
import type { Member } from './member.ts';

/** What says in which zone a member lives. */
export type Zones = Pick<Member, 'zone' | 'platformZone'>;

/**
 * The zone (IANA name) in which a member reads days and times: what they said, else what their platform knows,
 * else the partnership's. This is the one place that decides it.
 */
export function zoneOf(member: Zones | undefined, partnership: Pick<Partnership, 'zone'>): string {
  // Rows from before a platform told the zone do not have the field.
  return member?.zone ?? member?.platformZone ?? partnership.zone;
}
