import type { Store } from '../../ports/store.ts';
import { type Delivery, deliveries } from './delivery.ts';

/** The most messages that are looked through: weeks of briefs, and the notices and reminders between them. */
const MOST = 100;

/** The ledger rows of one member, the latest first. */
export function recentDeliveries(member: string, store: Store, most = MOST): Promise<Delivery[]> {
  return store.of(deliveries).find({
    index: 'byRecipient',
    where: { recipient: member },
    descending: true,
    limit: most,
  });
}
