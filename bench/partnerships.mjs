import { contacts } from '../dist/core/domain/contacts/contact.js';
import { followups } from '../dist/core/domain/followups/followup.js';
import { members, newMember } from '../dist/core/domain/members/member.js';
import { newPartner } from '../dist/core/domain/partners/new-partner.js';
import { partners } from '../dist/core/domain/partners/partner.js';
import { newPartnership, partnerships } from '../dist/core/domain/partnerships/partnership.js';
import { partnerName } from './fill.mjs';

/** How much a partnership has after its first months. */
export const USUAL = { members: 10, partners: 25, contacts: 100, followups: 20 };
const YEAR_MS = 365 * 86_400_000;
/** How many partnerships are inserted at the same time. */
const BATCH_SIZE = 10;

/** Inserts partnerships of the usual size, in which nothing is due. @returns their ids. */
export async function seedPartnerships(stores, count, now) {
  const ids = Array.from({ length: count }, (_, index) => `partnership-${index}`);
  for (let start = 0; start < count; start += BATCH_SIZE) {
    await Promise.all(ids.slice(start, start + BATCH_SIZE).map((id) => seed(stores, id, now)));
  }
  return ids;
}

async function seed(stores, id, now) {
  const store = stores.forPartnership(id);
  const about = { id, name: `Big Local ${id}`, zone: 'Europe/London' };
  await store.of(partnerships).insert(newPartnership(about, new Date(0)));
  const every = (count, row) => Array.from({ length: count }, (_, index) => row(index));
  await store.of(members).insertAll(every(USUAL.members, (index) => member(id, index)));
  const names = every(USUAL.partners, (index) =>
    newPartner(`${id}-partner-${index}`, partnerName(index)),
  );
  await store.of(partners).insertAll(names);
  const logged = every(USUAL.contacts, (index) => contact(id, index, now));
  await store.of(contacts).insertAll(logged);
  const later = new Date(now.getTime() + YEAR_MS);
  const open = every(USUAL.followups, (index) => reminder(id, `later-${index}`, later));
  await store.of(followups).insertAll(open);
}

function member(id, index) {
  const identities = [{ platform: 'bench', workspace: id, user: `user-${index}` }];
  const who = { id: `${id}-${index}`, name: `Member ${index}`, role: 'worker', identities };
  return { ...newMember(who), rhythm: 'off' };
}

function contact(id, index, now) {
  return {
    id: `${id}-contact-${index}`,
    partner: `${id}-partner-${index % USUAL.partners}`,
    day: now.toISOString().slice(0, 10),
    ...{ how: 'call', twoWay: true, by: `${id}-${index % USUAL.members}`, loggedAt: now },
    note: 'talked about the summer fair and the room for it',
  };
}

/** A follow-up with a clock time, so that it has a reminder of its own. */
export function reminder(partnership, name, at) {
  return {
    id: `${partnership}-${name}`,
    ...{ title: `ring about ${name}`, partner: null, contact: null, ours: true },
    ...{ who: `${partnership}-${name.length % USUAL.members}`, asked: null, askedBy: null },
    ...{ dueDay: at.toISOString().slice(0, 10), at, clockTime: at, escalateOn: null, series: null },
    ...{ state: 'open', createdBy: `${partnership}-0`, createdAt: at, closedAt: null },
    ...{ nextRunAt: at, claim: null, sending: null },
  };
}
