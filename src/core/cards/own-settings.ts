import type { Day } from '../dates/day.ts';
import { timeText } from '../dates/time-of-day.ts';
import { daysText } from '../dates/weekdays.ts';
import { briefMinute } from '../domain/briefs/schedule.ts';
import type { Member } from '../domain/members/member.ts';
import { effectiveRhythm, rhythmText } from '../domain/members/rules.ts';
import { zoneOf } from '../domain/members/zone.ts';
import { hoursText, quietHoursOf } from '../domain/notification-policy/quiet-hours.ts';
import type { Partnership } from '../domain/partnerships/partnership.ts';
import { FORM } from '../message/invocation.ts';
import type { Button, Reply } from '../message/reply.ts';
import { day, type RichText, rich } from '../message/rich-text.ts';
import { undoButton } from './changed-reply.ts';

/** What a member has set for themselves, in a sentence or two. */
export function meText(member: Member, partnership: Partnership, today: Day): RichText {
  const { role, rhythm, briefAt, briefDays, pausedUntil } = member;
  const hours = quietHoursOf(member, partnership);
  const quiet = hours ? rich` Quiet hours: ${hoursText(hours)}.` : rich` No quiet hours.`;
  const closed = member.closed && rich` ${closedText[member.closed]}`;
  const zone = `${zoneOf(member, partnership)}${zoneNote(member)}`;
  if (rhythm === 'off')
    return rich`No briefs come; if something of yours is late for long, a coordinator hears of it. Your time zone is ${zone}.${quiet}${closed}`;
  const days = briefDays
    ? daysText(briefDays)
    : `working days (${daysText(partnership.workingDays)})`;
  const pause =
    pausedUntil !== null && pausedUntil > today && rich` Paused until ${day(pausedUntil)}.`;
  const next = member.briefDay !== null && rich` The next can come on ${day(member.briefDay)}.`;
  const minute = briefMinute(member, partnership);
  // Said openly: the time they chose is not the one at which it comes.
  const moved =
    minute !== briefAt &&
    ` (${timeText(briefAt)} is in your quiet hours: me quiet-hours changes them)`;
  return rich`Your brief comes ${rhythmText(rhythm, role)} at ${timeText(minute)}${moved}, on ${days}, in ${zone}; only when there is something, and never on a bank holiday.${quiet}${pause}${next}${closed}`;
}

const closedText = {
  thread:
    'If your direct messages are closed, I write in a private thread where the weekly digest is posted.',
  mention:
    'If your direct messages are closed, I only say your name where the weekly digest is posted.',
};

/** When briefs come to a member, on one line. */
export function briefLine(member: Member, partnership: Partnership, today: Day): RichText {
  const { pausedUntil } = member;
  const rhythm = effectiveRhythm(member);
  if (rhythm === 'off') return rich`No briefs come to you.`;
  const pause = pausedUntil !== null && pausedUntil > today;
  const minute = timeText(briefMinute(member, partnership));
  return rich`Your brief: ${often[rhythm]} at ${minute}, ${zoneOf(member, partnership)}${pause && rich`; paused until ${day(pausedUntil)}`}.`;
}

const often = { daily: 'each day', weekly: 'once a week', dated: 'for things with a date,' };

/** Whose choice the zone is, where it is not the member's own. */
function zoneNote({ zone, platformZone }: Member): string {
  if (zone) return '';
  return platformZone ? ' (as your chat app has it)' : ' (as for everybody)';
}

/** Opens the form of one's own settings. */
export const changeMeButton: Button = { label: 'Change', command: 'me', args: { [FORM]: 'yes' } };

/** What a member changed about themselves. */
export function changedMe(
  member: Member,
  partnership: Partnership,
  today: Day,
  receipt: string,
): Reply {
  return {
    text: rich`Changed. ${meText(member, partnership, today)}`,
    card: [{ kind: 'buttons', buttons: [changeMeButton, undoButton(receipt)] }],
  };
}
