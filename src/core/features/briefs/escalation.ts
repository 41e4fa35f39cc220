import type { Day } from '../../dates/day.ts';
import type { WorkingWeek } from '../../dates/working-days.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { isRaisedUntold, latestDue } from '../../domain/followups/escalation.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { isHiddenFrom } from '../../domain/followups/rules.ts';
import type { Member } from '../../domain/members/member.ts';
import type { Store } from '../../ports/store.ts';

/** The most that is looked at: the longest late first. */
const MOST = 100;

/** What a coordinator is to hear of on a day: late for long and its owner knows, or with nobody. Others: nothing. */
export async function gatherRaised(
  member: Member,
  today: Day,
  week: WorkingWeek,
  { store, directory }: { store: Store; directory: Directory },
): Promise<Followup[]> {
  if (member.role !== 'coordinator') return [];
  const rows = store.of(followups);
  const where = { state: 'open' } as const;
  const [told, old] = await Promise.all([
    rows.find({
      index: 'byRaise',
      where,
      range: { field: 'raiseOn', from: '', to: today },
      limit: MOST,
    }),
    rows.find({
      index: 'byDay',
      where,
      range: { field: 'byDay', from: '', to: latestDue(today) },
      limit: MOST,
    }),
  ]);
  const untold = old.filter((row) =>
    isRaisedUntold(row, directory.member(row.who ?? ''), today, week),
  );
  return [...told, ...untold].filter((row) => row.who !== member.id && !isHiddenFrom(member, row));
}
