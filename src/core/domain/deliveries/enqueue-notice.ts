import { derivedId } from '../../base/id.ts';
import type { Address } from '../../message/address.ts';
import type { Reply } from '../../message/reply.ts';
import { insertOnce, type New } from '../../ports/store.ts';
import type { WriteContext } from '../partnerships/write-context.ts';
import { type Delivery, deliveries } from './delivery.ts';
import { withFewer } from './fewer-button.ts';

/** What names a delivery: the ledger has one row for each. */
export type DeliveryName = Pick<Delivery, 'kind' | 'subject' | 'occurrence' | 'recipient'>;

/** The id of a ledger row: unique for (partnership, kind, subject, occurrence, recipient). */
export function deliveryId(partnership: string, name: DeliveryName): string {
  return derivedId(
    'delivery',
    partnership,
    name.kind,
    name.subject,
    name.occurrence,
    name.recipient,
  );
}

/** A ledger row as it begins. */
export function preparedDelivery(
  partnership: string,
  name: DeliveryName,
  rest: Pick<Delivery, 'reply' | 'items' | 'createdAt' | 'nextRunAt' | 'awaited'>,
): New<Delivery> {
  return {
    id: deliveryId(partnership, name),
    ...name,
    ...rest,
    state: 'prepared',
    address: null,
    message: null,
    deadline: null,
    tries: 0,
    repeat: false,
    reason: null,
    sentAt: null,
    claim: null,
    sending: null,
  };
}

/** A ledger row of something that was owed and will not come: final from the beginning. `items`: what it would have told. */
export function skippedDelivery(
  partnership: string,
  name: DeliveryName,
  { reason, at, items = [] }: { reason: string; at: Date; items?: string[] },
): New<Delivery> {
  const facts = { reply: null, items, createdAt: at, nextRunAt: null, awaited: false };
  return { ...preparedDelivery(partnership, name, facts), state: 'skipped', reason };
}

/** What a notice says, and when. */
interface NoticeContent {
  reply: Reply;
  at: Date;
  awaited?: true;
  /** Where it has to go, if that is still theirs; without it, where they are written to by then. */
  address?: Address;
}

/**
 * Owes a member a message that has no schedule behind it (a request, an answer to one). It goes out at once, but for
 * quiet hours, a pause and the weekly cap (see `jobs/notice.ts`). Each may be had less of.
 */
export async function enqueueNotice(
  notice: Omit<DeliveryName, 'kind'> & NoticeContent,
  deps: Pick<WriteContext, 'store' | 'wake'>,
): Promise<void> {
  const { subject, occurrence, recipient, at } = notice;
  const reply = withFewer(notice.reply);
  const name = { kind: 'notice', subject, occurrence, recipient };
  const facts = {
    reply,
    items: [],
    createdAt: at,
    nextRunAt: at,
    awaited: notice.awaited ?? false,
  };
  const row = preparedDelivery(deps.store.partnership, name, facts);
  await insertOnce(deps.store.of(deliveries), { ...row, address: notice.address ?? null });
  deps.wake();
}
