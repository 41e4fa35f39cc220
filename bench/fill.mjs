import { createHash } from 'node:crypto';
import { contacts } from '../dist/core/domain/contacts/contact.js';
import { newPartner } from '../dist/core/domain/partners/new-partner.js';
import { partners } from '../dist/core/domain/partners/partner.js';
import { namesChanged } from '../dist/core/domain/partnerships/partnership.js';

const BATCH = 500;

/** Inserts partners and contacts into a partnership, without commands. */
export async function fill(store, { partnerCount, contactCount }) {
  const names = Array.from({ length: partnerCount }, (_, index) => partnerName(index));
  const rows = names.map((name, index) => newPartner(`partner-${index}`, name));
  await inBatches(rows, (batch) => store.of(partners).insertAll(batch));
  const logged = Array.from({ length: contactCount }, (_, index) => ({
    id: `contact-${index}`,
    partner: `partner-${index % partnerCount}`,
    day: `2026-0${1 + (index % 9)}-1${index % 10}`,
    how: 'call',
    twoWay: true,
    note: 'talked about the summer fair and the room for it',
    by: 'tom',
    loggedAt: new Date(),
  }));
  await inBatches(logged, (batch) => store.of(contacts).insertAll(batch));
  await namesChanged(store);
}

/** A name like real ones: it shares two words with the others, and has one of its own. */
export function partnerName(index) {
  const own = createHash('md5').update(String(index)).digest('hex').replace(/[0-9]/g, letterOf);
  return `${own[0].toUpperCase()}${own.slice(1, 5 + (index % 7))} Harbour Trust`;
}

const letterOf = (digit) => 'ghijklmnop'[Number(digit)];

async function inBatches(rows, insert) {
  for (let start = 0; start < rows.length; start += BATCH) {
    await insert(rows.slice(start, start + BATCH));
  }
}
