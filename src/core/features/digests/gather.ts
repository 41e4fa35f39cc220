import { collect } from '../../async/collect.ts';
import { type Contact, contacts } from '../../domain/contacts/contact.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { partners } from '../../domain/partners/partner.ts';
import { countQuietPartners, quietQuery } from '../../domain/partners/quiet-partners.ts';
import type { Store } from '../../ports/store.ts';
import type { DigestWindow } from './window.ts';

/** What happened in a window, and how things stand at its end. The only typed words in it are partners' names. */
export interface DigestFacts {
  /** How many contacts were noted. Tries that nobody answered are not among them. */
  contacts: number;
  /** How many of the contacts are of a day before the window. */
  lateEntries: number;
  tries: number;
  /** Ids of partners with contacts, the ones with the most contacts first. */
  inTouch: string[];
  /** How many promises were kept, ours and theirs. */
  kept: number;
  /** Ids of new partners. */
  added: string[];
  /** How many partners there are. */
  partners: number;
  /** The partner of each promise that falls due before the next post. */
  due: PartnerShown[];
  /** Our own promises that are overdue. */
  ours: ListFigures;
  /** Promises of partners that are overdue. */
  theirs: ListFigures;
  quiet: ListFigures;
  /** How many partners only one of us knows, and how many only workers do, as of last night. */
  reach: { one: number; workers: number };
}

/** How long a list is, such as the one of quiet partners, and what is new on it. */
export interface ListFigures {
  count: number;
  /** The partner of each entry that was not there at the last post. */
  added: PartnerShown[];
}

/** The id of a partner to name; null if there is none, or if the promise is private. */
type PartnerShown = string | null;

/** Reads the facts of a window. */
export async function gatherDigestFacts(window: DigestWindow, store: Store): Promise<DigestFacts> {
  const { from, until, fromDay, today, dueUntil } = window;
  const followupRows = store.of(followups);
  const partnerRows = store.of(partners);
  const inWindow = { from, before: until };
  const due = (range: { from: string; to?: string; before?: string }) =>
    collect(
      followupRows.all({
        index: 'byDueDay',
        where: { state: 'open' },
        range: { field: 'dueDay', ...range },
      }),
    );
  const countLate = (ours: boolean) =>
    followupRows.count({
      index: 'byOurs',
      where: { state: 'open', ours },
      range: { field: 'dueDay', from: '', before: today },
    });
  const countReach = (reach: 'one' | 'workers') =>
    partnerRows.count({ index: 'byReach', where: { archived: false, reach } });
  const [one, workers] = await Promise.all([countReach('one'), countReach('workers')]);
  const [logged, kept, added, partnerCount, dueNext, newlyLate, ours, theirs, newlyQuiet, quiet] =
    await Promise.all([
      readContacts(window, store),
      followupRows.count({
        index: 'byClosed',
        where: { state: 'done' },
        range: { field: 'closedAt', ...inWindow },
      }),
      collect(
        partnerRows.all({
          index: 'byAdded',
          where: { archived: false },
          range: { field: 'addedAt', ...inWindow },
        }),
      ),
      partnerRows.count({ index: 'byName', where: { archived: false } }),
      due({ from: today, to: dueUntil }),
      due({ from: fromDay, before: today }),
      countLate(true),
      countLate(false),
      collect(partnerRows.all(quietQuery(today, { after: fromDay }))),
      countQuietPartners(today, store),
    ]);
  const answered = logged.filter(({ twoWay }) => twoWay);
  const late = (whose: boolean) => newlyLate.filter((row) => row.ours === whose).map(partnerShown);
  return {
    contacts: answered.length,
    lateEntries: answered.filter(({ day }) => day < fromDay).length,
    tries: logged.length - answered.length,
    inTouch: mostFirst(answered.map(({ partner }) => partner)),
    kept,
    added: added.map(({ id }) => id),
    partners: partnerCount,
    due: dueNext.map(partnerShown),
    ours: { count: ours, added: late(true) },
    theirs: { count: theirs, added: late(false) },
    quiet: { count: quiet, added: newlyQuiet.map(({ id }) => id) },
    reach: { one, workers },
  };
}

/**
 * The contacts and tries that were noted in a window. A try that got its answer later is a contact from then on. Before
 * the first post nothing is late news: contacts of days before the window do not count.
 */
async function readContacts(
  { from, until, fromDay, isFirst }: DigestWindow,
  store: Store,
): Promise<Contact[]> {
  const rows = store.of(contacts);
  const inWindow = { from, before: until };
  const [noted, answered] = await Promise.all([
    collect(rows.all({ index: 'byLogged', range: { field: 'loggedAt', ...inWindow } })),
    collect(rows.all({ index: 'byAnswerNoted', range: { field: 'answerNotedAt', ...inWindow } })),
  ]);
  const all = [
    ...noted.filter(({ twoWay, answerNotedAt }) => !twoWay || !answerNotedAt),
    ...answered.filter(({ twoWay }) => twoWay),
  ];
  return isFirst ? all.filter(({ day }) => day >= fromDay) : all;
}

const partnerShown = ({ partner, readers }: Followup): PartnerShown => (readers ? null : partner);

function mostFirst(ids: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts]
    .toSorted(([a, most], [b, more]) => more - most || a.localeCompare(b))
    .map(([id]) => id);
}

/** Whether there is news: something was noted or falls due, or something is newly overdue or quiet. */
export function hasNews({ contacts, tries, kept, ...facts }: DigestFacts): boolean {
  const { added, due, ours, theirs, quiet } = facts;
  const lists = [added, due, ours.added, theirs.added, quiet.added];
  return contacts + tries + kept > 0 || lists.some(({ length }) => length > 0);
}
