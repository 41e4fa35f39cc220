import { type Delivery, deliveries } from '../core/domain/deliveries/delivery.ts';
import { preparedDelivery } from '../core/domain/deliveries/enqueue-notice.ts';
import {
  type DueRow,
  insertOnce,
  type New,
  type Store,
  updateWithRetry,
} from '../core/ports/store.ts';
import type { DueRowHandler, JobContext, Message } from './due-row-handler.ts';

/**
 * A ledger row is finished by its due row. Should that be gone half-way, nobody would: so the ledger row is looked
 * at by itself after this long (ms), a day.
 */
export const ORPHANED_AFTER_MS = 86_400_000;

/** The ledger row of a firing that has not been tried. */
export function newDelivery<T extends DueRow>(
  kind: DueRowHandler<T>,
  row: T,
  { recipient, items }: Message,
  { store, now }: JobContext,
): New<Delivery> {
  const name = { kind: kind.name, subject: row.id, occurrence: kind.occurrence(row), recipient };
  const nextRunAt = new Date(now.getTime() + ORPHANED_AFTER_MS);
  const facts = { reply: null, items, createdAt: now, nextRunAt, awaited: null };
  return preparedDelivery(store.partnership, name, facts);
}

/** The ledger row of a firing: the one that stands, or a new one, `prepared`. A notice is its own ledger row. */
export async function ledgerRow<T extends DueRow>(
  kind: DueRowHandler<T>,
  row: T,
  message: Message,
  scene: JobContext,
): Promise<Delivery> {
  if (isLedger(kind)) return row as unknown as Delivery;
  const rows = scene.store.of(deliveries);
  const fresh = newDelivery(kind, row, message, scene);
  // After a first try there is one: reading it is cheaper than a refused insert.
  const known = row.sending !== null && (await rows.get(fresh.id));
  return known || insertOnce(rows, fresh);
}

/** Whether a kind's due rows are the ledger's own. */
export function isLedger<T extends DueRow>(kind: DueRowHandler<T>): boolean {
  return kind.rows.name === deliveries.name;
}

/** Whether an earlier try may have posted it. */
export function isUncertain({ state }: Delivery): boolean {
  return state === 'sending' || state === 'unknown';
}

/** Nothing more will happen to it. */
export function isFinal({ state }: Pick<Delivery, 'state'>): boolean {
  return state === 'sent' || state === 'permanent' || state === 'skipped';
}

/**
 * Writes down how a delivery ended for good. That it was posted is so whoever has taken over since; then the row is
 * read again first.
 */
export async function conclude(
  ledger: Delivery,
  end: Pick<Delivery, 'state'> & Partial<Delivery>,
  store: Store,
): Promise<Delivery> {
  const rows = store.of(deliveries);
  const ended = (row: Delivery): Delivery => ({
    ...row,
    ...end,
    deadline: null,
    claim: null,
    nextRunAt: null,
  });
  const saved = await rows.save(ended(ledger));
  if (saved) return saved;
  const standing = await updateWithRetry(rows, ledger.id, (row) =>
    isFinal(row) ? undefined : ended(row),
  );
  return standing ?? ended(ledger);
}
