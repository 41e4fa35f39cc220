import { dayOf, instantOf } from '../core/dates/day.ts';
import { nextWeekly } from '../core/features/briefs/schedule.ts';
import { capOf, countUnasked, mondayOf } from '../core/features/courtesy/cap.ts';
import { heldUntil } from '../core/features/courtesy/hold.ts';
import { lately } from '../core/features/deliveries/lately.ts';
import { type Delivery, deliveries } from '../core/features/deliveries/store.ts';
import { followups } from '../core/features/followups/store.ts';
import type { Store } from '../core/store.ts';
import { addressOf, type Kind } from './kind.ts';

/** How long a notice leaves the weekly brief to tell of it (ms). */
const AFTER_BRIEF = 3_600_000;
/** What is looked at again within so long (ms) is on its way; later, it is held back. */
const SOON = 60_000;

/** Messages that go out as soon as courtesy allows and have no schedule behind them. The ledger row is its own due row. */
export const notice: Kind<Delivery> = {
  name: 'notice',
  rows: deliveries,
  repeatWhenUnknown: true,
  dueAt: (row) => (['prepared', 'sending', 'unknown'].includes(row.state) ? row.createdAt : null),
  occurrence: (row) => row.occurrence,
  async heldUntil(row, { store, partnership, directory, now }) {
    const member = directory.member(row.recipient);
    // What may have gone out already is not held back: it is found out about.
    if (!member?.active || row.state !== 'prepared') return now;
    const held = heldUntil(member, partnership, now, row.awaited === true);
    if (held > now) return held;
    const cap = capOf(member, partnership);
    if (!Number.isFinite(cap)) return now;
    const zone = member.zone ?? partnership.zone;
    const monday = instantOf(mondayOf(dayOf(now, zone)), 0, zone);
    const ledger = await lately(member.id, store);
    const sent = ledger.filter(({ state }) => state === 'sent');
    // Those that are due together look at once: each makes room for the earlier ones.
    const ahead = ledger.filter((other) => goesBefore(other, row, now));
    if (countUnasked(sent, monday) + ahead.length < cap) return now;
    // The weekly brief tells of it; where none comes, it goes out by itself.
    return new Date(nextWeekly(member, partnership, now).getTime() + AFTER_BRIEF);
  },
  async compose(row, { store, directory }) {
    if (!row.reply) return undefined;
    // A request that was held back may have been settled meanwhile.
    if (row.awaited && !(await stillAsked(row, store))) return undefined;
    const address = addressOf(directory.member(row.recipient));
    return { recipient: row.recipient, address, reply: row.reply, items: [] };
  },
  moveOn: (row) => ({
    ...row,
    ...(row.state === 'prepared' && { state: 'withdrawn', reason: 'It was settled before.' }),
    sweepAt: null,
    claim: null,
    sending: null,
  }),
};

/** Whether another notice to the same member is on its way, or due, before this one. */
function goesBefore(other: Delivery, row: Delivery, now: Date): boolean {
  if (other.kind !== 'notice' || !other.sweepAt || other.id === row.id) return false;
  if (other.sweepAt.getTime() > now.getTime() + SOON) return false;
  const [first, second] = [other, row].map(
    ({ createdAt, id }) => `${createdAt.toISOString()}${id}`,
  );
  return (first as string) < (second as string);
}

async function stillAsked({ subject, recipient }: Delivery, store: Store): Promise<boolean> {
  const row = await store.of(followups).get(subject);
  return row?.state === 'open' && row.asked === recipient;
}
