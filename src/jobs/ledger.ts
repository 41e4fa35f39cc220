import { deliveryId, preparedDelivery } from '../core/features/deliveries/owe.ts';
import { type Delivery, deliveries } from '../core/features/deliveries/store.ts';
import { type DueRow, insertOnce } from '../core/store.ts';
import type { Kind, Message, Scene } from './kind.ts';

/** The ledger row of a firing: the one that stands, or a new one, `prepared`. A notice is its own ledger row. */
export async function ledgerRow<T extends DueRow>(
  kind: Kind<T>,
  row: T,
  message: Message,
  { store, now }: Scene,
): Promise<Delivery> {
  const rows = store.of(deliveries);
  if (isLedger(kind)) return (await rows.get(row.id)) as Delivery;
  const { recipient, items } = message;
  const name = { kind: kind.name, subject: row.id, occurrence: kind.occurrence(row), recipient };
  const known = await rows.get(deliveryId(store.partnership, name));
  const facts = { reply: null, items, createdAt: now, sweepAt: null, awaited: null };
  return known ?? insertOnce(rows, preparedDelivery(store.partnership, name, facts));
}

/** Whether a kind's due rows are the ledger's own. */
export function isLedger<T extends DueRow>(kind: Kind<T>): boolean {
  return kind.rows.name === deliveries.name;
}
