import { listText } from '../../base/text.ts';
import { type Day, dayOf, instantOf, weekdayOf } from '../../dates/day.ts';
import { timeText } from '../../dates/time-of-day.ts';
import { weekdaysText } from '../../dates/weekdays.ts';
import { rangeWith } from '../../dates/working-days.ts';
import { briefMinute, isBriefDay } from '../../domain/briefs/schedule.ts';
import type { Delivery } from '../../domain/deliveries/delivery.ts';
import { isByHand, keepersOf } from '../../domain/members/by-hand.ts';
import { type Member, zoneOf } from '../../domain/members/member.ts';
import { effectiveRhythm } from '../../domain/members/rules.ts';
import { isHeld } from '../../domain/notification-policy/hold.ts';
import { rangeText } from '../../domain/partnerships/holidays.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { commandText, day, moment, type RichText, rich } from '../../message/rich-text.ts';
import type { Asker } from './rules.ts';

/** By which rule a member's briefs come: how often, when and on which days. */
export function briefRuleText(owner: Member, asker: Asker): RichText {
  const { partnership } = asker;
  if (isByHand(owner)) return byHandText(owner, asker);
  const whose = owner.id === asker.member.id ? 'Your' : `${owner.name}'s`;
  if (owner.rhythm === 'off') return rich`${whose} briefs are switched off.`;
  const days = owner.briefDays
    ? weekdaysText(owner.briefDays)
    : `working days (${weekdaysText(partnership.workingDays)})`;
  const minute = briefMinute(owner, partnership);
  const moved = minute !== owner.briefAt && ` (${timeText(owner.briefAt)} is in quiet hours)`;
  const zone = zoneOf(owner, partnership);
  const shownZone = zone !== asker.zone && ` (${zone})`;
  return rich`${whose} ${rhythmRule(owner, zone)}, comes at ${timeText(minute)}${shownZone}${moved}, on ${days}. It comes only when there is something in it.`;
}

/** Who hears what is for a resident without Slack or Discord. */
function byHandText(owner: Member, { member, directory }: Asker): RichText {
  const names = keepersOf(owner, directory).map(({ id, name }) =>
    id === member.id ? 'you' : name,
  );
  return rich`${owner.name} has no Slack or Discord, so no brief comes to them. What is theirs comes to ${listText(names, 'and')}, who ${names[0] === 'you' || names.length > 1 ? 'pass' : 'passes'} it on.`;
}

function rhythmRule({ rhythm, role, steppedBackAt }: Member, zone: string): RichText {
  const rarer = { weekly: 'weekly brief', dated: 'brief, only with things that have a date' };
  if (rhythm === 'weekly' || rhythm === 'dated') {
    return steppedBackAt
      ? rich`${rarer[rhythm]} since ${day(dayOf(steppedBackAt, zone))}, after three in a row without any reaction`
      : rich`${rarer[rhythm]}, as it was set`;
  }
  return effectiveRhythm({ rhythm, role }) === 'weekly'
    ? rich`weekly brief, like all members`
    : rich`daily brief, like all ${role}s`;
}

/**
 * Says why no brief came today, and when the next one can.
 * @param known the ledger row of the owner's brief of today, which was sent or held back.
 */
export function briefStatusText(
  owner: Member,
  known: Delivery | undefined,
  asker: Asker,
): RichText {
  const { partnership, now } = asker;
  const { active, identities, rhythm, pausedUntil, briefDay, briefDue } = owner;
  if (!active) return rich`No brief comes: they have left.`;
  if (isByHand(owner)) return [];
  if (identities.length === 0) return rich`No brief comes: I have no way to reach them.`;
  if (rhythm === 'off')
    return owner.id === asker.member.id
      ? rich`To get briefs again, type ${commandText('me')}.`
      : rich`${owner.name} can switch them on again with ${commandText('me')}.`;
  const zone = zoneOf(owner, partnership);
  const today = dayOf(now, zone);
  if (briefDue !== null && briefDue <= now) return overdueText(briefDue, owner, asker);
  const next = briefDue ? rich`The next one can come on ${moment(briefDue)}.` : rich``;
  if (pausedUntil !== null && pausedUntil > today)
    return rich`Paused until ${day(pausedUntil)}. ${next}`;
  if (known?.state === 'skipped') return rich`None today: ${known.reason} ${next}`;
  if (known || briefDay === today) return next;
  if (!isBriefDay(today, owner, partnership))
    return rich`None today: ${dayOff(today, owner, partnership)}. ${next}`;
  if (now < instantOf(today, briefMinute(owner, partnership), zone))
    return rich`None today. ${next}`;
  return rich`None today: there was nothing to say when it was due, or its time was changed after that. ${next}`;
}

/** About a brief whose time is over: it is being sent, or quiet hours or a pause hold it back. */
function overdueText(due: Date, { nextRunAt }: Member, { now }: Asker): RichText {
  if (!nextRunAt || !isHeld(nextRunAt, now)) return rich`One is being sent right now.`;
  return rich`One was due on ${moment(due)}. Quiet hours or a pause hold it back until ${moment(nextRunAt)}.`;
}

/** Why a day is not a brief day, in a few words. */
function dayOff(today: Day, { briefDays }: Member, { workingDays, holidays }: Partnership): string {
  const holiday = rangeWith(today, holidays);
  if (holiday) return `everybody is on holiday, ${rangeText(holiday, today)}`;
  const weekday = weekdayOf(today);
  if ((briefDays ?? workingDays).includes(weekday)) return 'it is a holiday';
  return weekday > 5 ? 'it is the weekend' : 'it is not one of the days';
}
