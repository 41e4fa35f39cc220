import type { Day } from '../../dates/day.ts';
import { type Contact, contacts } from '../../domain/contacts/contact.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import type { Store } from '../../ports/store.ts';

/** Contacts on one page. */
const PAGE = 5;
/** How far back a story reads, in contacts and in promises: what it costs never grows. */
const LOOKED_THROUGH = 200;

/** What a partner's story is told from: three reads, however long it is. */
export interface Story {
  partner: Partner;
  /** The last contacts, the newest first. */
  contacts: readonly Contact[];
  /** The first day of those contacts, when there are earlier ones. */
  earlier: Day | undefined;
  /** Members who logged contacts, with their last day; the latest first. */
  known: readonly { by: string; day: Day }[];
  /** True when contacts further back were not looked at, so that others may know them too. */
  partial: boolean;
  /** Open promises, ours and theirs, the earliest due first. */
  promises: readonly Followup[];
}

/**
 * Reads a partner's story.
 * @returns undefined when the partner is gone.
 */
export async function readStory(id: string, store: Store): Promise<Story | undefined> {
  const [partner, contacts, promises] = await Promise.all([
    store.of(partners).get(id),
    readContacts(id, undefined, store),
    store.of(followups).find({
      index: 'byPartner',
      where: { partner: id, state: 'open' },
      limit: LOOKED_THROUGH,
    }),
  ]);
  if (!partner) return undefined;
  const partial = contacts.length === LOOKED_THROUGH;
  return { partner, ...pageOf(contacts), known: whoKnows(contacts), partial, promises };
}

/** Reads the contacts before a day: one read. */
export async function readEarlier(
  id: string,
  before: Day,
  store: Store,
): Promise<Pick<Story, 'contacts' | 'earlier'>> {
  return pageOf(await readContacts(id, before, store));
}

function readContacts(partner: string, before: Day | undefined, store: Store) {
  return store.of(contacts).find({
    index: 'byPartner',
    where: { partner },
    ...(before !== undefined && { range: { field: 'day', before } }),
    descending: true,
    limit: LOOKED_THROUGH,
  });
}

/** The first page of contacts, newest first. A day is never cut in two, so that "before this day" misses nothing. */
export function pageOf(contacts: readonly Contact[]): Pick<Story, 'contacts' | 'earlier'> {
  const last = contacts.slice(0, PAGE).at(-1);
  if (!last) return { contacts: [], earlier: undefined };
  const page = contacts.filter((contact) => contact.day >= last.day);
  return { contacts: page, earlier: page.length < contacts.length ? last.day : undefined };
}

/** Who logged contacts, with the last day of each; the latest first. */
export function whoKnows(contacts: readonly Contact[]): readonly { by: string; day: Day }[] {
  const last = new Map<string, Day>();
  for (const { by, day } of contacts) {
    if ((last.get(by) ?? '') < day) last.set(by, day);
  }
  return [...last]
    .map(([by, day]) => ({ by, day }))
    .toSorted((a, b) => b.day.localeCompare(a.day) || a.by.localeCompare(b.by));
}
