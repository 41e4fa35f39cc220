import { addToDay, type Day } from '../../dates/day.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import type { Store } from '../../ports/store.ts';

/** A brief mentions a quiet relationship again after so many days: it is no alarm clock. */
const NUDGE_AGAIN_DAYS = 7;

/** One thing a brief told of, as it is now. `settled`: in a word or two, what has become of it; undefined: it still waits. */
export type PresentItem =
  | { sort: 'followup' | 'ask' | 'raised'; row: Followup; settled: Settled | undefined }
  | { sort: 'quiet'; row: Partner; settled: Settled | undefined };
/** `moved`: to another day. `elsewhere`: with somebody else, or answered. `mine`: a request one said yes to. */
export type Settled = 'done' | 'cancelled' | 'moved' | 'elsewhere' | 'mine' | 'in touch';

/**
 * Reads what has become of the items a brief told of (see `occurrencesOf`), in its order. Those that are gone are
 * left out.
 * @param told the local day of the brief; `today` is the reader's.
 */
export async function presentItems(
  items: readonly string[],
  { member, told, today, store }: { member: Member; told: Day; today: Day; store: Store },
): Promise<PresentItem[]> {
  const named = items.map((item) => item.split(':'));
  const idsOf = (...sorts: string[]) =>
    named.flatMap(([sort = '', id = '']) => (sorts.includes(sort) ? [id] : []));
  const rows = byId(await read(store.of(followups), idsOf('followup', 'ask', 'raised')));
  const quiet = byId(await read(store.of(partners), idsOf('quiet')));
  return named.flatMap(([sort, id = '', day = '']): PresentItem[] => {
    const row = rows.get(id);
    const partner = quiet.get(id);
    if (sort === 'followup' && row) return [{ sort, row, settled: settled(row, member, day) }];
    // Somebody else's, which could do with a hand: it waits until it is closed or put off.
    if (sort === 'raised' && row) return [{ sort, row, settled: raised(row, day) }];
    if (sort === 'ask' && row) return [{ sort, row, settled: answered(row, member) }];
    if (sort === 'quiet' && partner)
      return [{ sort, row: partner, settled: heard(partner, today, [day, nextNudge(told)]) }];
    return [];
  });
}

/** When a brief of a day mentions a quiet relationship again. */
export const nextNudge = (told: Day): Day => addToDay(told, { days: NUDGE_AGAIN_DAYS });

async function read<T>(
  rows: {
    find(query: { index: 'byId'; where: { id: string[] }; limit: number }): Promise<T[]>;
  },
  ids: string[],
): Promise<T[]> {
  return ids.length === 0
    ? []
    : rows.find({ index: 'byId', where: { id: ids }, limit: ids.length });
}

const byId = <T extends { id: string }>(rows: readonly T[]) =>
  new Map(rows.map((row) => [row.id, row]));

function settled(row: Followup, { id }: Member, wasDue: Day): Settled | undefined {
  if (row.state !== 'open') return row.state;
  if (row.who !== id) return 'elsewhere';
  return row.byDay !== null && row.byDay > wasDue ? 'moved' : undefined;
}

function raised({ state, byDay }: Followup, wasDue: Day): Settled | undefined {
  if (state !== 'open') return state;
  return byDay !== null && byDay > wasDue ? 'moved' : undefined;
}

function answered(row: Followup, { id }: Member): Settled | undefined {
  if (row.state !== 'open') return row.state;
  if (row.asked === id) return undefined;
  return row.who === id ? 'mine' : 'elsewhere';
}

function heard(partner: Partner, today: Day, nudges: readonly Day[]): Settled | undefined {
  if (partner.archived || partner.quietOn === null || partner.quietOn > today) return 'in touch';
  return partner.nudgeOn !== null && nudges.includes(partner.nudgeOn) ? undefined : 'moved';
}
