import type { Clock } from '../core/clock.ts';
import { holdBack, notBefore } from '../core/features/deliveries/pace.ts';
import { type Delivery, deliveries } from '../core/features/deliveries/store.ts';
import { askAboutUnknown, tellOfFailure } from '../core/features/deliveries/trouble.ts';
import { withWhy } from '../core/features/why/button.ts';
import type { Address, SendResult } from '../core/ports.ts';
import type { Reply } from '../core/reply.ts';
import { rich } from '../core/rich-text.ts';
import type { DueRow } from '../core/store.ts';
import type { Kind, Message, Scene } from './kind.ts';
import { LEASE, leaseFrom } from './lease.ts';
import { conclude, isFinal, isLedger, ledgerRow } from './ledger.ts';
import { type Adapters, adapterFor, lookFor, SEND_LIMIT, sendOnce } from './send.ts';

/** When nobody here can send, or the platform does not say what became of a message, it is tried again after this (ms). */
const OUT_OF_REACH = 30_000;

/**
 * How a try ended: the row moves on, somebody else has it, or it is to be looked at again. `waiting`: nothing has
 * gone out, so that the row may be edited until then.
 */
export type Ending = 'done' | 'stale' | { again: Date; waiting: boolean };

/** A try: how it ended, the due row as it then stands, and the ledger's row. */
export interface Try<T extends DueRow> {
  ending: Ending;
  row: T;
  delivery: string;
  outcome: SendResult['outcome'] | 'held' | 'stale';
}

/** What a try works with beside the scene. */
export interface Means {
  adapters: Adapters;
  clock: Clock;
}

/**
 * Takes one firing of a due row through the ledger: prepared → sending → sent. Whatever is met on the way of an
 * earlier try is honoured, so that a message is neither lost nor doubled (DESIGN 5, steps 3 to 5).
 */
export async function deliver<T extends DueRow>(
  kind: Kind<T>,
  row: T,
  message: Message,
  scene: Scene,
  { adapters, clock }: Means,
): Promise<Try<T>> {
  const { store } = scene;
  const { address } = message;
  const [standing, held] = await Promise.all([
    ledgerRow(kind, row, message, scene),
    address ? notBefore(address, store) : undefined,
  ]);
  const delivery = standing.id;
  const now = clock.now();
  const again = (ms: number, waiting: boolean): Try<T> => {
    const at = new Date(now.getTime() + ms);
    return { ending: { again: at, waiting }, row, delivery, outcome: 'held' };
  };
  if (isFinal(standing)) {
    return { ending: 'done', row, delivery, outcome: standing.state as 'sent' | 'permanent' };
  }
  // Another is sending it at this moment: when it cannot be any more, we look what became of it.
  const left = (standing.deadline?.getTime() ?? 0) - now.getTime();
  if (standing.state === 'sending' && left > 0) return again(left, false);
  const uncertain = isUncertain(standing);
  if (!address) return ended(kind, row, standing, unreachable, scene);
  if (held && held > now) return again(held.getTime() - now.getTime(), !uncertain);
  const adapter = adapterFor(address, adapters);
  if (!adapter) return again(OUT_OF_REACH, !uncertain);

  const outgoing = { delivery, partnership: store.partnership, address, reply: message.reply };
  if (uncertain) {
    const found = await lookFor(adapter, outgoing);
    if (found === 'untold') return again(OUT_OF_REACH, false);
    if (found !== 'missing')
      return ended(kind, row, standing, { outcome: 'sent', ...found }, scene);
    // A channel would see it twice: whether it is posted again is for a person to say.
    if (!kind.repeatWhenUnknown || address.to === 'channel') {
      const unsure = { ...standing, address };
      await askAboutUnknown(unsure, scene);
      await conclude(unsure, { state: 'unknown', reply: message.reply }, store);
      return { ending: 'done', row, delivery, outcome: 'unknown' };
    }
  }

  const going = await goingOut(kind, row, standing, message, { adapters, clock }, scene);
  if (!going) return { ending: 'stale', row, delivery, outcome: 'stale' };
  const marked = uncertain ? markedRepeat(message.reply) : message.reply;
  // A notice says by itself what it is about.
  const reply = isLedger(kind) ? marked : withWhy(marked, delivery);
  const { ledger, deadline } = going;
  const result = await sendOnce(adapter, { ...outgoing, reply }, deadline, clock);
  const after = { ...scene, now: clock.now() };
  if (result.outcome === 'sent' || result.outcome === 'permanent') {
    return ended(kind, going.row, ledger, result, after);
  }
  return put(kind, going.row, ledger, { result, uncertain, address }, after);
}

/** Whether an earlier try may have posted it. */
function isUncertain({ state }: Delivery): boolean {
  return state === 'sending' || state === 'unknown';
}

/** Marks the due row, then the ledger's, as going out: from here an edit answers "it is just going out". */
async function goingOut<T extends DueRow>(
  kind: Kind<T>,
  row: T,
  standing: Delivery,
  { address, items }: Message,
  { clock }: Means,
  { store }: Scene,
): Promise<{ row: T; ledger: Delivery; deadline: Date } | undefined> {
  const start = clock.now();
  const own = isLedger(kind);
  const sweepAt = leaseFrom(start);
  const rows = store.of(kind.rows);
  const marked = own ? row : await rows.save({ ...row, sending: kind.occurrence(row), sweepAt });
  if (!marked) {
    if (standing.state === 'prepared') await withdraw(kind, row, standing, store);
    return undefined;
  }
  const deadline = new Date(start.getTime() + SEND_LIMIT);
  const ledger = await store.of(deliveries).save({
    ...standing,
    state: 'sending',
    claim: row.claim,
    deadline,
    address,
    items,
    tries: standing.tries + 1,
    repeat: standing.repeat === true || isUncertain(standing),
    ...(own ? { sweepAt } : {}),
  });
  if (!ledger) return undefined;
  return { row: own ? (ledger as unknown as T) : marked, ledger, deadline };
}

/** The row was changed first. Where that moved its time, this message is not owed any more. */
async function withdraw<T extends DueRow>(
  kind: Kind<T>,
  row: T,
  standing: Delivery,
  store: Scene['store'],
): Promise<void> {
  const now = await store.of(kind.rows).get(row.id);
  const owed = now && kind.dueAt(now) && kind.occurrence(now) === kind.occurrence(row);
  if (!owed) await store.of(deliveries).save({ ...standing, state: 'withdrawn', sweepAt: null });
}

const unreachable: Extract<SendResult, { outcome: 'permanent' }> = {
  outcome: 'permanent',
  reason: 'There is no way to reach them.',
};

/** Writes down that a message is there, or never will be; of the latter the coordinators are told. */
async function ended<T extends DueRow>(
  kind: Kind<T>,
  row: T,
  ledger: Delivery,
  result: Extract<SendResult, { outcome: 'sent' | 'permanent' }>,
  scene: Scene,
): Promise<Try<T>> {
  const { store, now } = scene;
  if (result.outcome === 'permanent') await tellOfFailure(ledger, result.reason, scene);
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
  kind: Kind<T>,
  row: T,
  ledger: Delivery,
  met: { result: SendResult; uncertain: boolean; address: Address },
  { store, now }: Scene,
): Promise<Try<T>> {
  const { result, uncertain, address } = met;
  const later = result.outcome === 'later';
  const again = new Date(now.getTime() + (later ? result.ms : LEASE));
  if (later && result.ms > 0) await holdBack(address, again, store);
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
