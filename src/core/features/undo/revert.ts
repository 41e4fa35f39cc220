import { isDeepStrictEqual } from 'node:util';
import type { Deps } from '../../command/command.ts';
import { dayOf } from '../../dates/day.ts';
import { type Delivery, deliveries } from '../../domain/deliveries/delivery.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { withMembersReplaced } from '../../domain/member-merge/move-data.ts';
import { members } from '../../domain/members/member.ts';
import { isPrivateFrom } from '../../domain/members/visibility.ts';
import { partners } from '../../domain/partners/partner.ts';
import { type Change, claimFields, fingerprintOf } from '../../domain/receipts/change.ts';
import type { CommandReceipt } from '../../domain/receipts/receipt.ts';
import { BeingSentError } from '../../message/user-error.ts';
import {
  type Collection,
  ConflictError,
  type DueRow,
  getAll,
  insertOnce,
  type Row,
  type Store,
  updateWithRetry,
} from '../../ports/store.ts';

/** Fields of a member that are computed from their settings, and are computed again after an undo. */
const memberScheduleFields = [...claimFields, 'nextRunAt', 'briefDay', 'briefDue'];

/**
 * Reverts the change of one row. A new row is removed unless somebody changed it since. In a changed row, the fields that
 * still have the value they were given go back. A removed row returns.
 * @returns false if something had to stay as it is.
 * @throws UserError while a message about the row is being sent.
 */
export async function revertChange(written: Change, rows: Collection<Row>): Promise<boolean> {
  const { id, before, after, fingerprint, collection } = written;
  const ignored = collection === members.name ? memberScheduleFields : claimFields;
  if (!before) return removeUntouched(id, fingerprint, rows);
  if (!after) return putBack(before, rows);
  let whole = true;
  return unlessTaken(async () => {
    await updateWithRetry(rows, id, (now) => {
      refuseWhileSending(now);
      const { restored, complete } = restoreFields({ before, after, now, ignored });
      whole = complete;
      return restored;
    });
    return whole;
  });
}

async function removeUntouched(
  id: string,
  fingerprint: string | undefined,
  rows: Collection<Row>,
): Promise<boolean> {
  for (;;) {
    const now = await rows.get(id);
    if (!now) return true;
    refuseWhileSending(now);
    if (fingerprintOf(now) !== fingerprint) return false;
    if (await rows.remove(id, now.version)) return true;
  }
}

/** @throws UserError while a message about the row is being sent. */
function refuseWhileSending(row: Row & Partial<DueRow>): void {
  if (row.sending)
    throw new BeingSentError('That is being sent right now. Please try again in a minute.');
}

function putBack(before: Row, rows: Collection<Row>): Promise<boolean> {
  return unlessTaken(async () => {
    await insertOnce(rows, before);
    return true;
  });
}

/** Runs a step. @returns false if its unique key is taken by now: another partner can have the old name. */
async function unlessTaken(step: () => Promise<boolean>): Promise<boolean> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
}

/** Restores each field that still has the value the command gave it. */
function restoreFields(rows: { before: Row; after: Row; now: Row; ignored: readonly string[] }): {
  restored: Row;
  complete: boolean;
} {
  const { before, after, now, ignored } = rows;
  const was = before as unknown as Record<string, unknown>;
  const given = after as unknown as Record<string, unknown>;
  const restored: Record<string, unknown> = { ...now };
  let complete = true;
  for (const field of Object.keys(given)) {
    if (field === 'version' || ignored.includes(field)) continue;
    if (isDeepStrictEqual(was[field], given[field])) continue;
    // The sweep has handled the row since. It may look again: the ledger prevents a second message.
    const isHandled = field === 'nextRunAt' && restored[field] === null;
    if (isHandled || isDeepStrictEqual(restored[field], given[field])) restored[field] = was[field];
    else if (!isDeepStrictEqual(restored[field], was[field])) complete = false;
  }
  if ('claim' in restored) restored.claim = null;
  return { restored: restored as unknown as Row, complete };
}

/**
 * Removes a message from the ledger unless it was sent.
 * @returns the message if it was sent, or may have been; an empty list if nobody gets it.
 */
