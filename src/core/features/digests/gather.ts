import { addToDay, type Day } from '../../dates/day.ts';
import type { Store } from '../../store.ts';
import { followups } from '../followups/store.ts';
import { interactions } from '../interactions/store.ts';
import { partners } from '../partners/store.ts';

/** The most a digest reads of each sort, and names of each. */
const MOST = 500;

/** The facts of one week, without notes and without words anybody typed but partners' names. */
export interface Week {
  /** Partner ids with the contacts of the week, the most first. */
  contacts: { partner: string; count: number }[];
  done: number;
  /** Partner ids (or null) of the promises due in the coming week. */
  due: (string | null)[];
  late: number;
  /** Partner ids gone quiet, the longest first. */
  quiet: string[];
  /** Those among them that became quiet this week. */
  newlyQuiet: number;
}

/** Reads the week that ends with `today` (a day in the partnership's zone). `now` is the end of it. */
export async function gatherWeek(today: Day, now: Date, store: Store): Promise<Week> {
  const weekAgo = addToDay(today, { days: -7 });
  const rows = store.of(followups);
  const [logged, done, open, quiet] = await Promise.all([
    store
      .of(interactions)
      .find({ index: 'byDay', range: { field: 'day', after: weekAgo, to: today }, limit: MOST }),
    rows.find({
      index: 'byClosed',
      where: { state: 'done' },
      range: { field: 'closedAt', after: new Date(now.getTime() - 7 * 86_400_000), to: now },
      limit: MOST,
    }),
    rows.find({
      index: 'byDay',
      where: { state: 'open' },
      range: { field: 'byDay', to: addToDay(today, { days: 7 }) },
      limit: MOST,
    }),
    store.of(partners).find({
      index: 'byQuiet',
      where: { archived: false },
      range: { field: 'quietOn', to: today },
      limit: MOST,
    }),
  ]);
  return {
    contacts: counted(logged.map((contact) => contact.partner)),
    done: done.length,
    due: open.filter((row) => (row.byDay ?? '') >= today).map((row) => row.partner),
    late: open.filter((row) => (row.byDay ?? '') < today).length,
    quiet: quiet.map((partner) => partner.id),
    newlyQuiet: quiet.filter((partner) => (partner.quietOn ?? '') > weekAgo).length,
  };
}

function counted(ids: readonly string[]): { partner: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts]
    .map(([partner, count]) => ({ partner, count }))
    .toSorted((a, b) => b.count - a.count || a.partner.localeCompare(b.partner));
}

/** Whether a week is worth a post: something happened, falls due, or has just gone quiet. */
export function worthSaying(week: Week): boolean {
  return week.contacts.length + week.done + week.due.length + week.late + week.newlyQuiet > 0;
}
