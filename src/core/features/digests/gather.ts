import { contacts } from '../../domain/contacts/contact.ts';
import { followups } from '../../domain/followups/followup.ts';
import { partners } from '../../domain/partners/partner.ts';
import type { Store } from '../../ports/store.ts';
import { instantsOf, type Period } from './period.ts';

/** The most a digest reads of each sort, and names of each. What is only counted has no limit. */
const MOST = 500;

/** A number, and the same of the period before. */
export interface Count {
  now: number;
  before: number;
}

/** The facts of one period, without notes and without words anybody typed but partners' names. */
export interface Facts {
  contacts: Count;
  /** Partner ids with contacts, those with the most first. */
  inTouch: string[];
  kept: Count;
  /** Partner ids new in the register. */
  added: string[];
  /** Partner ids (or null) of the promises due in the period to come. */
  due: (string | null)[];
  late: number;
  /** Partner ids gone quiet, the longest first. */
  quiet: string[];
  /** How many of them became quiet in this period. */
  newlyQuiet: number;
}

/** Reads the facts of a period; `zone` is the partnership's. */
export async function gatherFacts(period: Period, zone: string, store: Store): Promise<Facts> {
  const { today, from, end, before, ahead } = period;
  const [now, then] = [instantsOf(from, end, zone), instantsOf(before, from, zone)];
  const log = store.of(contacts);
  const promises = store.of(followups);
  const register = store.of(partners);
  const done = { index: 'byClosed', where: { state: 'done' } } as const;
  const [logged, contactsNow, contactsBefore, keptNow, keptBefore, due, late, quiet, added] =
    await Promise.all([
      log.find({ index: 'byDay', range: { field: 'day', from, before: end }, limit: MOST }),
      log.count({ index: 'byDay', range: { field: 'day', from, before: end } }),
      log.count({ index: 'byDay', range: { field: 'day', from: before, before: from } }),
      promises.count({ ...done, range: { field: 'closedAt', ...now } }),
      promises.count({ ...done, range: { field: 'closedAt', ...then } }),
      promises.find({
        index: 'byDay',
        where: { state: 'open' },
        range: { field: 'byDay', from: today, to: ahead },
        limit: MOST,
      }),
      promises.count({
        index: 'byDay',
        where: { state: 'open' },
        range: { field: 'byDay', from: '', before: today },
      }),
      register.find({
        index: 'byQuiet',
        where: { archived: false },
        range: { field: 'quietOn', to: today },
        limit: MOST,
      }),
      register.find({
        index: 'byAdded',
        where: { archived: false },
        range: { field: 'addedAt', ...now },
        limit: MOST,
      }),
    ]);
  return {
    contacts: { now: contactsNow, before: contactsBefore },
    inTouch: mostFirst(logged.map((contact) => contact.partner)),
    kept: { now: keptNow, before: keptBefore },
    added: added.map((partner) => partner.id),
    due: due.map((row) => row.partner),
    late,
    quiet: quiet.map((partner) => partner.id),
    newlyQuiet: quiet.filter((partner) => (partner.quietOn ?? '') > from).length,
  };
}

function mostFirst(ids: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts]
    .toSorted(([a, most], [b, more]) => more - most || a.localeCompare(b))
    .map(([id]) => id);
}

/** Whether a period is worth a post: something happened, falls due, or has just gone quiet. */
export function worthSaying({ contacts, kept, added, due, late, newlyQuiet }: Facts): boolean {
  return contacts.now + kept.now + added.length + due.length + late + newlyQuiet > 0;
}
