import { addToDay, type Day } from '../../dates/day.ts';
import { addWorkingDays, nextWorkingDay, type WorkingWeek } from '../../dates/working-days.ts';
import type { Directory } from '../directory/directory.ts';
import { isActiveCoordinator, type Member } from '../members/member.ts';
import { isOnLeaveOrJustBack, leaveEndOf } from '../members/rules.ts';
import { isPrivateFrom } from '../members/visibility.ts';
import type { Followup } from './followup.ts';

/** Working days after the due day: until the owner is warned, and until a coordinator is told. */
const WARN_AFTER_WORKING_DAYS = 5;
const ESCALATE_AFTER_WORKING_DAYS = 7;
/** Working days that somebody has after their leave before a coordinator hears of what they were warned of earlier. */
const ESCALATE_AFTER_LEAVE_WORKING_DAYS = 2;
/** After a brief suggested to ask for a promise of theirs, or we asked, briefs do not mention it for so many days. */
const CHASE_AGAIN_DAYS = 7;

type LateFollowup = Pick<Followup, 'who' | 'dueDay' | 'takenOn' | 'escalateOn'>;

/** The day from which a follow-up is counted as late: a day after its owner took it on, if it was late by then. */
function lateSince(dueDay: Day, { takenOn = null }: Pick<Followup, 'takenOn'>): Day {
  const grace = takenOn && addToDay(takenOn, { days: 1 });
  return grace && grace > dueDay ? grace : dueDay;
}

/**
 * The day on which a coordinator will hear of a late follow-up, if its owner is warned today: seven working days after
 * it was due, and the next working day at the earliest. It is the same for promises of ours and of theirs.
 * @returns undefined if it is too early to warn the owner, or they have been warned.
 */
export function escalationDay(row: LateFollowup, today: Day, week: WorkingWeek): Day | undefined {
  if (row.who === null || row.dueDay === null || row.escalateOn !== null) return undefined;
  const since = lateSince(row.dueDay, row);
  if (addWorkingDays(since, WARN_AFTER_WORKING_DAYS, week) > today) return undefined;
  const due = addWorkingDays(since, ESCALATE_AFTER_WORKING_DAYS, week);
  const soonest = addWorkingDays(today, 1, week);
  return due > soonest ? due : soonest;
}

/**
 * From which day coordinators hear of a follow-up. If its owner was on leave on that day, they get some working days
 * after it first.
 * @returns null if coordinators do not hear of it.
 */
export function escalatesOn(
  { escalateOn }: Pick<Followup, 'escalateOn'>,
  owner: Pick<Member, 'active' | 'pausedUntil' | 'dayOffUntil'> | undefined,
  week: WorkingWeek,
): Day | null {
  const leaveEnd = owner?.active ? leaveEndOf(owner) : null;
  if (escalateOn === null || leaveEnd === null) return escalateOn;
  const back = nextWorkingDay(leaveEnd, week);
  return escalateOn > back
    ? escalateOn
    : addWorkingDays(back, ESCALATE_AFTER_LEAVE_WORKING_DAYS, week);
}

/**
 * Whether a coordinator hears of a late follow-up although its owner was not warned: the owner has left, or has
 * switched their briefs off (they were told then that this would happen).
 */
export function escalatesWithoutWarning(
  row: LateFollowup,
  owner: Pick<Member, 'active' | 'rhythm' | 'pausedUntil' | 'dayOffUntil'> | undefined,
  today: Day,
  week: WorkingWeek,
): boolean {
  if (row.who === null || row.dueDay === null || row.escalateOn !== null) return false;
  if (owner && !getsNoWarning(owner)) return false;
  if (owner?.active && isOnLeaveOrJustBack(owner, today, week)) return false;
  return addWorkingDays(lateSince(row.dueDay, row), ESCALATE_AFTER_WORKING_DAYS, week) <= today;
}

/** Whether a member is not warned before a coordinator hears of their late follow-ups: they get no briefs. */
export function getsNoWarning({ active, rhythm }: Pick<Member, 'active' | 'rhythm'>): boolean {
  return !active || rhythm === 'off';
}

/** The latest due day of a follow-up that can be escalated today, even if there were no holidays. */
export function latestEscalatedDueDay(today: Day): Day {
  return addToDay(today, { days: -ESCALATE_AFTER_WORKING_DAYS });
}

/** Whether there is a coordinator who can be told about a follow-up: one other than its owner, who may read it. */
export function hasOtherCoordinator(
  row: Pick<Followup, 'who' | 'createdBy' | 'readers' | 'readersCoordinate'>,
  directory: Directory,
): boolean {
  return directory.members.some(
    (member) =>
      isActiveCoordinator(member) &&
      member.id !== row.who &&
      !isPrivateFrom(member, row, row.createdBy),
  );
}

/** The name of an escalated follow-up in the ledger, one for each day it was due on. */
export function escalationItem({ id, dueDay }: Pick<Followup, 'id' | 'dueDay'>): string {
  return `escalated:${id}:${dueDay ?? ''}`;
}

/**
 * Whether briefs leave a late promise of theirs out on a day: one suggested to ask for it a few days ago, or we did ask.
 * The owner is still warned before a coordinator hears of it.
 */
export function isWaitingAfterChase(
  row: Pick<Followup, 'ours' | 'dueDay' | 'chasedOn' | 'chaseSuggestedOn'>,
  today: Day,
): boolean {
  const { ours, dueDay, chasedOn, chaseSuggestedOn } = row;
  if (ours || dueDay === null || dueDay >= today) return false;
  return [chasedOn, chaseSuggestedOn].some(
    (day) => day && day >= dueDay && today < addToDay(day, { days: CHASE_AGAIN_DAYS }),
  );
}
