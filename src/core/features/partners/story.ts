import { collect } from '../../async/collect.ts';
import type { Day } from '../../dates/day.ts';
import { type Contact, contacts } from '../../domain/contacts/contact.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import { getAll, type Store } from '../../ports/store.ts';

/** How many contacts one page shows, at least. */
const PAGE_SIZE = 5;
/** How many contacts a story reads. */
const MAX_ROWS_READ = 200;

/** What a partner's story is made of. It takes three reads, however long it is. */
export interface PartnerStory {
  partner: Partner;
  /** The last contacts, the newest first. */
  contacts: readonly Contact[];
  /** The first day of those contacts, if there are earlier ones. */
  earlier: Day | undefined;
  /** Open promises, ours and theirs, the earliest due first. */
  promises: readonly Followup[];
  /** The partners that are part of it. */
  parts: readonly Partner[];
}

/**
 * Reads a partner's story.
 * @returns undefined when the partner is gone.
 */
export async function readStory(
  id: string,
  store: Store,
  directory: Pick<Directory, 'partsOf'>,
): Promise<PartnerStory | undefined> {
  const partIds = directory.partsOf(id).flatMap((part) => (part.archived ? [] : [part.id]));
  const [partner, page, promises, parts] = await Promise.all([
    store.of(partners).get(id),
    readPage(id, undefined, store),
    collect(store.of(followups).all({ index: 'byPartner', where: { partner: id, state: 'open' } })),
    getAll(store.of(partners), partIds),
  ]);
  if (!partner) return undefined;
  return { partner, ...page, promises, parts };
}

/** Reads the contacts before a day. */
export function readEarlier(
  id: string,
  before: Day,
  store: Store,
): Promise<Pick<PartnerStory, 'contacts' | 'earlier'>> {
  return readPage(id, before, store);
}

async function readPage(
  partner: string,
  before: Day | undefined,
  store: Store,
): Promise<Pick<PartnerStory, 'contacts' | 'earlier'>> {
  const rows = store.of(contacts);
  const query = { index: 'byPartner', where: { partner }, descending: true } as const;
  const until = (day: Day) => ({ ...query, range: { field: 'day' as const, before: day } });
  const { rows: read, more } = await rows.find(before ? until(before) : query, MAX_ROWS_READ);
  const page = pageOf(read);
  const last = read.at(-1)?.day;
  if (!more || last === undefined || page.earlier !== undefined) return page;
  // The page ends with a day that was not read to its end.
  const day = await collect(rows.all({ ...query, where: { partner, day: last } }));
  const { rows: others } = await rows.find(until(last), 1);
  const all = [...read.filter((contact) => contact.day > last), ...day];
  return { contacts: all, earlier: others.length > 0 ? last : undefined };
}

/** The first page of contacts, the newest first. It has whole days, so that the next page begins before a day. */
export function pageOf(contacts: readonly Contact[]): Pick<PartnerStory, 'contacts' | 'earlier'> {
  const last = contacts.slice(0, PAGE_SIZE).at(-1);
  if (!last) return { contacts: [], earlier: undefined };
  const page = contacts.filter((contact) => contact.day >= last.day);
  return { contacts: page, earlier: page.length < contacts.length ? last.day : undefined };
}
