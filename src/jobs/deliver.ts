import type { Clock } from '../core/base/clock.ts';
import { notBefore } from '../core/domain/deliveries/send-throttle.ts';
import type { SendResult } from '../core/ports/platform.ts';
import type { DueRow } from '../core/ports/store.ts';
import { standingAddress } from './address.ts';
import { type Attempt, ended, send } from './attempt.ts';
import { beginFirstSend, beginRetry } from './begin-send.ts';
import type { DueRowHandler, JobContext, Message } from './due-row-handler.ts';
import { askAboutUnknown } from './failure-notices.ts';
import { conclude, isFinal, isLedger, isUncertain, ledgerRow } from './ledger.ts';
import { type Adapters, adapterFor, findSent } from './send.ts';

/** When nobody here can send, or the platform does not say what became of a message, it is tried again after this (ms). */
const OUT_OF_REACH = 30_000;

/** What a try works with beside the scene. */
export interface DeliverDeps {
  adapters: Adapters;
  clock: Clock;
}

/**
 * Takes one firing of a due row through the ledger: sending → sent. Whatever is met on the way of an earlier try is
 * honoured, so that a message is neither lost nor doubled (DESIGN 5, steps 3 to 5).
 */
export async function deliver<T extends DueRow>(
  kind: DueRowHandler<T>,
  row: T,
  message: Message,
  scene: JobContext,
  means: DeliverDeps,
): Promise<Attempt<T>> {
  const { address } = message;
  const adapter = address && adapterFor(address, means.adapters);
  // While no try has marked the row, the ledger most likely has nothing to tell: it is written to, not read.
  const isFirst = !isLedger(kind) && row.sending === null;
  if (!isFirst || !adapter) return tryAgain(kind, row, message, scene, means);

  const { clock } = means;
  const going = await beginFirstSend(kind, row, { ...message, address }, scene, clock);
  if (!('stays' in going)) {
    return send({ kind, message, scene, clock, address, adapter, uncertain: false }, going);
  }
  if (going.stays === 'known') return tryAgain(kind, going.row, message, scene, means);
  const { delivery } = going;
  if (going.stays === 'changed') return { ending: 'stale', row, delivery, outcome: 'stale' };
  const ending = { again: going.until, waiting: true };
  return { ending, row: going.row, delivery, outcome: 'held' };
}

/** A try of which the ledger may know an earlier one. */
async function tryAgain<T extends DueRow>(
  kind: DueRowHandler<T>,
  row: T,
  message: Message,
  scene: JobContext,
  { adapters, clock }: DeliverDeps,
): Promise<Attempt<T>> {
  const { store } = scene;
  const standing = await ledgerRow(kind, row, message, scene);
  const delivery = standing.id;
  const uncertain = isUncertain(standing);
  // What may have been posted somewhere is tried again there, if they are still there: whatever is preferred since.
  const address = (uncertain && standingAddress(standing, scene)) || message.address;
  const held = address ? await notBefore(address, store) : undefined;
  const now = clock.now();
  const again = (ms: number, waiting: boolean): Attempt<T> => {
    const at = new Date(now.getTime() + ms);
    return { ending: { again: at, waiting }, row, delivery, outcome: 'held' };
  };
  if (isFinal(standing)) {
    return { ending: 'done', row, delivery, outcome: standing.state as 'sent' | 'permanent' };
  }
  // Another is sending it at this moment: when it cannot be any more, we look what became of it.
  const left = (standing.deadline?.getTime() ?? 0) - now.getTime();
  if (standing.state === 'sending' && left > 0) return again(left, false);
  if (!address) return ended(kind, row, standing, unreachable, scene);
  if (held && held > now) return again(held.getTime() - now.getTime(), !uncertain);
  const adapter = adapterFor(address, adapters);
  if (!adapter) return again(OUT_OF_REACH, !uncertain);

  if (uncertain) {
    const { reply } = message;
    const at = standing.address ?? address;
    const there = adapterFor(at, adapters);
    const outgoing = { delivery, partnership: store.partnership, address: at, reply };
    const found = there ? await findSent(there, outgoing) : 'untold';
    if (found === 'untold') return again(OUT_OF_REACH, false);
    if (found !== 'missing')
      return ended(kind, row, standing, { outcome: 'sent', ...found }, scene);
    // A channel would see it twice: whether it is posted again is for a person to say.
    if (!kind.repeatWhenUnknown || address.to === 'channel') {
      const unsure = { ...standing, address };
      await askAboutUnknown(unsure, scene);
      await conclude(unsure, { state: 'unknown', reply }, store);
      return { ending: 'done', row, delivery, outcome: 'unknown' };
    }
  }

  const going = await beginRetry(kind, row, standing, { ...message, address }, clock, store);
  if (!going) return { ending: 'stale', row, delivery, outcome: 'stale' };
  return send({ kind, message, scene, clock, address, adapter, uncertain }, going);
}

const unreachable: Extract<SendResult, { outcome: 'permanent' }> = {
  outcome: 'permanent',
  reason: 'There is no way to reach them.',
};
