import { type Day, dayOf } from '../core/dates/day.ts';
import { briefCard, withMeanwhile } from '../core/features/briefs/cards.ts';
import { type Considered, consider } from '../core/features/briefs/consider.ts';
import { gather, occurrencesOf, scopeOf } from '../core/features/briefs/gather.ts';
import { scheduleBrief } from '../core/features/briefs/schedule.ts';
import { heldUntil } from '../core/features/courtesy/hold.ts';
import { withStepBack } from '../core/features/courtesy/step-back.ts';
import { deliveryId } from '../core/features/deliveries/owe.ts';
import { type Member, members } from '../core/features/members/store.ts';
import { zoneOf } from '../core/features/members/zone.ts';
import type { Reply } from '../core/reply.ts';
import { noteBriefed, notedItems } from './briefed.ts';
import { addressOf, type Kind, type Scene } from './kind.ts';

/** One message to one member with all that is theirs, on their days, only when there is something. */
export const brief: Kind<Member> = {
  name: 'brief',
  rows: members,
  repeatWhenUnknown: true,
  dueAt: (row) => row.briefDue,
  occurrence: (row) => row.briefDay ?? '',
  // After a downtime; what may have gone out already is found out about at once.
  heldUntil: async (row, { partnership, now }) =>
    row.sending === null ? heldUntil(row, partnership, now, false) : now,
  async compose(row, scene) {
    const today = todayOf(row, scene);
    const scope = scopeOf(row, scene.partnership, today);
    const found = await gather(row, today, scope, scene.store);
    const told = await consider(row, found, { today, scope }, scene);
    if (!told) return undefined;
    return {
      recipient: row.id,
      address: addressOf(row),
      reply: replyOf(row, told, today, scene),
      items: [...occurrencesOf(told.items), ...notedItems(told)],
    };
  },
  // Sent late, it was the brief of the day it went out on, too.
  moveOn(row, scene) {
    const today = todayOf(row, scene);
    const after = row.briefDay !== null && row.briefDay > today ? row.briefDay : today;
    return scheduleBrief(row, scene.partnership, scene.now, after);
  },
  sent: async (row, message, scene) =>
    noteBriefed(row.id, message.items, todayOf(row, scene), scene),
};

function replyOf(row: Member, told: Considered, today: Day, { store, directory }: Scene): Reply {
  const { items, meanwhile, rarer } = told;
  const name = {
    kind: 'brief',
    subject: row.id,
    occurrence: row.briefDay ?? '',
    recipient: row.id,
  };
  const delivery = deliveryId(store.partnership, name);
  // A request that waits is among the items.
  const held = meanwhile.flatMap(({ reply, awaited }) => (reply && !awaited ? [reply] : []));
  const reply = withMeanwhile(briefCard({ member: row, items, delivery }, today, directory), held);
  return rarer ? withStepBack(reply, row, rarer) : reply;
}

/** The reader's day: in their own zone, when the brief really goes out. */
function todayOf(member: Member, { partnership, now }: Scene): Day {
  return dayOf(now, zoneOf(member, partnership));
}
