import type { Address } from '../../message/address.ts';
import type { Reply } from '../../message/reply.ts';
import { type DueRow, defineCollection } from '../../ports/store.ts';

/** prepared → sending → sent | permanent; `unknown` until resolved; `withdrawn` when the schedule changed first; `skipped` when it was too late, or one too many. */
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

/** The ledger row of one message that Convenor owes somebody. Its id names (kind, subject, occurrence, recipient). */
export interface Delivery extends DueRow {
  /** `reminder`, `brief`, `digest` or `notice`. */
  kind: string;
  /** The due row it is for (for a notice: what it is about). */
  subject: string;
  occurrence: string;
  /** Member id, or the channel's key for a digest. */
  recipient: string;
  state: DeliveryState;
  /** Where it goes; null while nobody knows how to reach the recipient. */
  address: Address | null;
  /** The platform's id of the message, once sent. */
  message: string | null;
  /** What it tells of: the occurrences of a brief's items. */
  items: string[];
  /** For a notice, which has no due row to compose it from: what it says. */
  reply: Reply | null;
  /** For a notice: somebody waits for the recipient's answer, so that a pause does not hold it back. */
  awaited: boolean | null;
  /** While `sending`: after this instant nobody is still waiting for the answer. */
  deadline: Date | null;
  /** Sends tried, the running one included. */
  tries: number;
  /** Whether the last try was marked as a possible repeat. */
  repeat: boolean | null;
  /** Why it was not, or never will be, sent. */
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
    message: 'text',
    items: 'list',
    reply: 'data',
    awaited: 'flag',
    deadline: 'moment',
    tries: 'integer',
    repeat: 'flag',
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
  },
});
