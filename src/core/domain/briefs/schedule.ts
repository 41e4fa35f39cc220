import { isBankHoliday } from '../../dates/bank-holidays.ts';
import { addToDay, type Day, dayOf, instantOf, type Minute, weekdayOf } from '../../dates/day.ts';
import type { Member } from '../members/member.ts';
import { zoneOf } from '../members/zone.ts';
import { mondayOf } from '../notification-policy/cap.ts';
import { quietHoursOf, withinQuiet } from '../notification-policy/quiet-hours.ts';
import type { Partnership } from '../partnerships/partnership.ts';

/** How far ahead a brief is looked for: nobody pauses for longer without coming back to say so. */
const HORIZON_DAYS = 400;

/** Whether a member's briefs may come on a day: one of their weekdays, and no bank holiday. */
export function isBriefDay(
  day: Day,
  member: Pick<Member, 'briefDays'>,
  { workingDays, calendar }: Pick<Partnership, 'workingDays' | 'calendar'>,
): boolean {
  const days = member.briefDays ?? workingDays;
  return days.includes(weekdayOf(day)) && !isBankHoliday(day, calendar);
}

/** The minute at which a member's briefs come: their time, or, where that is in quiet hours, the end of those. */
export function briefMinute(member: Member, partnership: Partnership): Minute {
  const hours = quietHoursOf(member, partnership);
  return hours && withinQuiet(member.briefAt, hours) ? hours.to : member.briefAt;
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
  // Of one who turned out to be another none comes; when that row is looked at is not a matter of settings.
  if (member.unitedWith) return member;
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

/** Whether a day is the first of its week on which a brief may come: the day of the weekly one. */
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

/** The instant of the next weekly brief, whether or not there will be something in it. */
export function nextWeekly(member: Member, partnership: Partnership, now: Date): Date {
  const fits = (day: Day) => isFirstOfWeek(day, member, partnership);
  return firstAhead(member, partnership, now, fits)?.at ?? now;
}

function nextBrief(member: Member, partnership: Partnership, now: Date, after: Day | null) {
  if (!member.active || member.rhythm === 'off') return undefined;
  return firstAhead(
    member,
    partnership,
    now,
    (day) =>
      (after === null || day > after) &&
      (member.pausedUntil === null || day >= member.pausedUntil) &&
      isBriefDay(day, member, partnership),
  );
}

/** The first day that fits and whose brief is still to come, and when that comes. */
function firstAhead(
  member: Member,
  partnership: Partnership,
  now: Date,
  fits: (day: Day) => boolean,
): { day: Day; at: Date } | undefined {
  const zone = zoneOf(member, partnership);
  const minute = briefMinute(member, partnership);
  const start = dayOf(now, zone);
  for (let ahead = 0; ahead < HORIZON_DAYS; ahead++) {
    const day = addToDay(start, { days: ahead });
    if (!fits(day)) continue;
    const at = instantOf(day, minute, zone);
    if (at > now) return { day, at };
  }
  return undefined;
}
