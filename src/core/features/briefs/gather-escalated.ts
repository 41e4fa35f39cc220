import type { Day } from '../../dates/day.ts';
import type { WorkingWeek } from '../../dates/working-days.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import {
  escalatesWithoutWarning,
  latestEscalatedDueDay,
} from '../../domain/followups/escalation.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import { isHiddenFrom } from '../../domain/members/visibility.ts';
import type { Store } from '../../ports/store.ts';

/** How many follow-ups are read, starting with the ones that are late longest. */
const MAX_ROWS_READ = 100;

/**
 * Reads what a coordinator hears of on a day: follow-ups without an owner, and long overdue ones whose owner was
 * warned. Empty for everybody else.
 */
export async function gatherEscalated(
  member: Member,
  today: Day,
  week: WorkingWeek,
  { store, directory }: { store: Store; directory: Directory },
): Promise<Followup[]> {
  if (member.role !== 'coordinator') return [];
  const rows = store.of(followups);
  const where = { state: 'open' } as const;
  const [dueToEscalate, longLate] = await Promise.all([
    rows.find({
      index: 'byEscalation',
      where,
      range: { field: 'escalateOn', from: '', to: today },
      limit: MAX_ROWS_READ,
    }),
    rows.find({
      index: 'byDueDay',
      where,
      range: { field: 'dueDay', from: '', to: latestEscalatedDueDay(today) },
      limit: MAX_ROWS_READ,
    }),
  ]);
  const withoutWarning = longLate.filter((row) =>
    escalatesWithoutWarning(row, directory.member(row.who ?? ''), today, week),
  );
  return [...dueToEscalate, ...withoutWarning].filter(
    (row) => row.who !== member.id && !isHiddenFrom(member, row),
  );
}
