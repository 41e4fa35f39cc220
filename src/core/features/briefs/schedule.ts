import { addToDay, type Day, dayOf, instantOf, weekdayOf } from '../../dates/day.ts';
import type { Member } from '../members/store.ts';
import type { Partnership } from '../settings/store.ts';

/** How far ahead a brief is looked for: nobody pauses for longer without coming back to say so. */
const HORIZON_DAYS = 400;

/** The weekdays (1 to 7) on which a member's briefs may come. */
export function briefDaysOf(member: Pick<Member, 'briefDays'>, partnership: Partnership): number[] {
  return member.briefDays ?? partnership.workingDays;
}

/** Whether a member's briefs may come on a day: one of their weekdays. */
export function isBriefDay(
  day: Day,
  member: Pick<Member, 'briefDays'>,
  partnership: Partnership,
): boolean {
  return briefDaysOf(member, partnership).includes(weekdayOf(day));
}

/**
 * The member with the next brief scheduled: the first of their days whose time, in their zone, is still to come,
 * after the day `after` and any pause. Each local day comes at most once. Derived again at any change of settings.
 */
export function scheduleBrief(
  member: Member,
  partnership: Partnership,
  now: Date,
  after: Day | null = null,
): Member {
  const next = nextBrief(member, partnership, now, after);
  return {
    ...member,
    briefDay: next?.day ?? null,
    briefDue: next?.at ?? null,
    sweepAt: next?.at ?? null,
    claim: null,
    sending: null,
  };
}

function nextBrief(member: Member, partnership: Partnership, now: Date, after: Day | null) {
  if (!member.active || member.rhythm === 'off') return undefined;
  const zone = member.zone ?? partnership.zone;
  const start = dayOf(now, zone);
  for (let ahead = 0; ahead < HORIZON_DAYS; ahead++) {
    const day = addToDay(start, { days: ahead });
    if (!isBriefDay(day, member, partnership)) continue;
    if (after !== null && day <= after) continue;
    if (member.pausedUntil !== null && day < member.pausedUntil) continue;
    const at = instantOf(day, member.briefAt, zone);
    if (at > now) return { day, at };
  }
  return undefined;
}
