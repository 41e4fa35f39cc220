import { dayOf, instantOf, mondayOf } from '../core/dates/day.ts';
import { nextWeeklyBrief } from '../core/domain/briefs/schedule.ts';
import { type Delivery, deliveries, recentDeliveries } from '../core/domain/deliveries/delivery.ts';
import { isNoticeHiddenFrom } from '../core/domain/deliveries/notice-visibility.ts';
import { followups } from '../core/domain/followups/followup.ts';
import { zoneOf } from '../core/domain/members/member.ts';
import { viewerOf } from '../core/domain/members/visibility.ts';
import { heldUntil, isHeld } from '../core/domain/notification-policy/hold.ts';
import { countUnasked, weeklyCapOf } from '../core/domain/notification-policy/weekly-cap.ts';
import { addressOf, previousAddress } from './address.ts';
import type { DueRowHandler, JobContext } from './due-row-handler.ts';
import { ORPHANED_AFTER_MS } from './ledger.ts';

/** A notice over the weekly cap is sent by itself this long after the next weekly brief, unless that told of it (ms). */
const WAIT_AFTER_BRIEF_MS = 3_600_000;

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
  async heldUntil(row, { store, partnership, directory, now }) {
    const member = directory.member(row.recipient);
    // A message that may have been posted is not held back: the next step is to find out.
    if (!member?.active || row.state !== 'prepared' || row.urgent) return now;
    const held = heldUntil(member, partnership, now, row.awaited === true);
    if (held > now) return held;
    const cap = weeklyCapOf(member, partnership);
    if (!Number.isFinite(cap)) return now;
    const zone = zoneOf(member, partnership);
    const monday = instantOf(mondayOf(dayOf(now, zone)), 0, zone);
    const ledger = await recentDeliveries(member.id, store);
    const sent = ledger.filter(({ state }) => state === 'sent');
    // Several notices that are due together are handled at the same time: each counts the earlier ones as sent.
    const ahead = ledger.filter((other) => goesBefore(other, row, now));
    if (countUnasked(sent, monday) + ahead.length < cap) return now;
    // The weekly brief will tell of it. If no brief is sent, the notice is.
    return new Date(nextWeeklyBrief(member, partnership, now).getTime() + WAIT_AFTER_BRIEF_MS);
  },
  async composeReply(row, { store, directory }) {
    if (!row.reply) return undefined;
    // A request that was held back may have been answered or withdrawn since.
    if (row.awaited && !(await isStillAsked(row, { store, directory }))) return undefined;
    const member = directory.member(row.recipient);
    const viewer = member && viewerOf(member, directory);
    if (viewer && (await isNoticeHiddenFrom(viewer, row, store))) return undefined;
    const previous = previousAddress(row, { directory });
    const address = previous ?? (await addressOf(member, store));
    return { recipient: row.recipient, address, reply: row.reply, items: row.items };
  },
  advance: (row) => ({
    ...row,
    state: finalStateOf[row.state],
    ...(row.state === 'prepared' &&
      row.reply && { reason: 'It was dealt with before, or is hidden from them by now.' }),
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

/** Whether another notice to the same member is being sent, or due, before this one. */
function goesBefore(other: Delivery, row: Delivery, now: Date): boolean {
  if (other.kind !== 'notice' || other.urgent || !other.nextRunAt || other.id === row.id)
    return false;
  if (isHeld(other.nextRunAt, now)) return false;
  const [first, second] = [other, row].map(
    ({ createdAt, id }) => `${createdAt.toISOString()}${id}`,
  );
  return (first as string) < (second as string);
}

async function isStillAsked(
  { subject, recipient }: Delivery,
  { store, directory }: Pick<JobContext, 'store' | 'directory'>,
): Promise<boolean> {
  const row = await store.of(followups).get(subject);
  const asked = row?.state === 'open' ? directory.member(row.asked ?? '') : undefined;
  // Either id may be from before the member was merged with another.
  return asked !== undefined && asked.id === directory.member(recipient)?.id;
}
