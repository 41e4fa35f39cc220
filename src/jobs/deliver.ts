import { withTimeoutOrThrow } from '../core/async/with-timeout.ts';
import type { Clock } from '../core/base/clock.ts';
import { notBefore } from '../core/domain/deliveries/send-throttle.ts';
import type { Outgoing } from '../core/ports/platform.ts';
import type { DueRow } from '../core/ports/store.ts';
import { adapterFor, previousAddress } from './address.ts';
import { type Attempt, closeAttempt, replyToSend, send } from './attempt.ts';
import { beginFirstSend, beginRetry } from './begin-send.ts';
import type { Adapters, DueRowHandler, JobContext, Message } from './due-row-handler.ts';
import { askAboutUnknown } from './failure-notices.ts';
import {
  closeDelivery,
  findOrInsertDelivery,
  isClosed,
  isLedgerHandler,
  isPossiblyPosted,
  newDelivery,
} from './ledger.ts';
import { type RecipientStanding, recipientStanding } from './recipient-standing.ts';
import { nextAddress } from './refused.ts';
import type { Timings } from './timings.ts';

interface DeliverDeps {
  adapters: Adapters;
  clock: Clock;
  timings: Timings;
}

/**
 * Delivers the message of a due row, and records each step in the ledger: sending, then sent. The ledger shows how far
 * earlier attempts came, so that no message is lost and none is posted twice unmarked. If an identity of the recipient
 * refuses it for good, the next one gets it.
 */
export async function deliver<T extends DueRow>(
  handler: DueRowHandler<T>,
  row: T,
  message: Message,
  context: JobContext,
  deps: DeliverDeps,
): Promise<Attempt<T>> {
  let attempt = await deliverFirst(handler, row, message, context, deps);
  while (attempt.outcome === 'refused') {
    attempt = await deliverAgain(handler, attempt.row, message, context, deps);
  }
  return attempt;
}

/** A first attempt, unless the ledger has earlier ones. */
async function deliverFirst<T extends DueRow>(
  handler: DueRowHandler<T>,
  row: T,
  message: Message,
  context: JobContext,
  deps: DeliverDeps,
): Promise<Attempt<T>> {
  const { address } = message;
  const adapter = address && adapterFor(address, deps.adapters);
  // Until an attempt has marked the row, the ledger is most likely empty: try to insert, without a read.
  const isFirst = !isLedgerHandler(handler) && row.sending === null;
  if (!isFirst || !adapter) return deliverAgain(handler, row, message, context, deps);

  const standing = await recipientStanding(address, context, deps.timings);
  if (standing !== 'in') {
    const { id } = newDelivery(handler, row, message, context);
    return withheld(standing, row, id, deps);
  }

  const begun = await beginFirstSend(handler, row, { ...message, address }, context, deps);
  if (begun.started) {
    const { clock, timings } = deps;
    const target = { handler, message, context, address, adapter, possiblyPosted: false };
    return send({ ...target, clock, timings }, begun);
  }
  if (begun.reason === 'already-in-ledger') {
    return deliverAgain(handler, begun.row, message, context, deps);
  }
  const { delivery } = begun;
  if (begun.reason === 'row-changed') return { next: 'drop', row, delivery, outcome: 'stale' };
  const next = { retryAt: begun.until, notSent: true };
  return { next, row: begun.row, delivery, outcome: 'postponed' };
}

