import { type Delivery, deliveries } from '../core/features/deliveries/store.ts';
import { addressOf, type Kind } from './kind.ts';
import { ORPHANED } from './ledger.ts';

/**
 * Messages that go out at once and have no schedule behind them: the ledger row is its own due row, and keeps what is
 * said. Other rows of the ledger come here only when the due row that should have finished them is gone.
 */
export const notice: Kind<Delivery> = {
  name: 'notice',
  rows: deliveries,
  repeatWhenUnknown: true,
  dueAt(row) {
    if (!['prepared', 'sending', 'unknown'].includes(row.state)) return null;
    return row.reply ? row.createdAt : new Date(row.createdAt.getTime() + ORPHANED);
  },
  occurrence: (row) => row.occurrence,
  async compose(row, { directory }) {
    if (!row.reply) return undefined;
    const channel = row.address?.to === 'channel' ? row.address : undefined;
    const address = channel ?? addressOf(directory.member(row.recipient));
    return { recipient: row.recipient, address, reply: row.reply, items: row.items };
  },
  moveOn: (row) => ({ ...row, state: left[row.state], sweepAt: null, claim: null, sending: null }),
};

/** How a row stays that nobody will finish: what was not sent is not owed, what may have been stays unknown. */
const left: { readonly [state in Delivery['state']]: Delivery['state'] } = {
  prepared: 'withdrawn',
  sending: 'unknown',
  unknown: 'unknown',
  sent: 'sent',
  permanent: 'permanent',
  withdrawn: 'withdrawn',
};
