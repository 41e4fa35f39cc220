import { instantOf } from '../../dates/day.ts';
import { type Member, type MemberZones, zoneOf } from '../members/member.ts';
import type { Partnership } from '../partnerships/partnership.ts';
import { endOfQuietHours, quietHoursOf } from './quiet-hours.ts';

/**
 * When a message that the member did not ask for may be sent: after a pause and after quiet hours, both in the member's
 * zone.
 * @returns `now` if nothing holds it back.
 */
export function heldUntil(
  member: Pick<Member, 'pausedUntil' | 'quietHours'> & MemberZones,
  partnership: Pick<Partnership, 'quietHours' | 'zone'>,
  now: Date,
): Date {
  const zone = zoneOf(member, partnership);
  const back = member.pausedUntil === null ? now : instantOf(member.pausedUntil, 0, zone);
  return endOfQuietHours(back > now ? back : now, quietHoursOf(member, partnership), zone);
}

/** A message due within this time is on its way; one due later is held back. */
const HELD_AFTER_MS = 60_000;

/** Whether a message that is due at an instant is being held back. */
export function isHeld(nextRunAt: Date, now: Date): boolean {
  return nextRunAt.getTime() > now.getTime() + HELD_AFTER_MS;
}
