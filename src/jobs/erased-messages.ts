import { withTimeoutOrThrow } from '../core/async/with-timeout.ts';
import { type Delivery, deliveries } from '../core/domain/deliveries/delivery.ts';
import { notBefore, throttle } from '../core/domain/deliveries/send-throttle.ts';
import type { Erasure } from '../core/domain/erasures/erasure.ts';
import type { Reply } from '../core/message/reply.ts';
import { commandText, rich } from '../core/message/rich-text.ts';
import type { SendResult } from '../core/ports/platform.ts';
import type { Store } from '../core/ports/store.ts';
import { adapterFor } from './address.ts';
import type { JobContext } from './due-row-handler.ts';

/** How many messages one job changes, so that it ends well before its lease. */
const MAX_EDITS_PER_JOB = 2;
/** How long a platform may take to change a message (ms). */
const EDIT_TIMEOUT_MS = 2_000;
/** When to try again if the platform does not answer, or this process cannot reach it (ms). */
const RETRY_MS = 30_000;
/** When to look again at a message that is being sent (ms). */
const RETRY_SENDING_MS = 5_000;
/** How often one message is tried. */
const MAX_ATTEMPTS = 20;
/** How many ledger rows are read at once. */
const BATCH_SIZE = 500;

/** Whether a message was posted, may have been, or is being posted now. */
export const wasPosted = ({ state }: Pick<Delivery, 'state'>): boolean =>
  state === 'sent' || state === 'sending' || state === 'unknown';

/**
 * Adds the messages that showed a changed row, and whose text the ledger does not have: reminders and briefs.
 * @param after the id after which to go on; null: from the first row.
 * @returns the id after which to go on; undefined: all have been looked at.
 */
export async function messagesToEdit(
  after: string | null,
  { changedRows, waiting }: { changedRows: ReadonlySet<string>; waiting: Set<string> },
  store: Store,
): Promise<string | undefined> {
  if (changedRows.size === 0) return undefined;
  const range = after === null ? {} : { range: { field: 'id', after } as const };
  const page = await store.of(deliveries).find({ index: 'byId', ...range }, BATCH_SIZE);
  for (const row of page.rows) {
    if (row.reply !== null || !wasPosted(row)) continue;
    const items = row.items.map((item) => item.split(':')[1] ?? '');
    if ([row.subject, ...items].some((id) => changedRows.has(id))) waiting.add(row.id);
  }
  return page.more ? page.rows.at(-1)?.id : undefined;
}

type Progress = Pick<Erasure, 'waiting' | 'edited' | 'attempts' | 'unreachable' | 'nextAt'>;

/** Changes the next messages. It stops at the first one that has to wait. */
export async function editMessages(row: Erasure, context: JobContext): Promise<Progress> {
  let { edited, attempts } = row;
  const waiting = [...row.waiting];
  const unreachable = [...row.unreachable];
  for (let count = 0; count < MAX_EDITS_PER_JOB; count++) {
    const [id] = waiting;
    if (id === undefined) break;
    const result = await editMessage(id, context);
    if (result.outcome === 'later' || result.outcome === 'unknown') {
      attempts += result.outcome === 'unknown' ? 1 : 0;
      if (attempts < MAX_ATTEMPTS) {
        const ms = result.outcome === 'later' ? result.ms : RETRY_MS;
        const nextAt = new Date(context.now.getTime() + ms);
        return { waiting, edited, attempts, unreachable, nextAt };
      }
      unreachable.push('The chat did not answer.');
    } else if (result.outcome === 'permanent') unreachable.push(result.reason);
    else edited++;
    waiting.shift();
    attempts = 0;
  }
  return { waiting, edited, attempts, unreachable, nextAt: context.now };
}

/** Replaces one message on its platform by what the ledger has of it now. */
async function editMessage(id: string, { store, adapters, now }: JobContext): Promise<SendResult> {
  const row = await store.of(deliveries).get(id);
  if (!row || !wasPosted(row)) return { outcome: 'sent', id };
  if (row.state === 'sending') return { outcome: 'later', ms: RETRY_SENDING_MS };
  const { address, messageId } = row;
  if (!address || !messageId) {
    return { outcome: 'permanent', reason: "I don't know whether it was posted." };
  }
  const throttledUntil = await notBefore(address, store);
  if (throttledUntil && throttledUntil > now) {
    return { outcome: 'later', ms: throttledUntil.getTime() - now.getTime() };
  }
  const adapter = adapterFor(address, adapters);
  if (!adapter) return { outcome: 'unknown' };
  const result = await withTimeoutOrThrow(
    EDIT_TIMEOUT_MS,
    adapter.edit(address, messageId, row.reply ?? outdatedReply),
  ).catch((): SendResult => ({ outcome: 'unknown' }));
  if (result.outcome === 'later' && result.ms > 0)
    await throttle(address, new Date(now.getTime() + result.ms), store);
  return result;
}

/** Replaces a reminder or a brief, which was made of rows that have changed. */
const outdatedReply: Reply = {
  text: rich`Somebody's details were erased, so I've taken this message back. Type ${commandText('today')} to see what is on your list.`,
};
