import { addToDay, type Day } from '../../dates/day.ts';
import { addWorkingDays, type WorkingWeek } from '../../dates/working-days.ts';
import type { Directory } from '../directory/directory.ts';
import { isActiveCoordinator, type Member } from '../members/member.ts';
import { isPrivateFrom } from '../members/visibility.ts';
import type { Followup } from './followup.ts';

/** Working days after the due day: until the owner is warned, and until a coordinator is told. */
const WARN_AFTER_WORKING_DAYS = 5;
const ESCALATE_AFTER_WORKING_DAYS = 7;

type LateFollowup = Pick<Followup, 'ours' | 'who' | 'dueDay' | 'escalateOn'>;

/**
 * The day on which a coordinator will hear of a late follow-up, if its owner is warned today: seven working days after
 * it was due, and the next working day at the earliest.
 * @returns undefined if it is too early to warn the owner, or they have been warned.
 */
export function escalationDay(row: LateFollowup, today: Day, week: WorkingWeek): Day | undefined {
  if (!row.ours || row.who === null || row.dueDay === null || row.escalateOn !== null)
    return undefined;
  if (addWorkingDays(row.dueDay, WARN_AFTER_WORKING_DAYS, week) > today) return undefined;
  const due = addWorkingDays(row.dueDay, ESCALATE_AFTER_WORKING_DAYS, week);
  const soonest = addWorkingDays(today, 1, week);
  return due > soonest ? due : soonest;
}

/**
 * Whether a coordinator hears of a late follow-up although its owner was not warned: the owner has left, or has
 * switched their briefs off (they were told then that this would happen).
 */
export function escalatesWithoutWarning(
  row: LateFollowup,
  owner: Pick<Member, 'active' | 'rhythm'> | undefined,
  today: Day,
  week: WorkingWeek,
): boolean {
  if (!row.ours || row.who === null || row.dueDay === null || row.escalateOn !== null) return false;
  if (owner && !getsNoWarning(owner)) return false;
  return addWorkingDays(row.dueDay, ESCALATE_AFTER_WORKING_DAYS, week) <= today;
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
