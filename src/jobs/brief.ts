import { type Day, dayOf } from '../core/dates/day.ts';
import { briefName, heldName } from '../core/domain/briefs/delivery-name.ts';
import { gather, occurrencesOf, scopeOf } from '../core/domain/briefs/gather.ts';
import { scheduleBrief } from '../core/domain/briefs/schedule.ts';
import { deliveries } from '../core/domain/deliveries/delivery.ts';
import { deliveryId, skippedDelivery } from '../core/domain/deliveries/enqueue-notice.ts';
import { type Member, members } from '../core/domain/members/member.ts';
import { zoneOf } from '../core/domain/members/zone.ts';
import { heldUntil } from '../core/domain/notification-policy/hold.ts';
import {
  applyPolicy,
  type HeldBack,
  type PolicyResult,
} from '../core/features/briefs/apply-policy.ts';
import { briefCard, withMeanwhile } from '../core/features/briefs/cards.ts';
import { withStepBack } from '../core/features/briefs/step-back.ts';
import { rechecked, recheckRetired } from '../core/features/linking/merge-members.ts';
import type { Reply } from '../core/message/reply.ts';
import { insertOnce } from '../core/ports/store.ts';
import { addressOf } from './address.ts';
import { noteBriefed, notedItems } from './briefed.ts';
import type { DueRowHandler, JobContext } from './due-row-handler.ts';

/** One message to one member with all that is theirs, on their days, only when there is something. */
export const brief: DueRowHandler<Member> = {
  name: 'brief',
  rows: members,
  repeatWhenUnknown: true,
  lowPriority: true,
  dueAt: (row) => row.briefDue,
  occurrence: (row) => row.briefDay ?? '',
  // After a downtime; what may have gone out already is found out about at once.
  heldUntil: async (row, { partnership, now }) =>
    row.sending === null && !row.unitedWith ? heldUntil(row, partnership, now, false) : now,
  async composeReply(row, scene) {
    if (row.unitedWith) {
      await recheckRetired(row, scene);
      return undefined;
    }
    const today = todayOf(row, scene);
    const scope = scopeOf(row, scene.partnership, today);
    const found = await gather(row, today, scope, scene.store);
    const told = await applyPolicy(row, found, { today, scope }, scene);
    if (told && 'waiting' in told) await noteHeld(row, told, scene);
    if (!told || 'waiting' in told) return undefined;
    return {
      recipient: row.id,
      address: await addressOf(row, scene.store),
      reply: replyOf(row, told, today, scene),
      items: [...occurrencesOf(told.items), ...notedItems(told)],
    };
  },
  // Sent late, it was the brief of the day it went out on, too.
  advance(row, scene) {
    if (row.unitedWith) return rechecked(row, scene.now);
    const today = todayOf(row, scene);
    const after = row.briefDay !== null && row.briefDay > today ? row.briefDay : today;
    return scheduleBrief(row, scene.partnership, scene.now, after);
  },
  async done(row, { items }, reached, scene) {
    // Whoever cannot be reached has read nothing, but a coordinator hears of what is late all the same.
    const noted = reached ? items : items.filter((item) => item.startsWith('told:'));
    await noteBriefed(row.id, noted, todayOf(row, scene), scene);
  },
};

function replyOf(
  row: Member,
  told: PolicyResult,
  today: Day,
  { store, directory }: JobContext,
): Reply {
  const { items, meanwhile, rarer } = told;
  const delivery = deliveryId(store.partnership, briefName(row.id, row.briefDay));
  // A request that waits is among the items.
  const held = meanwhile.flatMap(({ reply, awaited }) => (reply && !awaited ? [reply] : []));
  const reply = withMeanwhile(briefCard({ member: row, items, delivery }, today, directory), held);
  return rarer ? withStepBack(reply, row, rarer) : reply;
}

/** The ledger keeps what was owed and waits for the weekly brief, for `why`. */
async function noteHeld(row: Member, held: HeldBack, { store, now }: JobContext): Promise<void> {
  const messages = held.cap === 1 ? 'one message' : `${held.cap} messages`;
  const facts = {
    reason: `${messages} that nobody asked for had gone out that week, which is the cap, and nothing in it was due that day. The weekly brief tells of it.`,
    at: now,
    items: occurrencesOf(held.waiting),
  };
  const skipped = skippedDelivery(store.partnership, heldName(row.id, row.briefDay), facts);
  await insertOnce(store.of(deliveries), skipped);
}

/** The reader's day: in their own zone, when the brief really goes out. */
function todayOf(member: Member, { partnership, now }: JobContext): Day {
  return dayOf(now, zoneOf(member, partnership));
}
