import type { Clock } from '../core/base/clock.ts';
import { type Delivery, deliveries } from '../core/domain/deliveries/delivery.ts';
import { notBefore } from '../core/domain/deliveries/send-throttle.ts';
import type { Address } from '../core/message/address.ts';
import {
  Conflict,
  type DueRow,
  insertOnce,
  type Store,
  updateWithRetry,
} from '../core/ports/store.ts';
import type { DueRowHandler, JobContext, Message } from './due-row-handler.ts';
import { leaseFrom } from './lease.ts';
import { isLedger, isUncertain, newDelivery } from './ledger.ts';
import { SEND_TIMEOUT_MS } from './send.ts';

/** A message on its way: its rows as they were written before it left. */
export interface Started<T extends DueRow> {
  row: T;
  ledger: Delivery;
  /** After this instant it may not leave any more: others may have taken over. */
  deadline: Date;
}

/**
 * Why a message does not leave: the row was `changed` first; the place is `held` back until an instant; or the ledger
 * has a row of it after all (`known`), which is to be read. `row`: the due row as it then stands.
 */
export type NotStarted<T extends DueRow> =
  | { stays: 'changed'; delivery: string }
  | { stays: 'held'; until: Date; row: T; delivery: string }
  | { stays: 'known'; row: T };

/** The first try of a firing: the due row is marked as going out, and the ledger's row begins as `sending`. */
export async function beginFirstSend<T extends DueRow>(
  kind: DueRowHandler<T>,
  row: T,
  message: Message & { address: Address },
  scene: JobContext,
  clock: Clock,
): Promise<Started<T> | NotStarted<T>> {
  const { store } = scene;
  const { address } = message;
  const start = clock.now();
  const [marked, held] = await Promise.all([
    mark(kind, row, start, store),
    notBefore(address, store),
  ]);
  const begun = newDelivery(kind, row, message, scene);
  if (!marked) {
    await withdraw(kind, row, begun.id, store);
    return { stays: 'changed', delivery: begun.id };
  }
  if (held && held > start) {
    await insertOnce(store.of(deliveries), begun);
    return { stays: 'held', until: held, row: marked, delivery: begun.id };
  }
  const deadline = new Date(start.getTime() + SEND_TIMEOUT_MS);
  const going = { state: 'sending', claim: row.claim, deadline, address, tries: 1 } as const;
  try {
    const ledger = await store.of(deliveries).insert({ ...begun, ...going });
    return { row: marked, ledger, deadline };
  } catch (error) {
    if (error instanceof Conflict) return { stays: 'known', row: marked };
    throw error;
  }
}

/** A further try: the due row is marked, then the ledger's that stands. Undefined: one of them was changed first. */
export async function beginRetry<T extends DueRow>(
  kind: DueRowHandler<T>,
  row: T,
  standing: Delivery,
  { address, items }: Message,
  clock: Clock,
  store: Store,
): Promise<Started<T> | undefined> {
  const start = clock.now();
  const own = isLedger(kind);
  const marked = own ? row : await mark(kind, row, start, store);
  if (!marked) {
    await withdraw(kind, row, standing.id, store);
    return undefined;
  }
  const deadline = new Date(start.getTime() + SEND_TIMEOUT_MS);
  const ledger = await store.of(deliveries).save({
    ...standing,
    state: 'sending',
    claim: row.claim,
    deadline,
    address,
    items,
    tries: standing.tries + 1,
    repeat: standing.repeat === true || isUncertain(standing),
    ...(own ? { nextRunAt: leaseFrom(start) } : {}),
  });
  if (!ledger) return undefined;
  return { row: own ? (ledger as unknown as T) : marked, ledger, deadline };
}

/** Marks the due row as going out: from here an edit answers "it is just going out". Undefined: it was changed first. */
function mark<T extends DueRow>(
  kind: DueRowHandler<T>,
  row: T,
  start: Date,
  store: Store,
): Promise<T | undefined> {
  const nextRunAt = leaseFrom(start);
  return store.of(kind.rows).save({ ...row, sending: kind.occurrence(row), nextRunAt });
}

/** The row was changed first. Where that moved its time, a message that was waiting to go is not owed any more. */
async function withdraw<T extends DueRow>(
  kind: DueRowHandler<T>,
  row: T,
  delivery: string,
  store: Store,
): Promise<void> {
  const now = await store.of(kind.rows).get(row.id);
  if (now && kind.dueAt(now) && kind.occurrence(now) === kind.occurrence(row)) return;
  await updateWithRetry(store.of(deliveries), delivery, (standing) =>
    standing.state === 'prepared'
      ? { ...standing, state: 'withdrawn' as const, nextRunAt: null }
      : undefined,
  );
}