/** An attempt that reads first what the ledger has of earlier ones. */
async function deliverAgain<T extends DueRow>(
  handler: DueRowHandler<T>,
  row: T,
  message: Message,
  context: JobContext,
  deps: DeliverDeps,
): Promise<Attempt<T>> {
  const { adapters, clock, timings } = deps;
  const { store } = context;
  const existing = await findOrInsertDelivery(handler, row, message, context);
  const delivery = existing.id;
  const possiblyPosted = isPossiblyPosted(existing);
  // If it may have been posted, use the earlier address as long as the recipient still has it, even if they now prefer
  // another.
  const refusedBy = existing.refusedBy ?? [];
  const address =
    (possiblyPosted && previousAddress(existing, context)) ||
    (refusedBy.length > 0 ? await nextAddress(message, refusedBy, context) : message.address);
  const throttledUntil = address ? await notBefore(address, store) : undefined;
  const now = clock.now();
  const retryIn = (ms: number, notSent: boolean): Attempt<T> => {
    const retryAt = new Date(now.getTime() + ms);
    return { next: { retryAt, notSent }, row, delivery, outcome: 'postponed' };
  };
  if (isClosed(existing)) {
    const outcome = existing.state as 'sent' | 'permanent';
    return { next: 'advance', row, delivery, outcome };
  }
  // Another worker is sending it now. Look at the result when its time is up.
  const leftMs = (existing.deadline?.getTime() ?? 0) - now.getTime();
  if (existing.state === 'sending' && leftMs > 0) return retryIn(leftMs, false);
  if (!address) {
    const hasLeft = context.directory.member(message.recipient)?.active === false;
    const reason = hasLeft ? 'They are no longer here.' : 'I have no way to reach them.';
    return closeAttempt(handler, row, existing, { outcome: 'permanent', reason }, context);
  }
  if (throttledUntil && throttledUntil > now) {
    return retryIn(throttledUntil.getTime() - now.getTime(), !possiblyPosted);
  }
  const adapter = adapterFor(address, adapters);
  if (!adapter) return retryIn(timings.unavailableRetryMs, !possiblyPosted);

  if (possiblyPosted) {
    const { reply, file } = message;
    const sentTo = existing.address ?? address;
    const outgoing = {
      ...{ delivery, partnership: store.partnership, address: sentTo },
      reply: replyToSend(handler, message, existing),
      ...(file && { file }),
    };
    const found = await findSent(outgoing, adapters, timings);
    if (found === 'unavailable') return retryIn(timings.unavailableRetryMs, false);
    if (found !== 'missing') {
      return closeAttempt(handler, row, existing, { outcome: 'sent', ...found }, context);
    }
    // A channel would see it twice, so a coordinator decides whether it is posted again.
    if (!handler.repeatWhenUnknown || address.to === 'channel') {
      const unknown = { ...existing, address };
      await askAboutUnknown(unknown, context);
      await closeDelivery(unknown, { state: 'unknown', reply }, store);
      return { next: 'advance', row, delivery, outcome: 'unknown' };
    }
  }

  const standing = await recipientStanding(address, context, timings);
  if (standing !== 'in') return withheld(standing, row, delivery, deps, !possiblyPosted);
  const begun = await beginRetry(handler, row, existing, { ...message, address }, deps, store);
  if (!begun) return { next: 'drop', row, delivery, outcome: 'stale' };
  return send(
    { handler, message, context, address, adapter, possiblyPosted, clock, timings },
    begun,
  );
}

/**
 * A message that is not sent to this identity. If the platform does not say who they are, it waits; if they have no access
 * any more, the message is composed again, for another of their identities or for nobody.
 */
function withheld<T extends DueRow>(
  standing: Exclude<RecipientStanding, 'in'>,
  row: T,
  delivery: string,
  { clock, timings }: DeliverDeps,
  notSent = true,
): Attempt<T> {
  const ms = standing === 'unknown' ? timings.unavailableRetryMs : timings.leaseMs;
  const retryAt = new Date(clock.now().getTime() + ms);
  return { next: { retryAt, notSent }, row, delivery, outcome: 'postponed' };
}

/**
 * Looks on the platform for a message whose send got no answer.
 * @returns the platform's id of the message; `missing`: not found, or this
 * conversation cannot be searched; `unavailable`: the platform does not answer now.
 */
async function findSent(
  message: Outgoing,
  adapters: Adapters,
  { sendTimeoutMs }: Timings,
): Promise<{ id: string } | 'missing' | 'unavailable'> {
  const adapter = adapterFor(message.address, adapters);
  if (!adapter) return 'unavailable';
  try {
    const id = await withTimeoutOrThrow(sendTimeoutMs, adapter.findSent(message));
    return id === undefined ? 'missing' : { id };
  } catch {
    return 'unavailable';
  }
}
