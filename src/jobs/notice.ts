import { dayOf, instantOf } from '../core/dates/day.ts';
import { nextWeekly } from '../core/features/briefs/schedule.ts';
import { capOf, countUnasked, mondayOf } from '../core/features/courtesy/cap.ts';
import { heldUntil } from '../core/features/courtesy/hold.ts';
import { lately } from '../core/features/deliveries/lately.ts';
import { type Delivery, deliveries } from '../core/features/deliveries/store.ts';
import { addressOf, type Kind } from './kind.ts';

/** How long a notice leaves the weekly brief to tell of it (ms). */
const AFTER_BRIEF = 3_600_000;

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
    const sent = (await lately(member.id, store)).filter(({ state }) => state === 'sent');
    if (countUnasked(sent, monday) < cap) return now;
    // The weekly brief tells of it; where none comes, it goes out by itself.
    return new Date(nextWeekly(member, partnership, now).getTime() + AFTER_BRIEF);
  },
  async compose(row, { directory }) {
    if (!row.reply) return undefined;
    const address = addressOf(directory.member(row.recipient));
    return { recipient: row.recipient, address, reply: row.reply, items: [] };
  },
  moveOn: (row) => ({ ...row, sweepAt: null, claim: null, sending: null }),
};
