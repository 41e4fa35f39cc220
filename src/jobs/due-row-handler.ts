import type { Directory } from '../core/domain/directory/directory.ts';
import type { Partnership } from '../core/domain/partnerships/partnership.ts';
import type { Address } from '../core/message/address.ts';
import type { Reply } from '../core/message/reply.ts';
import type { Declaration, DueRow, Store, Stores } from '../core/ports/store.ts';

/** What a piece of work sees: one tenant, its names, one instant. */
export interface JobContext {
  store: Store;
  stores: Stores;
  partnership: Partnership;
  directory: Directory;
  now: Date;
}

/** A message to be sent, composed from the facts as they are when it goes out. */
export interface Message {
  /** Member id, or the channel's key. */
  recipient: string;
  /** Null: nobody knows how to reach them. */
  address: Address | null;
  reply: Reply;
  /** Occurrences of what it tells of. */
  items: string[];
}

/**
 * One kind of scheduled work over one collection of due rows. The protocol (claim, ledger, send, move on) is the
 * same for all; a kind says when, what, and what comes next.
 */
export interface DueRowHandler<T extends DueRow> {
  name: string;
  rows: Declaration<T>;
  /** The fact: when it is due; null when there is nothing (any more). */
  dueAt(row: T): Date | null;
  /** Names this firing; changes only with the schedule. */
  occurrence(row: T): string;
  /** Until when courtesy holds it back: quiet hours, a pause, the cap. `now` or earlier: not at all. */
  heldUntil?(row: T, scene: JobContext): Promise<Date>;
  /** What to say, or undefined when there is nothing to say (or it is too late for it). */
  composeReply(row: T, scene: JobContext): Promise<Message | undefined>;
  /** The row after this firing: its next schedule, or at rest. `said`: whether there was something to say. */
  advance(row: T, scene: JobContext, said: boolean): T;
  /**
   * What else is to be noted once it has been sent, or for good cannot be; each step may be repeated.
   * @param reached whether it was sent.
   */
  done?(row: T, message: Message, reached: boolean, scene: JobContext): Promise<void>;
  /** False: a message that may have been posted already is not sent again (a channel would see it twice). */
  repeatWhenUnknown: boolean;
  /** Where more is due than can be done at once, it lets go first what somebody has given a clock time. */
  lowPriority?: true;
}
