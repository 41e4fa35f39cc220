import {
  assignmentMessage,
  assignmentOf,
  leadRequestRow,
} from '../core/cards/assignment-notice.ts';
import { type Day, dayOf } from '../core/dates/day.ts';
import { itemNames, listItems, readItemName } from '../core/domain/briefs/brief-items.ts';
import { briefName, heldBriefName } from '../core/domain/briefs/delivery-name.ts';
import { briefScopeOf, gatherBriefItems, isQuietNews } from '../core/domain/briefs/gather.ts';
import { scheduleBrief } from '../core/domain/briefs/schedule.ts';
import {
  type Delivery,
  deliveries,
  deliveryId,
  skippedDelivery,
} from '../core/domain/deliveries/delivery.ts';
import { followups } from '../core/domain/followups/followup.ts';
import { type BriefRhythm, type Member, members, zoneOf } from '../core/domain/members/member.ts';
import { isAssignment, stillAssigned } from '../core/domain/notices/assigned.ts';
import { heldUntil } from '../core/domain/notification-policy/hold.ts';
import { partners } from '../core/domain/partners/partner.ts';
import { namesChanged } from '../core/domain/partnerships/partnership.ts';
import {
  applyPolicy,
  type HeldBack,
  type PolicyResult,
} from '../core/features/briefs/apply-policy.ts';
import {
  briefCard,
  meetingsBrief,
  withHeldNotices,
  withMoreRows,
} from '../core/features/briefs/cards.ts';
import { withRarerBriefsNote } from '../core/features/briefs/ignored-briefs.ts';
import { meetingRows } from '../core/features/briefs/meeting-rows.ts';
import { reachRow } from '../core/features/briefs/reach-row.ts';
import { nudgeAgainOn } from '../core/features/briefs/update-brief.ts';
import { moveLeftovers, withNextRecheck } from '../core/features/linking/merge-members.ts';
import type { Block, Reply } from '../core/message/reply.ts';
import { type RichText, rich } from '../core/message/rich-text.ts';
import { insertOnce, updateWithRetry } from '../core/ports/store.ts';
import { addressOf } from './address.ts';
import type { DueRowHandler, JobContext } from './due-row-handler.ts';

/**
 * One message to one member with everything that is theirs to do. It is sent on their days, and only if there is
 * something. This handler also moves the data of merged members: their row becomes due after the merge, and nothing is
 * sent for it.
 */
export const briefHandler: DueRowHandler<Member> = {
  name: 'brief',
  rows: members,
  repeatWhenUnknown: true,
  lowPriority: true,
  dueAt: (row) => row.briefDue,
  occurrence: (row) => row.briefDay ?? '',
  // After a downtime a brief may be due in quiet hours. One that may have been posted is looked for at once.
  heldUntil: async (row, { partnership, now }) =>
    row.sending === null && !row.mergedInto ? heldUntil(row, partnership, now) : now,
  async composeReply(row, context) {
    if (row.mergedInto) {
      await moveLeftovers(row, context);
      return undefined;
    }
    const today = todayOf(row, context);
    const scope = briefScopeOf(row, context.partnership, today);
    const found = await gatherBriefItems(row, today, scope, context);
    const result = await applyPolicy(row, found, { today, scope }, context);
    if (result && 'waiting' in result) await recordHeldBack(row, result, context);
    if (result && 'waiting' in result) return undefined;
    const met = await meetingRows(row, { today, isWhole: scope.whole }, context);
    const questions = met.map(({ block }) => block);
    const names = met.map(({ item }) => item);
    if (!result) {
      if (met.length === 0) return undefined;
      const address = await addressOf(row, context);
      return { recipient: row.id, address, reply: meetingsBrief(row, questions), items: names };
    }
    const reach = await reachRow(row, { today, isWhole: result.isWhole }, context);
    const more = [...questions, ...(reach ? [reach.block] : [])];
    return {
      recipient: row.id,
      address: await addressOf(row, context),
      reply: withMoreRows(await replyOf(row, result, today, context), more),
      items: [
        ...itemNames(result),
        ...ledgerItems(result),
        ...names,
        ...(reach ? [reach.item] : []),
      ],
    };
  },
  // A brief that was sent late counts for the day it was sent on, too.
  advance(row, context, hadMessage) {
    if (row.mergedInto) return withNextRecheck(row, context.now);
    const today = todayOf(row, context);
    const after = row.briefDay !== null && row.briefDay > today ? row.briefDay : today;
    const sent = hadMessage ? { ...row, lastBriefDay: after } : row;
    return scheduleBrief(sent, context.partnership, context.now, after);
  },
  async afterDelivery(row, { items }, wasSent, context) {
    // A member who cannot be reached has read nothing, but the coordinator still hears what is late.
    const recorded = wasSent ? items : items.filter((item) => item.startsWith('warned:'));
    const brief = deliveryId(context.store.partnership, briefName(row.id, row.briefDay));
    await recordTold(row.id, { items: recorded, brief }, todayOf(row, context), context);
  },
};

async function replyOf(
  row: Member,
  result: PolicyResult,
  today: Day,
  context: JobContext,
): Promise<Reply> {
  const { store, directory, partnership } = context;
  const { items, shown, heldNotices, newRhythm, isBack, isWhole } = result;
  const delivery = deliveryId(store.partnership, briefName(row.id, row.briefDay));
  const named = new Set(shown.map((item) => item.row.id));
  const held = await Promise.all(
    heldNotices.map((notice) => heldBlocks(notice, { reader: row, named }, context)),
  );
  const reply = withHeldNotices(
    briefCard(
      { member: row, items, shown, delivery, isWhole },
      { today, directory, partnership, isBack },
    ),
    held.flat(),
  );
  return newRhythm ? withRarerBriefsNote(reply, row, newRhythm) : reply;
}

