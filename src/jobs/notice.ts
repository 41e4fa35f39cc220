import { type Delivery, deliveries } from '../core/features/deliveries/store.ts';
import { addressOf, type Kind } from './kind.ts';

/** Messages that go out at once and have no schedule behind them. The ledger row is its own due row. */
export const notice: Kind<Delivery> = {
  name: 'notice',
  rows: deliveries,
  repeatWhenUnknown: true,
  dueAt: (row) => (['prepared', 'sending', 'unknown'].includes(row.state) ? row.createdAt : null),
  occurrence: (row) => row.occurrence,
  async compose(row, { directory }) {
    if (!row.reply) return undefined;
    const address = addressOf(directory.member(row.recipient));
    return { recipient: row.recipient, address, reply: row.reply, items: [] };
  },
  moveOn: (row) => ({ ...row, sweepAt: null, claim: null, sending: null }),
};
