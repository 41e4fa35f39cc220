import type { Day } from '../../dates/day.ts';
import { deliveries } from '../../domain/deliveries/delivery.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { Member } from '../../domain/members/member.ts';
import { isSelf } from '../../domain/members/self.ts';
import type { Reply } from '../../message/reply.ts';
import type { Store } from '../../ports/store.ts';
import { presentItems } from './present.ts';
import { toldCard } from './told-card.ts';

/**
 * Tells an answer in the brief whose button was pressed: the brief takes its own place, with its items as they are
 * by now and the answer above them, its Undo included. The items are the ledger's, so that it works for as long as
 * the message stands.
 * @returns the answer as it is, where there is no such brief of this member's.
 */
export async function tellInBrief(
  id: string,
  answer: Reply,
  scene: { store: Store; member: Member; directory: Directory; today: Day },
): Promise<Reply> {
  const { store, member, directory, today } = scene;
  const delivery = await store.of(deliveries).get(id);
  if (delivery?.kind !== 'brief' || !isSelf(member, delivery.recipient)) return answer;
  const told = delivery.occurrence;
  const items = await presentItems(delivery.items, { member, told, today, store });
  return toldCard({ delivery: id, member, items, answer }, today, directory);
}
