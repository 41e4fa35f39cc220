import { contacts } from '../../domain/contacts/contact.ts';
import { followups } from '../../domain/followups/followup.ts';
import { partners } from '../../domain/partners/partner.ts';
import type { Store } from '../../ports/store.ts';
import { instantsOf, type Period } from './period.ts';

/** How many rows of each sort a digest reads and can name. Numbers are counted without a limit. */
const MAX_ROWS_READ = 500;

/** A number for a period and for the period before. */
export interface CountAndBefore {
  now: number;
  before: number;
}

/** The facts of one period. The only words in them that anybody typed are partners' names. */
export interface DigestFacts {
  contacts: CountAndBefore;
  /** Ids of partners with contacts, the ones with the most contacts first. */
  inTouch: string[];
  kept: CountAndBefore;
  /** Ids of new partners. */
  added: string[];
  /** The partner id (or null) of each promise due in the next period. */
  due: (string | null)[];
  late: number;
  /** Ids of quiet partners, the ones that are quiet longest first. */
  quiet: string[];
  /** How many of them became quiet in this period. */
  newlyQuiet: number;
}

/** Reads the facts of a period. @param zone the partnership's (IANA name) */
export async function gatherDigestFacts(
  period: Period,
  zone: string,
  store: Store,
): Promise<DigestFacts> {
  const { today, from, end, previousFrom, ahead } = period;
  const thisPeriod = instantsOf(from, end, zone);
  const previousPeriod = instantsOf(previousFrom, from, zone);
  const contactRows = store.of(contacts);
  const followupRows = store.of(followups);
  const partnerRows = store.of(partners);
  const done = { index: 'byClosed', where: { state: 'done' } } as const;
  const [logged, contactsNow, contactsBefore, keptNow, keptBefore, due, late, quiet, added] =
    await Promise.all([
      contactRows.find({
        index: 'byDay',
        range: { field: 'day', from, before: end },
        limit: MAX_ROWS_READ,
      }),
      contactRows.count({ index: 'byDay', range: { field: 'day', from, before: end } }),
      contactRows.count({
        index: 'byDay',
        range: { field: 'day', from: previousFrom, before: from },
      }),
      followupRows.count({ ...done, range: { field: 'closedAt', ...thisPeriod } }),
      followupRows.count({ ...done, range: { field: 'closedAt', ...previousPeriod } }),
      followupRows.find({
        index: 'byDueDay',
        where: { state: 'open' },
        range: { field: 'dueDay', from: today, to: ahead },
        limit: MAX_ROWS_READ,
      }),
      followupRows.count({
        index: 'byDueDay',
        where: { state: 'open' },
        range: { field: 'dueDay', from: '', before: today },
      }),
      partnerRows.find({
        index: 'byQuiet',
        where: { archived: false },
        range: { field: 'quietOn', to: today },
        limit: MAX_ROWS_READ,
      }),
      partnerRows.find({
        index: 'byAdded',
        where: { archived: false },
        range: { field: 'addedAt', ...thisPeriod },
        limit: MAX_ROWS_READ,
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

/** Whether a period is worth a post: something happened, is due or late, or a partner has just gone quiet. */
export function isWorthPosting({
  contacts,
  kept,
  added,
  due,
  late,
  newlyQuiet,
}: DigestFacts): boolean {
  return contacts.now + kept.now + added.length + due.length + late + newlyQuiet > 0;
}
