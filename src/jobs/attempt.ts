import { withTimeoutOrThrow } from '../core/async/with-timeout.ts';
import type { Clock } from '../core/base/clock.ts';
import { type Delivery, deliveries } from '../core/domain/deliveries/delivery.ts';
import { throttle } from '../core/domain/deliveries/send-throttle.ts';
import { withWhy } from '../core/features/why/cards.ts';
import type { Address } from '../core/message/address.ts';
import type { Reply } from '../core/message/reply.ts';
import { rich } from '../core/message/rich-text.ts';
import type { Adapter, Outgoing, SendResult } from '../core/ports/platform.ts';
import type { DueRow } from '../core/ports/store.ts';
import type { Started } from './begin-send.ts';
import type { DueRowHandler, JobContext, Message } from './due-row-handler.ts';
import { notifyFailure } from './failure-notices.ts';
import { closeDelivery, isLedgerHandler } from './ledger.ts';
import { noteReach, reasonsOf, recordRefusal, refusalsOf, withPlaceNote } from './refused.ts';
import type { Timings } from './timings.ts';

/** One attempt to deliver. */
export interface Attempt<T extends DueRow> {
  /**
   * What happens to the due row: advance it; drop the job, because another worker has the row; or try again later.
   * `notSent`: certainly nothing was posted, so that users may edit the row until then.
   */
  next: 'advance' | 'drop' | { retryAt: Date; notSent: boolean };
  /** The due row as it was last saved. */
  row: T;
  /** Id of the ledger row. */
  delivery: string;
  outcome: SendResult['outcome'] | 'postponed' | 'stale' | 'refused';
}

/** What an attempt sends, where, and with what. */
export interface AttemptTarget<T extends DueRow> {
  handler: DueRowHandler<T>;
  message: Message;
  context: JobContext;
  address: Address;
  adapter: Adapter;
  /** Whether an earlier attempt may have posted the message. */
  possiblyPosted: boolean;
  clock: Clock;
  timings: Timings;
}

/** The reply of a delivery with all that is said of the delivery itself. */
export function replyToSend<T extends DueRow>(
  handler: DueRowHandler<T>,
  { reply }: Message,
  { id, markedAsRepeat, refusedBy }: Delivery,
): Reply {
  const marked = markedAsRepeat === true ? markAsRepeat(reply) : reply;
  const placed = withPlaceNote(marked, refusedBy ?? null);
  // A notice says itself why it came.
  const needsNoWhy = isLedgerHandler(handler) || handler.wasAskedFor;
  return needsNoWhy ? placed : withWhy(placed, id);
}

/** Sends a message whose send has begun, and records the result. */
export async function send<T extends DueRow>(
  target: AttemptTarget<T>,
  { row, delivery, deadline }: Started<T>,
): Promise<Attempt<T>> {
  const { handler, message, context, address, adapter, possiblyPosted, clock, timings } = target;
  const isRepeat = possiblyPosted || delivery.markedAsRepeat === true;
  const reply = replyToSend(handler, message, { ...delivery, markedAsRepeat: isRepeat });
  const { partnership } = context.store;
  const { file } = message;
  const outgoing = {
    ...{ delivery: delivery.id, partnership, address, reply },
    ...(file && { file }),
  };
  const leftMs = Math.min(deadline.getTime() - clock.now().getTime(), timings.sendTimeoutMs);
  const result = await sendWithin(leftMs, adapter, outgoing);
  const after = { ...context, now: clock.now() };
  if (result.outcome === 'permanent') {
    const refused = await recordRefusal(delivery, result, message, after);
    if (refused !== 'none') return afterRefusal(handler, row, delivery, refused, after);
  }
  if (result.outcome === 'sent' || result.outcome === 'permanent') {
    return closeAttempt(handler, row, delivery, result, after);
  }
  return postpone(target, row, delivery, result, after);
}

/** After an identity has refused a message: it goes to the next one, at once. */
function afterRefusal<T extends DueRow>(
  handler: DueRowHandler<T>,
  row: T,
  { id }: Delivery,
  refused: Delivery | undefined,
  { now }: JobContext,
): Attempt<T> {
  const facts = { delivery: id, outcome: 'refused' } as const;
  if (!refused) return { next: 'drop', row, ...facts, outcome: 'stale' };
  const saved = isLedgerHandler(handler) ? (refused as unknown as T) : row;
  return { next: { retryAt: now, notSent: true }, row: saved, ...facts };
}

/** Sends once, unless the deadline has passed. After an error or a timeout it is unknown whether the message was posted. */
async function sendWithin(ms: number, adapter: Adapter, message: Outgoing): Promise<SendResult> {
  if (ms <= 0) return { outcome: 'later', ms: 0 };
  try {
    return await withTimeoutOrThrow(ms, adapter.send(message));
  } catch {
    return { outcome: 'unknown' };
  }
}

/** Records that a message was sent, or never can be; then the coordinators are told. */
export async function closeAttempt<T extends DueRow>(
  handler: DueRowHandler<T>,
  row: T,
  delivery: Delivery,
  result: Extract<SendResult, { outcome: 'sent' | 'permanent' }>,
  context: JobContext,
): Promise<Attempt<T>> {
  const { store, now } = context;
  const refused = result.outcome === 'permanent' ? result : undefined;
  const reason = reasonsOf(refusalsOf(delivery, refused, now)) || refused?.reason || '';
  if (refused) await notifyFailure(delivery, reason, context);
  const end: Pick<Delivery, 'state'> & Partial<Delivery> =
    result.outcome === 'sent'
      ? { state: 'sent', messageId: result.id, sentAt: now }
      : // A digest that was refused was seen by nobody: its words are composed again if a coordinator posts it.
        { state: 'permanent', reason, ...(delivery.kind === 'digest' && { reply: null }) };
  const closed = await closeDelivery(delivery, end, store);
  await noteReach(delivery, result, context);
  const saved = isLedgerHandler(handler) ? (closed as unknown as T) : row;
  return { next: 'advance', row: saved, delivery: delivery.id, outcome: result.outcome };
}

/** Records that an attempt is to be repeated: the platform limits the rate, or it is unknown whether it has the message. */
async function postpone<T extends DueRow>(
  { handler, address, possiblyPosted, timings }: AttemptTarget<T>,
  row: T,
  delivery: Delivery,
  result: Exclude<SendResult, { outcome: 'sent' | 'permanent' }>,
  { store, now }: JobContext,
): Promise<Attempt<T>> {
  const isRateLimited = result.outcome === 'later';
  const retryAt = new Date(now.getTime() + (isRateLimited ? result.ms : timings.leaseMs));
  if (isRateLimited && result.ms > 0) await throttle(address, retryAt, store);
  // A message that may have been posted once stays unknown, also when the platform then limits the rate.
  const notSent = isRateLimited && !possiblyPosted;
  const state = notSent ? 'prepared' : 'unknown';
  const updated = await store.of(deliveries).save({ ...delivery, state, deadline: null });
  const facts = { delivery: delivery.id, outcome: result.outcome };
  // Another worker has taken over: what it recorded is newer.
  if (!updated) return { next: 'drop', row, ...facts };
  const saved = isLedgerHandler(handler) ? (updated as unknown as T) : row;
  return { next: { retryAt, notSent }, row: saved, ...facts };
}

function markAsRepeat(reply: Reply): Reply {
  return { ...reply, text: rich`(This may be a repeat.) ${reply.text}` };
}
