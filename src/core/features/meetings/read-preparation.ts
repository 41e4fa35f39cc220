import { collect } from '../../async/collect.ts';
import { type Day, dayOf } from '../../dates/day.ts';
import { type Contact, contacts } from '../../domain/contacts/contact.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { type HistoryEntry, historyEntries } from '../../domain/history/history-entry.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import { people } from '../../domain/people/person.ts';
import { recordedCollections } from '../../domain/recorded-changes/recorded-fields.ts';
import type { Store } from '../../ports/store.ts';

/** How many contacts are read. */
const MAX_CONTACTS_READ = 3;
/** How many changes of the partner are read. */
const MAX_CHANGES_READ = 30;

/** What somebody needs to know before they meet a partner. It takes a few reads, however long its story is. */
export interface Preparation {
  partner: Partner;
  /** The last contacts, the newest first. */
  contacts: readonly Contact[];
  /** Open promises, ours and theirs, the earliest due first. */
  promises: readonly Followup[];
  /** What has changed since the day of the last two-way contact, each once: `the lead`. */
  changed: readonly string[];
}

/**
 * Reads what somebody needs to know before they meet a partner.
 * @param zone the IANA name of the zone in which days are compared.
 * @returns undefined when the partner is gone.
 */
export async function readPreparation(
  id: string,
  zone: string,
  store: Store,
): Promise<Preparation | undefined> {
  const last = { index: 'byPartner', where: { partner: id }, descending: true } as const;
  const changes = { index: 'bySubject', where: { subject: id }, descending: true } as const;
  const [partner, { rows }, promises, entries] = await Promise.all([
    store.of(partners).get(id),
    store.of(contacts).find(last, MAX_CONTACTS_READ),
    collect(store.of(followups).all({ index: 'byPartner', where: { partner: id, state: 'open' } })),
    store.of(historyEntries).find(changes, MAX_CHANGES_READ),
  ]);
  if (!partner) return undefined;
  const changed = changedSince(partner.lastTwoWay, entries.rows, zone);
  return { partner, contacts: rows, promises, changed };
}

/** What entries of the history say has changed after a day. Without a day there is nothing to compare with. */
function changedSince(day: Day | null, entries: readonly HistoryEntry[], zone: string): string[] {
  if (day === null) return [];
  const later = entries.filter(({ at }) => dayOf(at, zone) > day);
  return [...new Set(later.flatMap(whatChanged))];
}

function whatChanged({ collectionName, event, changes, changedWords }: HistoryEntry): string[] {
  if (collectionName === people.name) return ['who is there'];
  if (collectionName !== partners.name || event !== 'changed') return [];
  const recorded = recordedCollections.find(
    ({ declaration }) => declaration.name === collectionName,
  );
  return [...changes.map(({ field }) => field), ...changedWords].flatMap((name) => {
    const field = recorded?.fields[name];
    return field && 'label' in field ? [field.label] : [];
  });
}