/**
 * What the brief says of a notice that was held back: nothing, if it shows all of that anyway.
 * @param named ids of the rows that the brief shows.
 */
async function heldBlocks(
  notice: Delivery,
  { reader, named }: { reader: Member; named: ReadonlySet<string> },
  context: JobContext,
): Promise<Block[]> {
  if (!notice.reply) return [];
  if (!isAssignment(notice)) return [also(notice.reply.text)];
  const still = await stillAssigned(notice, reader, context);
  if (notice.awaited)
    // A request to take on a follow-up is among the items already.
    return still.partners.map((partner) => leadRequestRow(partner, context.directory));
  const followups = still.followups.filter(({ id }) => !named.has(id));
  const reply = assignmentMessage([assignmentOf(notice, { ...still, followups })], reader, context);
  if (!reply) return [];
  return [also(reply.text), ...(reply.card ?? []).filter(({ kind }) => kind === 'row')];
}

const also = (text: RichText): Block => ({ kind: 'text', text: rich`Also: ${text}` });

/** Records in the ledger that this brief waits for the weekly one, so that `why` can tell. */
async function recordHeldBack(
  row: Member,
  held: HeldBack,
  { store, now }: JobContext,
): Promise<void> {
  const messages = held.cap === 1 ? 'one message' : `${held.cap} messages`;
  const facts = {
    reason: `${messages} of this kind had been sent that week, which is the limit, and nothing in it was due that day. It comes in the weekly brief.`,
    at: now,
    items: itemNames({ shown: listItems(held.waiting), counted: [] }),
  };
  const skipped = skippedDelivery(store.partnership, heldBriefName(row.id, row.briefDay), facts);
  await insertOnce(store.of(deliveries), skipped);
}

/** The day in the member's zone when the brief is really sent. */
function todayOf(member: Member, { partnership, now }: JobContext): Day {
  return dayOf(now, zoneOf(member, partnership));
}

/** What else the brief says, as ledger items, so that it can be recorded after the brief was sent. */
function ledgerItems({ shown, warned, heldNotices, newRhythm }: PolicyResult): string[] {
  const suggested = shown.flatMap((item) => (item.kind === 'chase' ? [item.row] : []));
  return [
    ...suggested.map((row) => `chase:${row.id}:${row.dueDay}`),
    ...warned.map((row) => `warned:${row.id}:${row.dueDay}:${row.escalateOn}`),
    ...heldNotices.map((row) => `notice:${row.id}`),
    ...(newRhythm ? [`rarer:${newRhythm}`] : []),
  ];
}

/** Records what a brief has said. Each step is repeatable. */
async function recordTold(
  member: string,
  { items, brief }: { items: readonly string[]; brief: string },
  today: Day,
  context: JobContext,
): Promise<void> {
  for (const item of items) {
    const { parts, onlyCounted } = readItemName(item);
    const [type, id = '', first = '', second = ''] = parts;
    if (type === 'quiet')
      await scheduleNudge({ id, nudgedFor: first, onlyCounted }, today, context);
    else if (type === 'chase') await noteSuggestion(id, first, today, context);
    else if (type === 'warned') await setEscalation(id, first, second, context);
    else if (type === 'notice') await withdrawNotice(id, brief, context);
    else if (type === 'rarer') await makeBriefsRarer(member, id as BriefRhythm, context);
  }
}

/**
 * A brief said that a partner is quiet: sets the day to say it again. If the brief only counted the partner among the
 * rest, the next brief says it, unless an earlier one showed it.
 */
async function scheduleNudge(
  { id, nudgedFor, onlyCounted }: { id: string; nudgedFor: Day; onlyCounted: boolean },
  today: Day,
  { store }: JobContext,
): Promise<void> {
  const again = nudgeAgainOn(today);
  await updateWithRetry(store.of(partners), id, (row) =>
    row.nudgeOn !== nudgedFor || (onlyCounted && isQuietNews(row))
      ? undefined
      : { ...row, nudgeOn: again },
  );
}

/** The brief suggested to ask for a promise of theirs: later ones leave it out for some days. */
async function noteSuggestion(
  id: string,
  dueDay: Day,
  today: Day,
  { store }: JobContext,
): Promise<void> {
  await updateWithRetry(store.of(followups), id, (row) =>
    row.dueDay === dueDay && row.chaseSuggestedOn !== today
      ? { ...row, chaseSuggestedOn: today }
      : undefined,
  );
}

/** The owner knows now that a coordinator will hear of it: sets that day, unless the follow-up's day was changed. */
async function setEscalation(
  id: string,
  dueDay: Day,
  escalateOn: Day,
  { store }: JobContext,
): Promise<void> {
  await updateWithRetry(store.of(followups), id, (row) =>
    row.dueDay === dueDay && row.escalateOn === null ? { ...row, escalateOn } : undefined,
  );
}

/** The brief contained a notice that was held back: it is not sent by itself any more. */
async function withdrawNotice(id: string, brief: string, { store }: JobContext): Promise<void> {
  await updateWithRetry(store.of(deliveries), id, (row) =>
    row.state === 'prepared'
      ? {
          ...row,
          state: 'withdrawn' as const,
          includedIn: brief,
          reason: 'It was in the brief instead.',
          nextRunAt: null,
          claim: null,
        }
      : undefined,
  );
}

/** The member ignored their briefs, and this one said that fewer will come. */
async function makeBriefsRarer(
  id: string,
  rhythm: BriefRhythm,
  { store, now }: JobContext,
): Promise<void> {
  await updateWithRetry(store.of(members), id, (row) =>
    row.rhythm === rhythm ? undefined : { ...row, rhythm, steppedBackAt: now },
  );
  await namesChanged(store, { partners: [], members: [id] });
}
