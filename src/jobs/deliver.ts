import { type Delivery, deliveries } from '../core/features/deliveries/store.ts';
import { withWhy } from '../core/features/why/button.ts';
import type { Adapter, Outgoing, SendResult } from '../core/ports.ts';
import type { Reply } from '../core/reply.ts';
import { rich } from '../core/rich-text.ts';
import type { DueRow } from '../core/store.ts';
import type { Kind, Message, Scene } from './kind.ts';
import { isLedger, ledgerRow } from './ledger.ts';

/** How long a claim holds after the row is due (ms). */
export const LEASE = 5_000;
/** How long the platform may take to answer (ms): under half the lease, so that nobody else starts meanwhile. */
export const SEND_LIMIT = 2_000;

/**
 * How a delivery ended: the row moves on, somebody else has it, or it is to be looked at again. `waiting`: nothing
 * has gone out, so that the row may be edited until then.
 */
export type Ending = 'done' | 'stale' | { again: Date; waiting: boolean };

/** Adapters by platform. */
export type Adapters = ReadonlyMap<string, Adapter>;

/**
 * Takes one firing of a due row through the ledger: prepared → sending → sent. Whatever is met on the way of an
 * earlier try is honoured, so that a message is neither lost nor doubled (DESIGN 5, steps 3 to 5).
 */
export async function deliver<T extends DueRow>(
  kind: Kind<T>,
  row: T,
  message: Message,
  scene: Scene,
  adapters: Adapters,
): Promise<Ending> {
  const { store, now } = scene;
  const ledger = store.of(deliveries);
  const standing = await ledgerRow(kind, row, message, scene);
  if (standing.state === 'sent' || standing.state === 'permanent') return 'done';
  if (standing.state === 'sending' && standing.deadline && standing.deadline > now) {
    return { again: standing.deadline, waiting: false };
  }

  const adapter = message.address && adapters.get(platformOf(message.address));
  const outgoing = {
    delivery: standing.id,
    partnership: store.partnership,
    address: message.address,
  };
  const uncertain = standing.state === 'sending' || standing.state === 'unknown';
  if (uncertain && adapter && outgoing.address) {
    const found = await adapter.find({
      ...outgoing,
      address: outgoing.address,
      reply: message.reply,
    });
    if (found !== undefined) return finish(standing, { outcome: 'sent', id: found }, scene);
    if (!kind.repeatWhenUnknown) {
      return finish(
        standing,
        { outcome: 'permanent', reason: 'Nobody knows whether it was posted.' },
        scene,
      );
    }
  }

  // From here an edit of the row answers "it is just going out".
  if (!isLedger(kind)) {
    const lease = new Date(now.getTime() + LEASE);
    const going = await store
      .of(kind.rows)
      .save({ ...row, sending: kind.occurrence(row), sweepAt: lease });
    if (!going) {
      if (standing.state === 'prepared') await ledger.save({ ...standing, state: 'withdrawn' });
      return 'stale';
    }
  }
  const sending = await ledger.save({
    ...standing,
    state: 'sending',
    claim: row.claim,
    deadline: new Date(now.getTime() + SEND_LIMIT),
    address: message.address,
    items: message.items,
    tries: standing.tries + 1,
    repeat: uncertain || standing.repeat === true,
    ...(isLedger(kind) ? { sweepAt: new Date(now.getTime() + LEASE) } : {}),
  });
  if (!sending) return 'stale';
  if (!outgoing.address) return finish(sending, unreachable, scene);
  const marked = sending.repeat ? markedRepeat(message.reply) : message.reply;
  const reply = isLedger(kind) ? marked : withWhy(marked, sending.id);
  const result = await trySend(adapter, { ...outgoing, address: outgoing.address, reply });
  return finish(sending, result, scene);
}

const unreachable: SendResult = { outcome: 'permanent', reason: 'There is no way to reach them.' };

/** Sends within the time limit; whatever goes wrong on the way leaves it unknown. */
async function trySend(
  adapter: Adapter | null | undefined,
  message: Outgoing,
): Promise<SendResult> {
  // The platform's adapter runs in another process, or is not set up just now.
  if (!adapter) return { outcome: 'later', ms: 60_000 };
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<SendResult>((resolve) => {
    timer = setTimeout(() => resolve({ outcome: 'unknown' }), SEND_LIMIT);
  });
  const sent = adapter.send(message).catch((): SendResult => ({ outcome: 'unknown' }));
  const result = await Promise.race([sent, limit]);
  clearTimeout(timer);
  return result;
}

/** Writes down how a try ended. */
async function finish(
  ledger: Delivery,
  result: SendResult,
  { store, now }: Scene,
): Promise<Ending> {
  const rows = store.of(deliveries);
  if (result.outcome === 'sent') {
    await rows.save({ ...ledger, state: 'sent', message: result.id, sentAt: now, deadline: null });
    return 'done';
  }
  if (result.outcome === 'permanent') {
    await rows.save({ ...ledger, state: 'permanent', reason: result.reason, deadline: null });
    return 'done';
  }
  if (result.outcome === 'later') {
    await rows.save({ ...ledger, state: 'prepared', deadline: null });
    return { again: new Date(now.getTime() + result.ms), waiting: true };
  }
  await rows.save({ ...ledger, state: 'unknown', deadline: null });
  return { again: new Date(now.getTime() + LEASE), waiting: false };
}

function markedRepeat(reply: Reply): Reply {
  return { ...reply, text: rich`(This may be a repeat.) ${reply.text}` };
}

function platformOf(address: Outgoing['address']): string {
  return address.to === 'user' ? address.identity.platform : address.channel.platform;
}
