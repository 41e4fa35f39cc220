import type { Deps } from '../../command/command.ts';
import type { Day } from '../../dates/day.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { dueAt, movedTo } from '../../domain/followups/rules.ts';
import { ownerZone } from '../../domain/followups/series.ts';
import type { Member } from '../../domain/members/member.ts';
import { bold, joined, type RichText, rich } from '../../message/rich-text.ts';
import { updateWithRetry } from '../../ports/store.ts';

/** How many are named in a sentence. */
const NAMED = 3;

/** What became of follow-ups that were to be moved. */
export interface Moved {
  moved: Followup[];
  /** Left alone: their reminder is just going out. */
  going: Followup[];
}

/**
 * Moves a member's follow-ups on to a day, one by one; those with a clock time keep it, if it is still to come. What
 * has been done, handed on or put off that far meanwhile stays as it is. A series keeps its rule, as with Later.
 */
export async function moveTo(
  to: Day,
  rows: readonly Followup[],
  member: Pick<Member, 'id'>,
  deps: Deps,
): Promise<Moved> {
  const result: Moved = { moved: [], going: [] };
  const zone = ownerZone(member.id, deps);
  for (const { id } of rows) {
    let kept = true;
    const now = await updateWithRetry(deps.store.of(followups), id, (open) => {
      const late = open.byDay !== null && open.byDay < to;
      kept = open.state !== 'open' || open.who !== member.id || !late || open.sending !== null;
      if (kept) return undefined;
      const due = movedTo(open, { day: to }, zone);
      const isAhead = !due.at || due.at > deps.now;
      return { ...open, ...dueAt(isAhead ? due : { day: to }), clock: open.clock };
    });
    if (now && !kept) result.moved.push(now);
    else if (now?.sending) result.going.push(now);
  }
  return result;
}

/** Those left alone, in a sentence of their own; nothing where there are none. */
export function goingText({ going }: Moved): RichText {
  if (going.length === 0) return [];
  const its = going.length === 1 ? 'Its reminder is' : 'Their reminders are';
  return rich` ${its} just going out, so I left it alone: ${named(going)}.`;
}

/** Some titles, and how many more. */
export function named(rows: readonly Followup[]): RichText {
  const titles = rows.slice(0, NAMED).map(({ title }) => [bold(title)]);
  const more = rows.length - NAMED;
  return rich`${joined(titles, ', ')}${more > 0 && ` and ${more} more`}`;
}
