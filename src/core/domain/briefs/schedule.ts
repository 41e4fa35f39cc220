import {
  addToDay,
  type Day,
  dayOf,
  instantOf,
  type Minute,
  mondayOf,
  weekdayOf,
} from '../../dates/day.ts';
import { isHoliday, type WorkingWeek } from '../../dates/working-days.ts';
import { isByHand } from '../members/by-hand.ts';
import { type Member, zoneOf } from '../members/member.ts';
import { isWithinQuietHours, quietHoursOf } from '../notification-policy/quiet-hours.ts';
import type { Partnership } from '../partnerships/partnership.ts';

/** How many days ahead the next brief is looked for: more than the longest pause. */
const MAX_DAYS_AHEAD = 400;

/** Whether a member's briefs can come on a day: it is one of their weekdays and no holiday. */
export function isBriefDay(
  day: Day,
  member: Pick<Member, 'briefDays'>,
  week: WorkingWeek,
): boolean {
  const days = member.briefDays ?? week.workingDays;
  return days.includes(weekdayOf(day)) && !isHoliday(day, week);
}

/** The minute of the day at which a member's briefs come: their time, or the end of their quiet hours if it lies in them. */
export function briefMinute(member: Member, partnership: Partnership): Minute {
  const hours = quietHoursOf(member, partnership);
  return hours && isWithinQuietHours(member.briefAt, hours) ? hours.to : member.briefAt;
}

/**
 * The member with the next brief scheduled: at their time, in their zone, on the first of their days that is still
 * to come and lies after any pause. Called after each change of settings.
 * @param after the local day of the last brief, so that a day has one brief at most.
 */
export function scheduleBrief(
  member: Member,
  partnership: Partnership,
  now: Date,
  after: Day | null = null,
): Member {
  // A merged member gets no briefs, and the sweep schedules that row by other rules (see merge-members.ts).
  if (member.mergedInto) return member;
  const next = nextBrief(member, partnership, now, after);
  return {
    ...member,
    briefDay: next?.day ?? null,
    briefDue: next?.at ?? null,
    nextRunAt: next?.at ?? null,
    claim: null,
    sending: null,
  };
}

/** Whether a day is the first brief day of its week, which is the day of the weekly brief. */
export function isFirstOfWeek(
  day: Day,
  member: Pick<Member, 'briefDays'>,
  partnership: Partnership,
): boolean {
  const monday = mondayOf(day);
  const first = [0, 1, 2, 3, 4, 5, 6].find((days) =>
    isBriefDay(addToDay(monday, { days }), member, partnership),
  );
  return first === weekdayOf(day) - 1;
}

/** The instant of the next weekly brief, even if it turns out to be empty. */
export function nextWeeklyBrief(member: Member, partnership: Partnership, now: Date): Date {
  const fits = (day: Day) => isFirstOfWeek(day, member, partnership);
  return firstBriefAfter(member, partnership, now, fits)?.at ?? now;
}

function nextBrief(member: Member, partnership: Partnership, now: Date, after: Day | null) {
  if (!member.active || isByHand(member) || member.rhythm === 'off') return undefined;
  // Rows from before the field was there have none.
  const { lastBriefDay = null } = member;
  return firstBriefAfter(
    member,
    partnership,
    now,
    (day) =>
      (after === null || day > after) &&
      (lastBriefDay === null || day > lastBriefDay) &&
      (member.pausedUntil === null || day >= member.pausedUntil) &&
      isBriefDay(day, member, partnership),
  );
}

/** The first day that fits and whose brief is still to come, with the instant of the brief. */
function firstBriefAfter(
  member: Member,
  partnership: Partnership,
  now: Date,
  fits: (day: Day) => boolean,
): { day: Day; at: Date } | undefined {
  const zone = zoneOf(member, partnership);
  const minute = briefMinute(member, partnership);
  const start = dayOf(now, zone);
  for (let ahead = 0; ahead < MAX_DAYS_AHEAD; ahead++) {
    const day = addToDay(start, { days: ahead });
    if (!fits(day)) continue;
    const at = instantOf(day, minute, zone);
    if (at > now) return { day, at };
  }
  return undefined;
}
