import { dayOf, instantOf } from '../core/dates/day.ts';
import { nextWeekly } from '../core/domain/briefs/schedule.ts';
import { type Delivery, deliveries } from '../core/domain/deliveries/delivery.ts';
import { recentDeliveries } from '../core/domain/deliveries/recent-deliveries.ts';
import { followups } from '../core/domain/followups/followup.ts';
import { zoneOf } from '../core/domain/members/zone.ts';
import { capOf, countUnasked, mondayOf } from '../core/domain/notification-policy/cap.ts';
import { heldUntil, isHeld } from '../core/domain/notification-policy/hold.ts';
import { addressOf, standingAddress } from './address.ts';
import type { DueRowHandler, JobContext } from './due-row-handler.ts';
import { ORPHANED_AFTER_MS } from './ledger.ts';

/** How long a notice leaves the weekly brief to tell of it (ms). */
const AFTER_BRIEF = 3_600_000;

/**
 * Messages that go out as soon as courtesy allows and have no schedule behind them: the ledger row is its own due
 * row, and keeps what is said. Other rows of the ledger come here only when the due row that should have finished
 * them is gone.
 */
export const notice: DueRowHandler<Delivery> = {
  name: 'notice',
  rows: deliveries,
  repeatWhenUnknown: true,
  dueAt(row) {
    if (!['prepared', 'sending', 'unknown'].includes(row.state)) return null;
    return row.reply ? row.createdAt : new Date(row.createdAt.getTime() + ORPHANED_AFTER_MS);
  },
  occurrence: (row) => row.occurrence,
  async heldUntil(row, { store, partnership, directory, now }) {
    const member = directory.member(row.recipient);
    // What may have gone out already is not held back: it is found out about.
    if (!member?.active || row.state !== 'prepared') return now;
    const held = heldUntil(member, partnership, now, row.awaited === true);
    if (held > now) return held;
    const cap = capOf(member, partnership);
    if (!Number.isFinite(cap)) return now;
    const zone = zoneOf(member, partnership);
    const monday = instantOf(mondayOf(dayOf(now, zone)), 0, zone);
    const ledger = await recentDeliveries(member.id, store);
    const sent = ledger.filter(({ state }) => state === 'sent');
    // Those that are due together look at once: each makes room for the earlier ones.
    const ahead = ledger.filter((other) => goesBefore(other, row, now));
    if (countUnasked(sent, monday) + ahead.length < cap) return now;
    // The weekly brief tells of it; where none comes, it goes out by itself.
    return new Date(nextWeekly(member, partnership, now).getTime() + AFTER_BRIEF);
  },
  async composeReply(row, { store, directory }) {
    if (!row.reply) return undefined;
    // A request that was held back may have been settled meanwhile.
    if (row.awaited && !(await stillAsked(row, { store, directory }))) return undefined;
    const standing = standingAddress(row, { directory });
    const address = standing ?? (await addressOf(directory.member(row.recipient), store));
    return { recipient: row.recipient, address, reply: row.reply, items: row.items };
  },
  advance: (row) => ({
    ...row,
    state: left[row.state],
    ...(row.state === 'prepared' && row.reply && { reason: 'It was settled before.' }),
    nextRunAt: null,
    claim: null,
    sending: null,
  }),
};

/** How a row stays that nobody will finish: what was not sent is not owed, what may have been stays unknown. */
const left: { readonly [state in Delivery['state']]: Delivery['state'] } = {
  prepared: 'withdrawn',
  sending: 'unknown',
  unknown: 'unknown',
  sent: 'sent',
  permanent: 'permanent',
  withdrawn: 'withdrawn',
  skipped: 'skipped',
};

/** Whether another notice to the same member is on its way, or due, before this one. */
function goesBefore(other: Delivery, row: Delivery, now: Date): boolean {
  if (other.kind !== 'notice' || !other.nextRunAt || other.id === row.id) return false;
  if (isHeld(other.nextRunAt, now)) return false;
  const [first, second] = [other, row].map(
    ({ createdAt, id }) => `${createdAt.toISOString()}${id}`,
  );
  return (first as string) < (second as string);
}

async function stillAsked(
  { subject, recipient }: Delivery,
  { store, directory }: Pick<JobContext, 'store' | 'directory'>,
): Promise<boolean> {
  const row = await store.of(followups).get(subject);
  const asked = row?.state === 'open' ? directory.member(row.asked ?? '') : undefined;
  // Either may name them as they were before they were united with another.
  return asked !== undefined && asked.id === directory.member(recipient)?.id;
}
