import type { Clock } from '../core/base/clock.ts';
import { type Delivery, deliveries } from '../core/domain/deliveries/delivery.ts';
import { throttle } from '../core/domain/deliveries/send-throttle.ts';
import { withWhy } from '../core/features/why/button.ts';
import type { Address } from '../core/message/address.ts';
import type { Reply } from '../core/message/reply.ts';
import { rich } from '../core/message/rich-text.ts';
import type { Adapter, SendResult } from '../core/ports/platform.ts';
import type { DueRow } from '../core/ports/store.ts';
import type { Started } from './begin-send.ts';
import type { DueRowHandler, JobContext, Message } from './due-row-handler.ts';
import { notifyFailure } from './failure-notices.ts';
import { LEASE_MS } from './lease.ts';
import { conclude, isLedger } from './ledger.ts';
import { sendOnce } from './send.ts';

/**
 * How a try ended: the row moves on, somebody else has it, or it is to be looked at again. `waiting`: nothing has
 * gone out, so that the row may be edited until then.
 */
type Ending = 'done' | 'stale' | { again: Date; waiting: boolean };

/** A try: how it ended, the due row as it then stands, and the ledger's row. */
export interface Attempt<T extends DueRow> {
  ending: Ending;
  row: T;
  delivery: string;
  outcome: SendResult['outcome'] | 'held' | 'stale';
}

/** What a try sends, where, and by whom. */
export interface AttemptTarget<T extends DueRow> {
  kind: DueRowHandler<T>;
  message: Message;
  scene: JobContext;
  clock: Clock;
  address: Address;
  adapter: Adapter;
  /** Whether an earlier try may have posted it. */
  uncertain: boolean;
}

/** Sends what is marked as going out, and writes down what became of it. */
export async function send<T extends DueRow>(
  to: AttemptTarget<T>,
  going: Started<T>,
): Promise<Attempt<T>> {
  const { kind, message, scene, clock, address, adapter, uncertain } = to;
  const { row, ledger, deadline } = going;
  const marked = uncertain ? markedRepeat(message.reply) : message.reply;
  // A notice says by itself what it is about.
  const reply = isLedger(kind) ? marked : withWhy(marked, ledger.id);
  const { partnership } = scene.store;
  const outgoing = { delivery: ledger.id, partnership, address, reply };
  const result = await sendOnce(adapter, outgoing, deadline, clock);
  const after = { ...scene, now: clock.now() };
  if (result.outcome === 'sent' || result.outcome === 'permanent') {
    return ended(kind, row, ledger, result, after);
  }
  return put(kind, row, ledger, { result, uncertain, address }, after);
}

/** Writes down that a message is there, or never will be; of the latter the coordinators are told. */
export async function ended<T extends DueRow>(
  kind: DueRowHandler<T>,
  row: T,
  ledger: Delivery,
  result: Extract<SendResult, { outcome: 'sent' | 'permanent' }>,
  scene: JobContext,
): Promise<Attempt<T>> {
  const { store, now } = scene;
  if (result.outcome === 'permanent') await notifyFailure(ledger, result.reason, scene);
  const end =
    result.outcome === 'sent'
      ? ({ state: 'sent', message: result.id, sentAt: now } as const)
      : ({ state: 'permanent', reason: result.reason } as const);
  const final = await conclude(ledger, end, store);
  const left = isLedger(kind) ? (final as unknown as T) : row;
  return { ending: 'done', row: left, delivery: ledger.id, outcome: result.outcome };
}

/** Puts a try by: the platform asked for patience, or nobody knows whether it took the message. */
async function put<T extends DueRow>(
  kind: DueRowHandler<T>,
  row: T,
  ledger: Delivery,
  met: { result: SendResult; uncertain: boolean; address: Address },
  { store, now }: JobContext,
): Promise<Attempt<T>> {
  const { result, uncertain, address } = met;
  const later = result.outcome === 'later';
  const again = new Date(now.getTime() + (later ? result.ms : LEASE_MS));
  if (later && result.ms > 0) await throttle(address, again, store);
  // What may have been posted once stays uncertain, however often the platform asks for patience since.
  const waiting = later && !uncertain;
  const state = waiting ? 'prepared' : 'unknown';
  const saved = await store.of(deliveries).save({ ...ledger, state, deadline: null });
  const rest = { delivery: ledger.id, outcome: result.outcome };
  // Somebody has taken over: what they found is newer.
  if (!saved) return { ending: 'stale', row, ...rest };
  const left = isLedger(kind) ? (saved as unknown as T) : row;
  return { ending: { again, waiting }, row: left, ...rest };
}

function markedRepeat(reply: Reply): Reply {
  return { ...reply, text: rich`(This may be a repeat.) ${reply.text}` };
}
