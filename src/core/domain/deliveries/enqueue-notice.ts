import type { Address } from '../../message/address.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { insertOnce } from '../../ports/store.ts';
import type { WriteContext } from '../partnerships/write-context.ts';
import { type DeliveryName, deliveries, preparedDelivery } from './delivery.ts';

/** What a notice says, and when it is sent. */
interface NoticeContent {
  reply: Reply;
  at: Date;
  /**
   * Ids of the follow-ups that it names, besides its subject, and of people who have left the partner that is its subject.
   * It is not sent if one of them is hidden by then.
   */
  about?: readonly string[];
  /** Only coordinators get it: it is not sent to somebody who no longer coordinates when it is due. */
  forCoordinators?: true;
  awaited?: boolean;
  /** The member who has given the recipient what it names. */
  assignedBy?: string | undefined;
  /** It is about somebody's safety: nothing holds it back, and it has no Fewer button. */
  urgent?: true;
  /** Where to send it, if the member still has that identity. Without it, to wherever the member is written to. */
  address?: Address;
}

/**
 * Queues a message that has no schedule of its own, such as a request or the answer to one. It is sent at once unless
 * quiet hours, a pause or the weekly cap hold it back (see `jobs/notice.ts`). It gets the button "Fewer of these", unless
 * it is urgent.
 */
export async function enqueueNotice(
  notice: Omit<DeliveryName, 'kind'> & NoticeContent,
  deps: Pick<WriteContext, 'store' | 'wake'>,
): Promise<void> {
  const { subject, occurrence, recipient, at } = notice;
  const reply = notice.urgent ? notice.reply : withFewerButton(notice.reply);
  const name = { kind: 'notice', subject, occurrence, recipient };
  const facts = {
    reply,
    items: [],
    createdAt: at,
    nextRunAt: at,
    awaited: notice.awaited ?? false,
  };
  const row = preparedDelivery(deps.store.partnership, name, facts);
  const how = {
    address: notice.address ?? null,
    urgent: notice.urgent ?? null,
    about: notice.about ? [...notice.about] : null,
    assignedBy: notice.assignedBy ?? null,
    forCoordinators: notice.forCoordinators ?? null,
  };
  await insertOnce(deps.store.of(deliveries), { ...row, ...how });
  deps.wake();
}

type SharedNotice = Omit<DeliveryName, 'kind' | 'recipient'> & NoticeContent;

/** Queues the same notice for several members. It can be repeated. */
export async function enqueueNotices(
  recipients: readonly { id: string }[],
  notice: SharedNotice,
  deps: Pick<WriteContext, 'store' | 'wake'>,
): Promise<void> {
  for (const { id: recipient } of recipients) await enqueueNotice({ ...notice, recipient }, deps);
}

/** The same for coordinators. Somebody who no longer coordinates when it is due does not get it. */
export function enqueueCoordinatorNotices(
  coordinators: readonly { id: string }[],
  notice: SharedNotice,
  deps: Pick<WriteContext, 'store' | 'wake'>,
): Promise<void> {
  return enqueueNotices(coordinators, { ...notice, forCoordinators: true }, deps);
}

/** Every message that the recipient did not ask for has this button. */
export const fewerButton: Button = { label: 'Fewer of these', command: 'fewer', args: {} };

/** The message with the Fewer button added to its last row of buttons. */
export function withFewerButton(reply: Reply): Reply {
  const card = reply.card ?? [];
  const last = card.at(-1);
  const blocks: Block[] =
    last?.kind === 'buttons'
      ? [...card.slice(0, -1), { ...last, buttons: [...last.buttons, fewerButton] }]
      : [...card, { kind: 'buttons', buttons: [fewerButton] }];
  return { ...reply, card: blocks };
}
