import { dayOf, minuteOf } from '../core/dates/day.ts';
import { timeText } from '../core/dates/time-of-day.ts';
import { deliveries } from '../core/domain/deliveries/delivery.ts';
import { enqueueNotice } from '../core/domain/deliveries/enqueue-notice.ts';
import { zoneOf } from '../core/domain/members/member.ts';
import { viewerOf } from '../core/domain/members/visibility.ts';
import {
  contentOf,
  FILE_DELIVERY,
  FILE_SENT,
  fileDeliveryId,
  isBeyond,
  type OutgoingFile,
  outgoingFiles,
} from '../core/domain/outgoing-files/outgoing-file.ts';
import type { Reply } from '../core/message/reply.ts';
import { type RichText, rich } from '../core/message/rich-text.ts';
import type { SendResult } from '../core/ports/platform.ts';
import { updateWithRetry } from '../core/ports/store.ts';
import { adapterFor, addressOf, previousAddress, withoutFallback } from './address.ts';
import type { DueRowHandler, JobContext } from './due-row-handler.ts';
import { isPossiblyPosted } from './ledger.ts';

/** When to try again to delete a file that could not be deleted now (ms). */
const RETRY_REMOVAL_MS = 60_000;

/** After this long a file that still cannot be deleted is left to its recipient (ms): a day. */
const GIVE_UP_REMOVAL_MS = 86_400_000;

/** Sends a file to the member who asked for it, and deletes it in their direct messages a day later. */
export const fileHandler: DueRowHandler<OutgoingFile> = {
  name: FILE_DELIVERY,
  rows: outgoingFiles,
  repeatWhenUnknown: true,
  wasAskedFor: true,
  dueAt: ({ state, createdAt, removeAt }) =>
    ({ waiting: createdAt, sent: removeAt, removed: null })[state],
  occurrence: ({ state }) => (state === 'waiting' ? FILE_SENT : 'remove'),
  async composeReply(row, context) {
    const { store, directory, now } = context;
    if (row.state !== 'waiting') {
      await removeFile(row, context);
      return undefined;
    }
    const member = directory.member(row.recipient);
    const delivery = await store.of(deliveries).get(fileDeliveryId(store.partnership, row));
    // A message that may have been posted is looked for first, however late it is.
    if (now >= row.removeAt && !(delivery && isPossiblyPosted(delivery))) {
      await notifyRecipient(row, cameTooLate, context);
      return undefined;
    }
    if (member && isBeyond(row, viewerOf(member, directory))) {
      await notifyRecipient(row, mayReadLess, context);
      return undefined;
    }
    const previous = delivery && previousAddress(delivery, context);
    const address = previous ?? (await addressOf(member, context));
    return {
      recipient: row.recipient,
      address: address && withoutFallback(address),
      reply: withRemoval(row, context),
      items: [],
      file: contentOf(row),
    };
  },
  advance(row, { now }, hadMessage) {
    const free = { claim: null, sending: null };
    if (row.state === 'waiting' && hadMessage)
      return { ...row, ...free, state: 'sent', nextRunAt: row.removeAt };
    const isLater = row.state === 'sent' && row.removeAt > now;
    if (isLater) return { ...row, ...free, nextRunAt: row.removeAt };
    return { ...row, ...free, state: 'removed', content: null, reply: null, nextRunAt: null };
  },
  async afterDelivery(row, _message, wasSent, context) {
    if (wasSent) return;
    const delivery = await deliveryOf(row, context);
    const reason = delivery?.reason ?? '';
    await notifyRecipient(
      row,
      rich`I couldn't send you the file you asked for. ${reason}`,
      context,
    );
  },
};

const cameTooLate = rich`I couldn't send you the file you asked for: nothing got through for a day. Please ask for it again.`;

const mayReadLess = rich`I haven't sent you the file you asked for: you may no longer see all that is in it. If you still need it, please ask for it again.`;

/** What is said with the file, and when it is deleted: in the recipient's zone. */
function withRemoval(
  { reply, recipient, removeAt }: OutgoingFile,
  { directory, partnership, now }: JobContext,
): Reply {
  const zone = zoneOf(directory.member(recipient), partnership);
  const today = dayOf(now, zone) === dayOf(removeAt, zone);
  const at = timeText(minuteOf(removeAt, zone));
  const text = rich`I'll take this file away ${today ? 'today' : 'tomorrow'} at ${at}.`;
  return { text: [], ...reply, card: [...(reply?.card ?? []), { kind: 'text', text }] };
}

/** Deletes a file in the direct messages of its recipient. @returns undefined if nobody can tell whether it is gone. */
export async function takeBack(
  row: OutgoingFile,
  context: JobContext,
): Promise<SendResult | undefined> {
  const delivery = await deliveryOf(row, context);
  const { address, messageId } = delivery ?? {};
  if (!address || !messageId) return { outcome: 'sent', id: '' };
  const adapter = adapterFor(address, context.adapters);
  return adapter?.remove(address, messageId).catch(() => undefined);
}

/** Deletes the file. If the platform does not answer, the row is due again a little later. */
async function removeFile(row: OutgoingFile, context: JobContext): Promise<void> {
  const { store, now } = context;
  const result = await takeBack(row, context);
  if (result?.outcome === 'sent') return;
  const isTooOld = now.getTime() - row.createdAt.getTime() > 2 * GIVE_UP_REMOVAL_MS;
  if (result?.outcome === 'permanent' || isTooOld) {
    const reason = result?.outcome === 'permanent' ? result.reason : '';
    const text = rich`I couldn't take the file "${row.name}" away. ${reason} Please delete it yourself.`;
    return notifyRecipient(row, text, context);
  }
  const ms = result?.outcome === 'later' ? Math.max(result.ms, 1) : RETRY_REMOVAL_MS;
  await updateWithRetry(store.of(outgoingFiles), row.id, (current) =>
    current.claim === row.claim
      ? { ...current, removeAt: new Date(now.getTime() + ms) }
      : undefined,
  );
}

const deliveryOf = (row: OutgoingFile, { store }: JobContext) =>
  store.of(deliveries).get(fileDeliveryId(store.partnership, row));

async function notifyRecipient(
  { id: subject, recipient, state }: OutgoingFile,
  text: RichText,
  { store, now: at }: JobContext,
): Promise<void> {
  const occurrence = `file:${state}`;
  await enqueueNotice(
    { subject, occurrence, recipient, reply: { text }, at },
    { store, wake() {} },
  );
}
