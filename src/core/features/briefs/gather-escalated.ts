import { collect } from '../../async/collect.ts';
import type { Day } from '../../dates/day.ts';
import { withoutAwayPartners } from '../../domain/briefs/gather.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import {
  escalatesOn,
  escalatesWithoutWarning,
  getsNoWarning,
  latestEscalatedDueDay,
} from '../../domain/followups/escalation.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { hearersOf } from '../../domain/members/by-hand.ts';
import type { Member } from '../../domain/members/member.ts';
import { isFollowupHiddenFrom, viewerOf } from '../../domain/members/visibility.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import type { Store } from '../../ports/store.ts';

/**
 * Reads what a coordinator hears of on a day: follow-ups without an owner, and long overdue ones whose owner was
 * warned and is not on leave. Empty for everybody else.
 */
export async function gatherEscalated(
  member: Member,
  today: Day,
  deps: { store: Store; directory: Directory; partnership: Partnership },
): Promise<readonly Followup[]> {
  const { store, directory, partnership } = deps;
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
    .filter((row) =>
      escalatesWithoutWarning(row, directory.member(row.who ?? ''), today, partnership),
    );
  const viewer = viewerOf(member, directory);
  const isDue = (row: Followup) => {
    const day = escalatesOn(row, directory.member(row.who ?? ''), partnership);
    return day !== null && day <= today;
  };
  // What they pass on for somebody stands among their own already.
  const passesOn = (row: Followup) => {
    const owner = directory.member(row.who ?? '');
    return owner?.active && hearersOf(owner, row, directory).some(({ id }) => id === member.id);
  };
  const found = [...dueToEscalate.filter(isDue), ...withoutWarning].filter(
    (row) => row.who !== member.id && !passesOn(row) && !isFollowupHiddenFrom(viewer, row),
  );
  return withoutAwayPartners(found, today, deps);
}
