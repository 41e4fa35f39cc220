import { collect } from '../../async/collect.ts';
import type { Day } from '../../dates/day.ts';
import type { WorkingWeek } from '../../dates/working-days.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import {
  escalatesWithoutWarning,
  getsNoWarning,
  latestEscalatedDueDay,
} from '../../domain/followups/escalation.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import { isFollowupHiddenFrom, viewerOf } from '../../domain/members/visibility.ts';
import type { Store } from '../../ports/store.ts';

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
  const open = { state: 'open' } as const;
  const to = latestEscalatedDueDay(today);
  const ofOwner = ({ id: who }: Member) =>
    collect(
      rows.all({
        index: 'byWho',
        where: { ...open, who },
        range: { field: 'dueDay', from: '', to },
      }),
    );
  const [dueToEscalate, longLate] = await Promise.all([
    collect(
      rows.all({
        index: 'byEscalation',
        where: open,
        range: { field: 'escalateOn', from: '', to: today },
      }),
    ),
    Promise.all(directory.members.filter(getsNoWarning).map(ofOwner)),
  ]);
  const withoutWarning = longLate
    .flat()
    .filter((row) => escalatesWithoutWarning(row, directory.member(row.who ?? ''), today, week));
  const viewer = viewerOf(member, directory);
  return [...dueToEscalate, ...withoutWarning].filter(
    (row) => row.who !== member.id && !isFollowupHiddenFrom(viewer, row),
  );
}
