import { type Day, dayOf } from '../core/dates/day.ts';
import { briefCard } from '../core/features/briefs/cards.ts';
import { countOf, gather, occurrencesOf, scopeOf } from '../core/features/briefs/gather.ts';
import { nextNudge } from '../core/features/briefs/present.ts';
import { scheduleBrief } from '../core/features/briefs/schedule.ts';
import { deliveryId } from '../core/features/deliveries/owe.ts';
import { type Member, members } from '../core/features/members/store.ts';
import { partners } from '../core/features/partners/store.ts';
import { revise } from '../core/store.ts';
import { addressOf, type Kind, type Scene } from './kind.ts';

/** One message to one member with all that is theirs, on their days, only when there is something. */
export const brief: Kind<Member> = {
  name: 'brief',
  rows: members,
  repeatWhenUnknown: true,
  dueAt: (row) => row.briefDue,
  occurrence: (row) => row.briefDay ?? '',
  async compose(row, scene) {
    const today = todayOf(row, scene);
    const scope = scopeOf(row, scene.partnership, today);
    const items = await gather(row, today, scope, scene.store);
    if (countOf(items) === 0) return undefined;
    const occurrence = row.briefDay ?? '';
    const name = { kind: 'brief', subject: row.id, occurrence, recipient: row.id };
    const delivery = deliveryId(scene.store.partnership, name);
    return {
      recipient: row.id,
      address: addressOf(row),
      reply: briefCard({ member: row, items, delivery }, today, scene.directory),
      items: occurrencesOf(items),
    };
  },
  moveOn: (row, { partnership, now }) => scheduleBrief(row, partnership, now, row.briefDay),
  async sent(row, message, scene) {
    const again = nextNudge(todayOf(row, scene));
    for (const item of message.items) {
      const [sort, partner = '', nudgedFor = ''] = item.split(':');
      if (sort === 'quiet') await nudgeAgain(partner, nudgedFor, again, scene);
    }
  },
};

/** The reader's day: in their own zone, when the brief really goes out. */
function todayOf(member: Member, { partnership, now }: Scene): Day {
  return dayOf(now, member.zone ?? partnership.zone);
}

async function nudgeAgain(
  partner: string,
  nudgedFor: Day,
  again: Day,
  { store }: Scene,
): Promise<void> {
  await revise(store.of(partners), partner, (row) =>
    row.nudgeOn === nudgedFor ? { ...row, nudgeOn: again } : undefined,
  );
}
