import { assignmentMessage, assignmentOf } from '../core/cards/assignment-notice.ts';
import { type Delivery, deliveries, recentDeliveries } from '../core/domain/deliveries/delivery.ts';
import { withFewerButton } from '../core/domain/deliveries/enqueue-notice.ts';
import { isNoticeHiddenFrom } from '../core/domain/deliveries/notice-visibility.ts';
import { type Member, members } from '../core/domain/members/member.ts';
import { viewerOf } from '../core/domain/members/visibility.ts';
import {
  type Assigned,
  isAssignment,
  messageThatNamed,
  stillAssigned,
} from '../core/domain/notices/assigned.ts';
import { noticeHold } from '../core/domain/notices/next-notice.ts';
import { isHeld } from '../core/domain/notification-policy/hold.ts';
import type { Reply } from '../core/message/reply.ts';
import { updateWithRetry } from '../core/ports/store.ts';
import { addressOf, previousAddress } from './address.ts';
import type { DueRowHandler, JobContext } from './due-row-handler.ts';
import { ORPHANED_AFTER_MS } from './ledger.ts';

/**
 * Messages without a schedule, sent as soon as the notification policy allows. The ledger row is its own due row, and
 * holds the text. This handler also closes orphaned ledger rows: those whose own due row was removed before it closed
 * them. Nothing is sent for them.
 */
export const noticeHandler: DueRowHandler<Delivery> = {
  name: 'notice',
  rows: deliveries,
  repeatWhenUnknown: true,
  dueAt(row) {
    if (!['prepared', 'sending', 'unknown'].includes(row.state)) return null;
    return row.reply ? row.createdAt : new Date(row.createdAt.getTime() + ORPHANED_AFTER_MS);
  },
  occurrence: (row) => row.occurrence,
  async heldUntil(row, context) {
    const { store, directory, partnership, now } = context;
    // The directory can hold an older row of the member, with another next brief.
    const known = directory.member(row.recipient);
    const member = known && (await store.of(members).get(known.id));
    // A message that may have been posted is not held back: the next step is to find out.
    if (!member?.active || row.state !== 'prepared' || row.urgent) return now;
    const ledger = await recentDeliveries(member.id, store);
    const assigned = isAssignment(row) ? await stillAssigned(row, member, context) : undefined;
    const notice = { row, isRequest: row.awaited === true, ...(assigned && { assigned }) };
    return noticeHold(notice, { member, partnership, directory, ledger, now })?.until ?? now;
  },
  async composeReply(row, context) {
    const { store, directory } = context;
    if (!row.reply) return undefined;
    const member = directory.member(row.recipient);
    const composed = isAssignment(row)
      ? member && (await assignmentNotice(row, member, context))
      : { reply: row.reply, items: row.items };
    if (!composed) return undefined;
    const viewer = member && viewerOf(member, directory);
    if (viewer && !isAssignment(row) && (await isNoticeHiddenFrom(viewer, row, store)))
      return undefined;
    const previous = previousAddress(row, { directory });
    const address = previous ?? (await addressOf(member, context));
    return { recipient: row.recipient, address, ...composed };
  },
  async afterDelivery(row, { items }, wasSent, { store }) {
    if (!wasSent) return;
    for (const item of items) {
      const [type, id = ''] = item.split(':');
      if (type !== 'notice') continue;
      const reason = 'It was in another message.';
      await updateWithRetry(store.of(deliveries), id, (other) =>
        other.state === 'prepared'
          ? { ...other, ...withdrawn, includedIn: row.id, reason }
          : undefined,
      );
    }
  },
  advance: (row) => ({
    ...row,
    state: finalStateOf[row.state],
    ...(row.state === 'prepared' &&
      row.reply && {
        reason: row.reason ?? 'It was dealt with before, or is hidden from them by now.',
      }),
    nextRunAt: null,
    claim: null,
    sending: null,
  }),
};

/** The last state of a row that nobody else will close: an unsent message is withdrawn, one that may have been posted stays unknown. */
const finalStateOf: { readonly [state in Delivery['state']]: Delivery['state'] } = {
  prepared: 'withdrawn',
  sending: 'unknown',
  unknown: 'unknown',
  sent: 'sent',
  permanent: 'permanent',
  withdrawn: 'withdrawn',
  skipped: 'skipped',
};

const withdrawn = { state: 'withdrawn', nextRunAt: null, claim: null, sending: null } as const;

/**
 * The message of an assignment notice: what is still assigned, and no brief or reminder has named since, with what the
 * other assignment notices say that are due now. Its items name all of it.
 * @returns undefined if nothing is left to say.
 */
async function assignmentNotice(
  row: Delivery,
  reader: Member,
  context: JobContext,
): Promise<{ reply: Reply; items: string[] } | undefined> {
  const { store, directory, now } = context;
  const ledger = await recentDeliveries(reader.id, store);
  const name = noticeItem(row);
  const carrier = ledger.find(({ state, items }) => state === 'sent' && items.includes(name));
  if (carrier) return noteIncluded(row, carrier, 'It was in another message.', context);
  if (row.state !== 'prepared' && row.reply) {
    // It may have been posted: the same words are sent again, if they may still be seen.
    const about = row.items.flatMap((item) => item.split(':')[1] ?? []);
    const isHidden = await isNoticeHiddenFrom(
      viewerOf(reader, directory),
      { ...row, about },
      store,
    );
    const { followups, partners } = await stillAssigned({ ...row, about }, reader, context);
    const isOver = isHidden || followups.length + partners.length === 0;
    return isOver ? undefined : { reply: row.reply, items: row.items };
  }
  const isDue = (other: Delivery) =>
    other.id !== row.id &&
    other.state === 'prepared' &&
    isAssignment(other) &&
    other.nextRunAt !== null &&
    !isHeld(other.nextRunAt, now);
  const others = ledger.filter(isDue);
  const notices = [...others, row].toSorted(
    (a, b) => a.createdAt.getTime() - b.createdAt.getTime(),
  );
  let earlier: Delivery | undefined;
  const assignments = await Promise.all(
    notices.map(async (notice) => {
      const still = await stillAssigned(notice, reader, context);
      const named = ({ id }: { id: string }) => messageThatNamed({ id }, notice.createdAt, ledger);
      if (notice.id === row.id) earlier = still.followups.map(named).find((message) => message);
      const left: Assigned = { ...still, followups: still.followups.filter((one) => !named(one)) };
      return assignmentOf(notice, left);
    }),
  );
  const reply = assignmentMessage(assignments, reader, context);
  if (!reply) return earlier && noteIncluded(row, earlier, reasonOf(earlier), context);
  const things = assignments.flatMap(({ followups, partners }) => [...followups, ...partners]);
  const items = [...things.map(({ id }) => `assigned:${id}`), ...others.map(noticeItem)];
  return { reply: withFewerButton(reply), items };
}

const noticeItem = ({ id }: Pick<Delivery, 'id'>): string => `notice:${id}`;

const reasonOf = ({ kind }: Delivery): string =>
  kind === 'brief' ? 'It was in the brief instead.' : 'Its reminder came first.';

/** Records that another message has said what this one would have said. */
async function noteIncluded(
  { id }: Delivery,
  carrier: Delivery,
  reason: string,
  { store }: JobContext,
): Promise<undefined> {
  await updateWithRetry(store.of(deliveries), id, (row) =>
    row.state === 'prepared' ? { ...row, includedIn: carrier.id, reason } : undefined,
  );
}
