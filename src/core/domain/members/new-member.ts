import type { Minute } from '../../dates/day.ts';
import type { New } from '../../ports/store.ts';
import type { Member } from './member.ts';

/** When briefs come until a member says otherwise: 09:00. */
export const USUAL_MINUTE: Minute = 9 * 60;

/** A member as they begin: everything as the partnership has it, and no brief scheduled yet. */
export function newMember(who: Pick<Member, 'id' | 'name' | 'role' | 'identities'>): New<Member> {
  return {
    ...who,
    spoke: null,
    prefers: null,
    closed: null,
    unitedWith: null,
    formerly: null,
    active: true,
    zone: null,
    platformZone: null,
    briefAt: USUAL_MINUTE,
    briefDays: null,
    rhythm: 'daily',
    quietHours: null,
    pausedUntil: null,
    steppedBackAt: null,
    briefDay: null,
    briefDue: null,
    tiedTo: [],
    nextRunAt: null,
    claim: null,
    sending: null,
  };
}
