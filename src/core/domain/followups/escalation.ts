import { addToDay, type Day } from '../../dates/day.ts';
import { addWorkingDays, type WorkingWeek } from '../../dates/working-days.ts';
import type { Directory } from '../directory/directory.ts';
import type { Member } from '../members/member.ts';
import type { Followup } from './followup.ts';

/** After how many working days the owner of something late is told what will happen, and after how many it does. */
const TELL_AFTER = 5;
const RAISE_AFTER = 7;

type Late = Pick<Followup, 'ours' | 'who' | 'byDay' | 'raiseOn'>;

/**
 * The day from which a coordinator is to hear of something late whose owner is told so today: the day after seven
 * working days, and never before the next working day.
 * @returns undefined where it is too early to speak of it, or they have been told.
 */
export function raiseDay(row: Late, today: Day, week: WorkingWeek): Day | undefined {
  if (!row.ours || row.who === null || row.byDay === null || row.raiseOn !== null) return undefined;
  if (addWorkingDays(row.byDay, TELL_AFTER, week) > today) return undefined;
  const due = addWorkingDays(row.byDay, RAISE_AFTER, week);
  const soonest = addWorkingDays(today, 1, week);
  return due > soonest ? due : soonest;
}

/**
 * Whether a coordinator hears of something although its owner was not told first: they have left, or have asked
 * for no briefs (and were told then).
 */
export function isRaisedUntold(
  row: Late,
  owner: Pick<Member, 'active' | 'rhythm'> | undefined,
  today: Day,
  week: WorkingWeek,
): boolean {
  if (!row.ours || row.who === null || row.byDay === null || row.raiseOn !== null) return false;
  if (owner?.active && owner.rhythm !== 'off') return false;
  return addWorkingDays(row.byDay, RAISE_AFTER, week) <= today;
}

/** The latest day on which something may have been due that is raised today, whatever the holidays. */
export function latestDue(today: Day): Day {
  return addToDay(today, { days: -RAISE_AFTER });
}

/** The coordinator who would hear of it: another than its owner. Undefined where there is none. */
export function hearer(row: Pick<Followup, 'who'>, names: Directory): Member | undefined {
  return names.members.find(
    ({ active, role, id }) => active && role === 'coordinator' && id !== row.who,
  );
}

/** What names a raised follow-up in the ledger: once for each day it was due. */
export function raisedName({ id, byDay }: Pick<Followup, 'id' | 'byDay'>): string {
  return `raised:${id}:${byDay ?? ''}`;
}
