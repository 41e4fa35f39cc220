import { derivedId } from '../../base/id.ts';
import type { Address } from '../../message/address.ts';
import type { Reply } from '../../message/reply.ts';
import { type DueRow, defineCollection, type New, type Store } from '../../ports/store.ts';
import type { Refusal } from '../members/refusals.ts';

/**
 * prepared → sending → sent, or `permanent` if it cannot be delivered. `unknown`: no answer came, so it may have
 * been posted or not. `withdrawn`: the schedule changed first. `skipped`: it was too late, or over the weekly cap.
 */
const deliveryStates = [
  'prepared',
  'sending',
  'sent',
  'unknown',
  'permanent',
  'withdrawn',
  'skipped',
] as const;
type DeliveryState = (typeof deliveryStates)[number];

/** The ledger row of one message to be sent. Its id is made of kind, subject, occurrence and recipient. */
export interface Delivery extends DueRow {
  /** `reminder`, `brief`, `digest` or `notice`. */
  kind: string;
  /** The id of the due row it is for; for a notice, of the row it is about. */
  subject: string;
  occurrence: string;
  /** Member id, or the channel's key for a digest. */
  recipient: string;
  state: DeliveryState;
  /** Where it goes; null while there is no known way to reach the recipient. */
  address: Address | null;
  /** The recipient's identities that have refused it. It goes to the next one. */
  refusedBy: Refusal[] | null;
  /** The platform's id of the message, once sent. */
  messageId: string | null;
  /** The names of a brief's items (see `itemNames`). */
  items: string[];
  /** The text of a notice, which has no due row to compose it from. */
  reply: Reply | null;
  /** For a notice: ids of follow-ups that it names, besides its subject, and of partners that its reader was given. */
  about: string[] | null;
  /** For a notice: only coordinators get it. Null: its recipient gets it in any case. */
  forCoordinators: boolean | null;
  /** For a notice: it asks the recipient to take something on, and somebody is waiting for their answer. */
  awaited: boolean | null;
  /** For a notice: the member who has given the recipient what it names. It is composed again when it is sent. */
  assignedBy: string | null;
  /** The id of another message that was sent and has said what this one would have said. */
  includedIn: string | null;
  /** For a notice: it is sent at once, also in quiet hours and pauses, and counts against no limit. */
  urgent: boolean | null;
  /** While `sending`: after this instant no process waits for the platform's answer any more. */
  deadline: Date | null;
  /** How many attempts to send there were, the running one included. */
  attempts: number;
  /** Whether the last attempt said that it may be a repeat. */
  markedAsRepeat: boolean | null;
  /** Why it was not sent. */
  reason: string | null;
  createdAt: Date;
  sentAt: Date | null;
}

export const deliveries = defineCollection<Delivery>()({
  name: 'deliveries',
  scope: 'partnership',
  fields: {
    kind: 'text',
    subject: 'text',
    occurrence: 'text',
    recipient: 'text',
    state: 'text',
    address: 'data',
    refusedBy: 'data',
    messageId: 'text',
    items: 'list',
    reply: 'data',
    about: 'list',
    forCoordinators: 'flag',
    awaited: 'flag',
    assignedBy: 'text',
    includedIn: 'text',
    urgent: 'flag',
    deadline: 'moment',
    attempts: 'integer',
    markedAsRepeat: 'flag',
    reason: 'text',
    createdAt: 'moment',
    sentAt: 'moment',
    nextRunAt: 'moment',
    claim: 'text',
    sending: 'text',
  },
  indexes: {
    bySubject: { on: ['subject', 'createdAt'] },
    byRecipient: { on: ['recipient', 'createdAt'] },
    /** Finished rows have no `nextRunAt`. */
    byFinished: { on: ['nextRunAt', 'createdAt'] },
  },
});

/** The fields that identify a delivery. The ledger has one row for each combination. */
export type DeliveryName = Pick<Delivery, 'kind' | 'subject' | 'occurrence' | 'recipient'>;

/** The id of a ledger row, made of the partnership and the delivery's name. */
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

/** A new ledger row, in state `prepared`. */
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
    refusedBy: null,
    messageId: null,
    about: null,
    assignedBy: null,
    includedIn: null,
    forCoordinators: null,
    urgent: null,
    deadline: null,
    attempts: 0,
    markedAsRepeat: false,
    reason: null,
    sentAt: null,
    claim: null,
    sending: null,
  };
}

/** A ledger row for a message that was due and will not be sent. @param items what it would have contained. */
export function skippedDelivery(
  partnership: string,
  name: DeliveryName,
  { reason, at, items = [] }: { reason: string; at: Date; items?: string[] },
): New<Delivery> {
  const facts = { reply: null, items, createdAt: at, nextRunAt: null, awaited: false };
  return { ...preparedDelivery(partnership, name, facts), state: 'skipped', reason };
}

/** How many messages are read: weeks of briefs, with the notices and reminders between them. */
const MAX_RECENT_DELIVERIES = 100;

/** The latest ledger rows of one member, the newest first. */
export async function recentDeliveries(
  member: string,
  store: Store,
  limit = MAX_RECENT_DELIVERIES,
): Promise<Delivery[]> {
  const query = { index: 'byRecipient', where: { recipient: member }, descending: true } as const;
  return (await store.of(deliveries).find(query, limit)).rows;
}
