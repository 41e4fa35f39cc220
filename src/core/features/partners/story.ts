import type { Day } from '../../dates/day.ts';
import { type Contact, contacts } from '../../domain/contacts/contact.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import type { Store } from '../../ports/store.ts';

/** How many contacts one page shows, at least. */
const PAGE_SIZE = 5;
/** How many contacts and promises a story reads. */
const MAX_ROWS_READ = 200;

/** What a partner's story is made of. It takes three reads, however long it is. */
export interface PartnerStory {
  partner: Partner;
  /** The last contacts, the newest first. */
  contacts: readonly Contact[];
  /** The first day of those contacts, if there are earlier ones. */
  earlier: Day | undefined;
  /** Members who logged contacts, with their last day; the latest first. */
  known: readonly { by: string; day: Day }[];
  /** True if not all contacts were read, so that more members may know the partner. */
  partial: boolean;
  /** Open promises, ours and theirs, the earliest due first. */
  promises: readonly Followup[];
}

/**
 * Reads a partner's story.
 * @returns undefined when the partner is gone.
 */
export async function readStory(id: string, store: Store): Promise<PartnerStory | undefined> {
  const [partner, contacts, promises] = await Promise.all([
    store.of(partners).get(id),
    readContacts(id, undefined, store),
    store.of(followups).find({
      index: 'byPartner',
      where: { partner: id, state: 'open' },
      limit: MAX_ROWS_READ,
    }),
  ]);
  if (!partner) return undefined;
  const partial = contacts.length === MAX_ROWS_READ;
  return { partner, ...pageOf(contacts), known: whoKnows(contacts), partial, promises };
}

/** Reads the contacts before a day: one read. */
export async function readEarlier(
  id: string,
  before: Day,
  store: Store,
): Promise<Pick<PartnerStory, 'contacts' | 'earlier'>> {
  return pageOf(await readContacts(id, before, store));
}

function readContacts(partner: string, before: Day | undefined, store: Store) {
  return store.of(contacts).find({
    index: 'byPartner',
    where: { partner },
    ...(before !== undefined && { range: { field: 'day', before } }),
    descending: true,
    limit: MAX_ROWS_READ,
  });
}

/** The first page of contacts, the newest first. It has whole days, so that the next page begins before a day. */
export function pageOf(contacts: readonly Contact[]): Pick<PartnerStory, 'contacts' | 'earlier'> {
  const last = contacts.slice(0, PAGE_SIZE).at(-1);
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
