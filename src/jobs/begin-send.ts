import type { Clock } from '../core/base/clock.ts';
import { type Delivery, deliveries } from '../core/domain/deliveries/delivery.ts';
import { notBefore } from '../core/domain/deliveries/send-throttle.ts';
import type { Address } from '../core/message/address.ts';
import {
  ConflictError,
  type DueRow,
  insertOnce,
  type Store,
  updateWithRetry,
} from '../core/ports/store.ts';
import type { DueRowHandler, JobContext, Message } from './due-row-handler.ts';
import { isLedgerHandler, isPossiblyPosted, newDelivery } from './ledger.ts';
import { afterLease, type Timings } from './timings.ts';

interface BeginSendDeps {
  clock: Clock;
  timings: Timings;
}

/** A send that is recorded in the store and may go to the platform. */
export interface Started<T extends DueRow> {
  started: true;
  /** The due row, marked as sending. */
  row: T;
  delivery: Delivery;
  /** The message must not be sent after this instant: another worker may have taken over. */
  deadline: Date;
}

/**
 * Why a first send did not start: the due row was changed in the meantime; sends to the address are throttled; or the
 * ledger already has a row for it, which has to be read first. `row`: the due row as saved.
 */
export type NotStarted<T extends DueRow> =
  | { started: false; reason: 'row-changed'; delivery: string }
  | { started: false; reason: 'throttled'; until: Date; row: T; delivery: string }
  | { started: false; reason: 'already-in-ledger'; row: T };

/** Begins a first attempt: marks the due row as sending, and inserts the ledger row as `sending`. */
export async function beginFirstSend<T extends DueRow>(
  handler: DueRowHandler<T>,
  row: T,
  message: Message & { address: Address },
  context: JobContext,
  { clock, timings }: BeginSendDeps,
): Promise<Started<T> | NotStarted<T>> {
  const { store } = context;
  const { address } = message;
  const start = clock.now();
  const [marked, throttledUntil] = await Promise.all([
    markSending(handler, row, afterLease(start, timings), store),
    notBefore(address, store),
  ]);
  const fresh = newDelivery(handler, row, message, context);
  if (!marked) {
    await withdrawIfRescheduled(handler, row, fresh.id, store);
    return { started: false, reason: 'row-changed', delivery: fresh.id };
  }
  if (throttledUntil && throttledUntil > start) {
    await insertOnce(store.of(deliveries), fresh);
    const until = throttledUntil;
    return { started: false, reason: 'throttled', until, row: marked, delivery: fresh.id };
  }
  const deadline = new Date(start.getTime() + timings.sendTimeoutMs);
  const sending = { state: 'sending', claim: row.claim, deadline, address, attempts: 1 } as const;
  try {
    const delivery = await store.of(deliveries).insert({ ...fresh, ...sending });
    return { started: true, row: marked, delivery, deadline };
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    return { started: false, reason: 'already-in-ledger', row: marked };
  }
}

/** Begins a further attempt: marks the due row, then the existing ledger row. Undefined: one of them was changed in the meantime. */
export async function beginRetry<T extends DueRow>(
  handler: DueRowHandler<T>,
  row: T,
  existing: Delivery,
  { address, items, reply }: Message,
  { clock, timings }: BeginSendDeps,
  store: Store,
): Promise<Started<T> | undefined> {
  const start = clock.now();
  const leaseEnd = afterLease(start, timings);
  const isOwnLedgerRow = isLedgerHandler(handler);
  const marked = isOwnLedgerRow ? row : await markSending(handler, row, leaseEnd, store);
  if (!marked) {
    await withdrawIfRescheduled(handler, row, existing.id, store);
    return undefined;
  }
  const deadline = new Date(start.getTime() + timings.sendTimeoutMs);
  const delivery = await store.of(deliveries).save({
    ...existing,
    state: 'sending',
    claim: row.claim,
    deadline,
    address,
    items,
    attempts: existing.attempts + 1,
    markedAsRepeat: existing.markedAsRepeat === true || isPossiblyPosted(existing),
    // A notice may be composed again when it is sent: its row has the words that are.
    ...(isOwnLedgerRow ? { nextRunAt: leaseEnd, reply } : {}),
  });
  if (!delivery) return undefined;
  const saved = isOwnLedgerRow ? (delivery as unknown as T) : marked;
  return { started: true, row: saved, delivery, deadline };
}

/** Marks the due row as sending: from now on an edit answers "it is just going out". Undefined: it was changed in the meantime. */
function markSending<T extends DueRow>(
  handler: DueRowHandler<T>,
  row: T,
  nextRunAt: Date,
  store: Store,
): Promise<T | undefined> {
  return store.of(handler.rows).save({ ...row, sending: handler.occurrence(row), nextRunAt });
}

/** After the due row was changed: if it is due at another time now, withdraws the message that waited to be sent. */
async function withdrawIfRescheduled<T extends DueRow>(
  handler: DueRowHandler<T>,
  row: T,
  delivery: string,
  store: Store,
): Promise<void> {
  const current = await store.of(handler.rows).get(row.id);
  const isSame = current && handler.occurrence(current) === handler.occurrence(row);
  if (isSame && handler.dueAt(current)) return;
  await updateWithRetry(store.of(deliveries), delivery, (existing) =>
    existing.state === 'prepared'
      ? { ...existing, state: 'withdrawn' as const, nextRunAt: null }
      : undefined,
  );
}
