import { collect } from '../../async/collect.ts';
import { contacts } from '../../domain/contacts/contact.ts';
import { followups } from '../../domain/followups/followup.ts';
import { partners } from '../../domain/partners/partner.ts';
import type { Store } from '../../ports/store.ts';
import { instantsOf, type Period } from './period.ts';

/** How many partners a line of the digest names. It counts the rest. */
export const MAX_PARTNERS_NAMED = 5;

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
  /** The quiet partners: the ids of the ones that are quiet longest, and how many there are in all. */
  quiet: { first: string[]; count: number };
  /** How many of them became quiet in this period. */
  newlyQuiet: number;
}

/** Reads the facts of a period. @param zone the partnership's (IANA name) */
export async function gatherDigestFacts(
  period: Period,
  zone: string,
  store: Store,
): Promise<DigestFacts> {
  const { today, from, end, previousFrom, nextPeriodEnd } = period;
  const thisPeriod = instantsOf(from, end, zone);
  const previousPeriod = instantsOf(previousFrom, from, zone);
  const contactRows = store.of(contacts);
  const followupRows = store.of(followups);
  const partnerRows = store.of(partners);
  const done = { index: 'byClosed', where: { state: 'done' } } as const;
  const quiet = {
    index: 'byQuiet',
    where: { archived: false },
    range: { field: 'quietOn', to: today },
  } as const;
  const [
    logged,
    contactsBefore,
    keptNow,
    keptBefore,
    due,
    late,
    longestQuiet,
    quietCount,
    newlyQuiet,
    added,
  ] = await Promise.all([
    collect(contactRows.all({ index: 'byDay', range: { field: 'day', from, before: end } })),
    contactRows.count({
      index: 'byDay',
      range: { field: 'day', from: previousFrom, before: from },
    }),
    followupRows.count({ ...done, range: { field: 'closedAt', ...thisPeriod } }),
    followupRows.count({ ...done, range: { field: 'closedAt', ...previousPeriod } }),
    collect(
      followupRows.all({
        index: 'byDueDay',
        where: { state: 'open' },
        range: { field: 'dueDay', from: today, to: nextPeriodEnd },
      }),
    ),
    followupRows.count({
      index: 'byDueDay',
      where: { state: 'open' },
      range: { field: 'dueDay', from: '', before: today },
    }),
    partnerRows.find(quiet, MAX_PARTNERS_NAMED),
    partnerRows.count(quiet),
    partnerRows.count({ ...quiet, range: { field: 'quietOn', after: from, to: today } }),
    collect(
      partnerRows.all({
        index: 'byAdded',
        where: { archived: false },
        range: { field: 'addedAt', ...thisPeriod },
      }),
    ),
  ]);
  return {
    contacts: { now: logged.length, before: contactsBefore },
    inTouch: mostFirst(logged.map((contact) => contact.partner)),
    kept: { now: keptNow, before: keptBefore },
    added: added.map((partner) => partner.id),
    due: due.map((row) => row.partner),
    late,
    quiet: { first: longestQuiet.rows.map(({ id }) => id), count: quietCount },
    newlyQuiet,
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
