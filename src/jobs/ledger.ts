import { type Delivery, deliveries, preparedDelivery } from '../core/domain/deliveries/delivery.ts';
import {
  type DueRow,
  insertOnce,
  type New,
  type Store,
  updateWithRetry,
} from '../core/ports/store.ts';
import type { DueRowHandler, JobContext, Message } from './due-row-handler.ts';

/**
 * Usually a ledger row is closed together with its due row. If that is removed first, the ledger row becomes due itself
 * after this long (ms): a day.
 */
export const ORPHANED_AFTER_MS = 86_400_000;

/** The ledger row of a delivery that has not been attempted. */
export function newDelivery<T extends DueRow>(
  handler: DueRowHandler<T>,
  row: T,
  { recipient, items }: Message,
  { store, now }: JobContext,
): New<Delivery> {
  const name = {
    kind: handler.name,
    subject: row.id,
    occurrence: handler.occurrence(row),
    recipient,
  };
  const nextRunAt = new Date(now.getTime() + ORPHANED_AFTER_MS);
  const facts = { reply: null, items, createdAt: now, nextRunAt, awaited: null };
  return preparedDelivery(store.partnership, name, facts);
}

/** The existing ledger row of a delivery, or a new one, `prepared`. A notice is its own ledger row. */
export async function findOrInsertDelivery<T extends DueRow>(
  handler: DueRowHandler<T>,
  row: T,
  message: Message,
  context: JobContext,
): Promise<Delivery> {
  if (isLedgerHandler(handler)) return row as unknown as Delivery;
  const rows = context.store.of(deliveries);
  const fresh = newDelivery(handler, row, message, context);
  // After a first attempt there is one: a read is cheaper than a refused insert.
  const existing = row.sending !== null && (await rows.get(fresh.id));
  return existing || insertOnce(rows, fresh);
}

/** Whether a handler's due rows are the ledger's own rows, as for notices. */
export function isLedgerHandler<T extends DueRow>(handler: DueRowHandler<T>): boolean {
  return handler.rows.name === deliveries.name;
}

/** Whether an earlier attempt may have posted the message. */
export function isPossiblyPosted({ state }: Delivery): boolean {
  return state === 'sending' || state === 'unknown';
}

/** Whether nothing more will happen to the delivery. */
export function isClosed({ state }: Pick<Delivery, 'state'>): boolean {
  return state === 'sent' || state === 'permanent' || state === 'skipped';
}

/**
 * Closes a delivery: records its last state. A posted message stays posted even if another worker has claimed the row:
 * then the row is read again and saved.
 */
export async function closeDelivery(
  delivery: Delivery,
  end: Pick<Delivery, 'state'> & Partial<Delivery>,
  store: Store,
): Promise<Delivery> {
  const rows = store.of(deliveries);
  const close = (row: Delivery): Delivery => ({
    ...row,
    ...end,
    deadline: null,
    claim: null,
    nextRunAt: null,
  });
  const saved = await rows.save(close(delivery));
  if (saved) return saved;
  const updated = await updateWithRetry(rows, delivery.id, (row) =>
    isClosed(row) ? undefined : close(row),
  );
  return updated ?? close(delivery);
}
