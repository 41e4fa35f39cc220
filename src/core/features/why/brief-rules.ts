import { type Day, dayOf, instantOf, weekdayOf } from '../../dates/day.ts';
import { timeText } from '../../dates/time-of-day.ts';
import { daysText } from '../../dates/weekdays.ts';
import { briefMinute, isBriefDay } from '../../domain/briefs/schedule.ts';
import type { Delivery } from '../../domain/deliveries/delivery.ts';
import type { Member } from '../../domain/members/member.ts';
import { effectiveRhythm } from '../../domain/members/rules.ts';
import { zoneOf } from '../../domain/members/zone.ts';
import { isHeld } from '../../domain/notification-policy/hold.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { day, moment, type RichText, rich } from '../../message/rich-text.ts';
import type { Asker } from './rules.ts';

/** From which rule a member's briefs come: how often, when, in which zone, on which days. */
export function briefRule(owner: Member, asker: Asker): RichText {
  const { partnership } = asker;
  const whose = owner.id === asker.member.id ? 'Your' : `${owner.name}'s`;
  if (owner.rhythm === 'off') return rich`${whose} briefs are switched off.`;
  const days = owner.briefDays
    ? daysText(owner.briefDays)
    : `working days (${daysText(partnership.workingDays)})`;
  const minute = briefMinute(owner, partnership);
  const moved = minute !== owner.briefAt && ` (${timeText(owner.briefAt)} is in quiet hours)`;
  const zone = zoneOf(owner, partnership);
  return rich`${whose} ${rhythmRule(owner, zone)}, at ${timeText(minute)}${moved} ${zone}, on ${days}; only when there is something.`;
}

function rhythmRule({ rhythm, role, steppedBackAt }: Member, zone: string): RichText {
  const rarer = { weekly: 'weekly brief', dated: 'brief, only with things that have a date' };
  if (rhythm === 'weekly' || rhythm === 'dated') {
    return steppedBackAt
      ? rich`${rarer[rhythm]}, since I stepped back on ${day(dayOf(steppedBackAt, zone))}: three in a row had met with nothing`
      : rich`${rarer[rhythm]}, as it was asked for`;
  }
  return effectiveRhythm({ rhythm, role }) === 'weekly'
    ? rich`weekly brief, as members have it`
    : rich`daily brief, as ${role}s have it`;
}

/**
 * Why no brief came today, and when the next can.
 * @param known What the ledger has of the owner's day: one that came, or was held back.
 */
export function briefNow(owner: Member, known: Delivery | undefined, asker: Asker): RichText {
  const { partnership, now } = asker;
  const { active, identities, rhythm, pausedUntil, briefDay, briefDue } = owner;
  if (!active) return rich`None comes: they have left.`;
  if (identities.length === 0) return rich`None comes: I know no way to reach them.`;
  if (rhythm === 'off') return rich`None comes until that is changed with me.`;
  const zone = zoneOf(owner, partnership);
  const today = dayOf(now, zone);
  if (briefDue !== null && briefDue <= now) return overdueText(briefDue, owner, asker);
  const next = briefDue ? rich`The next can come on ${moment(briefDue)}.` : rich``;
  if (pausedUntil !== null && pausedUntil > today)
    return rich`Paused until ${day(pausedUntil)}. ${next}`;
  if (known?.state === 'skipped') return rich`None today: ${known.reason} ${next}`;
  if (known || briefDay === today) return next;
  if (!isBriefDay(today, owner, partnership))
    return rich`None today: it is ${dayOff(today, owner, partnership)}. ${next}`;
  if (now < instantOf(today, briefMinute(owner, partnership), zone))
    return rich`None today. ${next}`;
  return rich`None today: there was nothing to say when it was due, or its time was changed after that. ${next}`;
}

/** One whose time has been: it is on its way, or waits for the end of quiet hours or a pause. */
function overdueText(due: Date, { nextRunAt }: Member, { now }: Asker): RichText {
  if (!nextRunAt || !isHeld(nextRunAt, now)) return rich`One is just going out.`;
  return rich`One was due on ${moment(due)}; it is held back by quiet hours or a pause, and comes on ${moment(nextRunAt)}.`;
}

/** What kind of day it is on which somebody's brief does not come. */
function dayOff(today: Day, { briefDays }: Member, { workingDays }: Partnership): string {
  const weekday = weekdayOf(today);
  if ((briefDays ?? workingDays).includes(weekday)) return 'a holiday';
  return weekday > 5 ? 'the weekend' : 'not one of the days';
}