export async function withdrawDelivery(id: string, store: Store): Promise<Delivery[]> {
  const rows = store.of(deliveries);
  for (;;) {
    const row = await rows.get(id);
    if (!row) return [];
    if (row.state !== 'prepared') return mayHaveArrived(row) ? [row] : [];
    if (await rows.remove(id, row.version)) return [];
  }
}

/** Whether a message was sent, or may have been, or another one has said the same. */
const mayHaveArrived = ({ state, includedIn = null }: Delivery): boolean =>
  ['sending', 'sent', 'unknown'].includes(state) || includedIn !== null;

/** Fields of follow-ups and partners with the id of a member who has to do something. */
const ownerFields = ['who', 'asked', 'askedBy', 'createdBy', 'lead', 'leadAsked'] as const;

type OwnerFields = Partial<Record<(typeof ownerFields)[number], string | null>>;

/**
 * If an undo gave something back to somebody who is no longer the same: a member who was merged since has it as the
 * member they are now, and what belonged to somebody who has left, or may not read it any more, belongs to nobody yet.
 */
export async function replacePastMembers(
  { changes }: CommandReceipt,
  deps: Pick<Deps, 'store' | 'directory' | 'partnership' | 'now'>,
): Promise<void> {
  const { store, directory } = deps;
  const now = (member: string) => directory.member(member)?.id ?? member;
  const named = changes.flatMap(({ before }) => ownersIn(before).map(now));
  const found = await getAll(store.of(members), [...new Set(named)]);
  const here = new Set(found.filter(({ active }) => active).map(({ id }) => id));
  const hasLeft = (member: string | null | undefined) =>
    typeof member === 'string' && !here.has(now(member));
  const mayNotRead = (member: string | null | undefined, row: Followup) => {
    const owner = found.find(({ id }) => id === now(member ?? ''));
    return owner !== undefined && isPrivateFrom(owner, row, row.createdBy);
  };
  for (const { collection, id, before } of changes) {
    // Decided without a read, since an import has thousands of rows. Whether a follow-up is private is in its row only.
    const isSame = ownersIn(before).every((member) => now(member) === member && !hasLeft(member));
    if (isSame && (collection !== followups.name || ownersIn(before).length === 0)) continue;
    const was = (before ?? {}) as OwnerFields;
    if (collection === followups.name)
      await updateWithRetry(store.of(followups), id, (row) => {
        const replaced = withMembersReplaced(row, now) ?? row;
        // Somebody else may have it by now.
        const isLost = (field: 'who' | 'asked') =>
          replaced[field] === now(was[field] ?? '') &&
          (hasLeft(was[field]) || mayNotRead(was[field], replaced));
        const next = withoutPast(replaced, { who: isLost('who'), asked: isLost('asked') }, deps);
        return next === row ? undefined : next;
      });
    if (collection === partners.name)
      await updateWithRetry(store.of(partners), id, (row) => {
        const restored = (member: string | null, before: string | null | undefined) =>
          member === null || member !== before ? member : hasLeft(member) ? null : now(member);
        const lead = restored(row.lead, was.lead);
        const leadAsked = restored(row.leadAsked ?? null, was.leadAsked);
        if (lead === row.lead && leadAsked === (row.leadAsked ?? null)) return undefined;
        const leadAskedBy = leadAsked === null ? null : row.leadAskedBy;
        return { ...row, lead, leadAsked, leadAskedBy };
      });
  }
}

/** A follow-up without the owner who has left, and without the request to somebody who has left. */
function withoutPast(
  row: Followup,
  left: { who: boolean; asked: boolean },
  { partnership, now }: Pick<Deps, 'partnership' | 'now'>,
): Followup {
  if (row.state !== 'open') return row;
  const asked = left.asked && row.asked ? { asked: null, askedBy: null } : {};
  if (!left.who) return left.asked && row.asked ? { ...row, ...asked } : row;
  // Coordinators hear from today of follow-ups that nobody owns.
  return { ...row, ...asked, who: null, escalateOn: dayOf(now, partnership.zone) };
}

/** The members whom the row from before names. */
function ownersIn(before: Row | null): string[] {
  const row = (before ?? {}) as OwnerFields;
  return ownerFields.flatMap((field) => row[field] ?? []);
}
