import { inBatches } from '../../async/collect.ts';
import { BeingSentError } from '../../message/user-error.ts';
import type { Store } from '../../ports/store.ts';
import { type Contact, contacts } from '../contacts/contact.ts';
import { type Followup, followups } from '../followups/followup.ts';

/** How many rows are moved at once. */
const BATCH_SIZE = 100;

/**
 * Moves the contacts of a partner to the one that it is merged into. Each row notes where it came from, so that this can
 * be repeated, and taken back.
 */
export async function moveContacts(from: string, to: string, store: Store): Promise<void> {
  const rows = store.of(contacts);
  const all = rows.all({ index: 'byPartner', where: { partner: from } }, BATCH_SIZE);
  for await (const batch of inBatches(all, BATCH_SIZE))
    await rows.saveAll(batch.map((row) => movedTo(to, from, row)));
}

/**
 * Moves the follow-ups of a partner to the one that it is merged into.
 * @throws BeingSentError while a reminder of one of them is being sent.
 */
export async function moveFollowups(from: string, to: string, store: Store): Promise<void> {
  const rows = store.of(followups);
  const move = (row: Followup): Followup => {
    const moved = row.partner === from ? to : row.partner;
    return { ...movedTo(to, from, row), partner: moved, series: withPartner(row, from, to) };
  };
  const all = rows.all({ index: 'byPartner', where: { partner: from } }, BATCH_SIZE);
  for await (const batch of inBatches(all, BATCH_SIZE))
    await rows.saveAll(batch.map(refuseSending).map(move));
  // The next ones of a series can be for another partner than the open one.
  for await (const row of rows.all({ index: 'byDueDay', where: { state: 'open' } }))
    if (row.series?.partner === from) await rows.saveAll([move(refuseSending(row))]);
}

/**
 * Moves back the contacts that came from a partner, unless somebody has put them elsewhere since.
 * @returns those that stay, and were noted after the merge.
 */
export async function moveContactsBack(
  from: string,
  to: string,
  mergedAt: Date,
  store: Store,
): Promise<Contact[]> {
  const rows = store.of(contacts);
  const stayed: Contact[] = [];
  const all = rows.all({ index: 'byPartner', where: { partner: to } }, BATCH_SIZE);
  for await (const batch of inBatches(all, BATCH_SIZE)) {
    stayed.push(...batch.filter((row) => !isFrom(from, row) && row.loggedAt > mergedAt));
    await rows.saveAll(batch.filter((row) => isFrom(from, row)).map((row) => movedBack(from, row)));
  }
  return stayed;
}

/**
 * Moves back the follow-ups that came from a partner, unless somebody has put them elsewhere since.
 * @returns those that stay, and were noted after the merge.
 * @throws BeingSentError while a reminder of one of them is being sent.
 */
export async function moveFollowupsBack(
  from: string,
  to: string,
  mergedAt: Date,
  store: Store,
): Promise<Followup[]> {
  const rows = store.of(followups);
  const stayed: Followup[] = [];
  const moveBack = (row: Followup): Followup => {
    const moved = row.partner === to ? from : row.partner;
    return { ...movedBack(from, row), partner: moved, series: withPartner(row, to, from) };
  };
  const all = rows.all({ index: 'byPartner', where: { partner: to } }, BATCH_SIZE);
  for await (const batch of inBatches(all, BATCH_SIZE)) {
    stayed.push(...batch.filter((row) => !isFrom(from, row) && row.createdAt > mergedAt));
    await rows.saveAll(
      batch
        .filter((row) => isFrom(from, row))
        .map(refuseSending)
        .map(moveBack),
    );
  }
  for await (const row of rows.all({ index: 'byDueDay', where: { state: 'open' } }))
    if (isFrom(from, row) && row.series?.partner === to)
      await rows.saveAll([moveBack(refuseSending(row))]);
  return stayed;
}

const movedTo = <T extends Contact | Followup>(partner: string, from: string, row: T): T => ({
  ...row,
  partner,
  formerPartners: [...(row.formerPartners ?? []), from],
});

const isFrom = (partner: string, { formerPartners }: Contact | Followup): boolean =>
  formerPartners?.at(-1) === partner;

function movedBack<T extends Contact | Followup>(partner: string, row: T): T {
  const former = row.formerPartners?.slice(0, -1) ?? [];
  return { ...row, partner, formerPartners: former.length > 0 ? former : null };
}

function withPartner({ series }: Followup, from: string, to: string): Followup['series'] {
  return series?.partner === from ? { ...series, partner: to } : series;
}

function refuseSending(row: Followup): Followup {
  if (row.sending)
    throw new BeingSentError('A reminder is being sent right now. Please try again in a minute.');
  return row;
}
