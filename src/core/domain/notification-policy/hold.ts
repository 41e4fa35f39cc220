import { instantOf } from '../../dates/day.ts';
import type { Member } from '../members/member.ts';
import { type Zones, zoneOf } from '../members/zone.ts';
import type { Partnership } from '../partnerships/partnership.ts';
import { endOfQuiet, quietHoursOf } from './quiet-hours.ts';

/**
 * When a message that the member did not ask for may go out: not in a pause, unless somebody waits for their
 * answer, and not in quiet hours; all in the member's zone.
 * @param awaited whether somebody waits for their answer.
 * @returns `now` when nothing holds it back.
 */
export function heldUntil(
  member: Pick<Member, 'pausedUntil' | 'quietHours'> & Zones,
  partnership: Pick<Partnership, 'quietHours' | 'zone'>,
  now: Date,
  awaited: boolean,
): Date {
  const zone = zoneOf(member, partnership);
  const back =
    member.pausedUntil === null || awaited ? now : instantOf(member.pausedUntil, 0, zone);
  return endOfQuiet(back > now ? back : now, quietHoursOf(member, partnership), zone);
}

/** What is looked at again within so long (ms) is on its way; later, it is held back. */
const SOON = 60_000;

/** Whether something that is looked at again at an instant is being held back. */
export function isHeld(nextRunAt: Date, now: Date): boolean {
  return nextRunAt.getTime() > now.getTime() + SOON;
}
