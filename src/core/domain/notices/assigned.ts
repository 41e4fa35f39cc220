import { getAll, type New, type Store } from '../../ports/store.ts';
import type { Delivery } from '../deliveries/delivery.ts';
import type { Directory } from '../directory/directory.ts';
import { type Followup, followups } from '../followups/followup.ts';
import { hearersOf, isByHand, keepersOf } from '../members/by-hand.ts';
import type { Member } from '../members/member.ts';
import { isFollowupHiddenFrom, viewerOf } from '../members/visibility.ts';
import { type Partner, partners } from '../partners/partner.ts';

/** What somebody was given, or asked to take on: follow-ups, and partners to lead. */
export interface Assigned {
  followups: readonly Followup[];
  partners: readonly New<Partner>[];
}

type AssignmentNotice = Pick<Delivery, 'subject' | 'about' | 'awaited' | 'assignedBy'>;

/** Whether a notice says what its reader was given (`assignedBy`) or asks them to take something on (`awaited`). */
export function isAssignment({
  awaited,
  assignedBy,
}: Pick<AssignmentNotice, 'awaited' | 'assignedBy'>): boolean {
  return awaited === true || (assignedBy ?? null) !== null;
}

/**
 * What an assignment notice can still say to its reader: without what is done, was taken back or has gone to somebody
 * else, and without what is hidden from them.
 */
export async function stillAssigned(
  { subject, about, awaited }: AssignmentNotice,
  reader: Member,
  { store, directory }: { store: Store; directory: Directory },
): Promise<Assigned> {
  const ids = [...new Set([subject, ...(about ?? [])])];
  const [promises, led] = await Promise.all([
    getAll(store.of(followups), ids),
    getAll(store.of(partners), [...new Set(ids.map((id) => directory.partner(id)?.id ?? id))]),
  ]);
  // A row may have the id that a member had before they were merged with another.
  const isReader = (one: Pick<Member, 'id'> | undefined) => one?.id === reader.id;
  const isPromiseTold = (row: Followup) => {
    const owner = directory.member((awaited ? row.asked : row.who) ?? '');
    return owner !== undefined && hearersOf(owner, row, directory).some(isReader);
  };
  const isLeadTold = (row: Partner) => {
    const lead = directory.member((awaited ? row.leadAsked : row.lead) ?? '');
    return lead && isByHand(lead) ? keepersOf(lead, directory).some(isReader) : isReader(lead);
  };
  const viewer = viewerOf(reader, directory);
  return {
    followups: promises.filter(
      (row) => row.state === 'open' && isPromiseTold(row) && !isFollowupHiddenFrom(viewer, row),
    ),
    partners: led.filter((row) => !row.archived && isLeadTold(row)),
  };
}

/** The brief or reminder, sent since a notice was queued, that has told its reader of a follow-up; undefined if none has. */
export function messageThatNamed(
  { id }: Pick<Followup, 'id'>,
  since: Date,
  ledger: readonly Delivery[],
): Delivery | undefined {
  const names = (item: string) => item === `ask:${id}` || item.startsWith(`followup:${id}:`);
  return ledger.find(
    ({ kind, subject, state, sentAt, items }) =>
      state === 'sent' &&
      sentAt !== null &&
      sentAt >= since &&
      ((kind === 'brief' && items.some(names)) || (kind === 'reminder' && subject === id)),
  );
}
