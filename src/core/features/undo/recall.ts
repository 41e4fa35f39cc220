import { type Delivery, deliveries } from '../../domain/deliveries/delivery.ts';
import type { Store } from '../../ports/store.ts';

/**
 * Takes back a message that is owed, unless it has gone out.
 * @returns the message if it has, or may have; nothing if nobody gets it.
 */
export async function recall(id: string, store: Store): Promise<Delivery[]> {
  const rows = store.of(deliveries);
  for (;;) {
    const row = await rows.get(id);
    if (!row) return [];
    if (row.state !== 'prepared') return isOut(row) ? [row] : [];
    if (await rows.remove(id, row.version)) return [];
  }
}

/** A try of which nobody heard may have reached them. */
const isOut = ({ state }: Delivery): boolean => ['sending', 'sent', 'unknown'].includes(state);
