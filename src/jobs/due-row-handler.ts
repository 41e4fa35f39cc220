import type { Directory } from '../core/domain/directory/directory.ts';
import type { Partnership } from '../core/domain/partnerships/partnership.ts';
import type { PersonalData } from '../core/domain/personal-data/personal-data.ts';
import type { RetentionRule } from '../core/domain/retention/rules.ts';
import type { Address } from '../core/message/address.ts';
import type { Reply } from '../core/message/reply.ts';
import type { ErasureRecords } from '../core/ports/erasure-records.ts';
import type { Adapter, FileContent } from '../core/ports/platform.ts';
import type { Declaration, DueRow, Store, Stores } from '../core/ports/store.ts';

/** Adapters by platform. */
export type Adapters = ReadonlyMap<string, Adapter>;

/** What is known of one job: its partnership, the names in it, and the instant it runs at. */
export interface JobContext {
  store: Store;
  stores: Stores;
  partnership: Partnership;
  directory: Directory;
  now: Date;
  /** The adapters of this process, by platform: for handlers that change or delete messages. */
  adapters: Adapters;
  /** What the retention job has to know of the adapters' collections. */
  adapterRules?: readonly RetentionRule[];
  /** What the erasure job has to know of the adapters' collections. */
  adapterPersonalData?: readonly PersonalData[];
  /** Without it, this process erases nothing. */
  erasureRecords?: ErasureRecords;
  /** Called when the retention job has removed rows, or their words. */
  onRowsRemoved?: (report: RemovalReport) => void;
}

/** How many rows of one kind were removed, or lost their words. */
export interface RemovalReport {
  what: string;
  rows: number;
}

/** A message to be sent, composed from the facts at the time of sending. */
export interface Message {
  /** Member id, or the channel's key. */
  recipient: string;
  /** Null: there is no known way to reach the recipient. */
  address: Address | null;
  reply: Reply;
  /** The items that the message covers, as the ledger lists them. */
  items: string[];
  /** A file to send with it. */
  file?: FileContent;
}

/**
 * One kind of scheduled work over one collection of due rows. The protocol (claim, ledger, send, advance) is the same
 * for all; a handler says when, what, and what comes next.
 */
export interface DueRowHandler<T extends DueRow> {
  /** The `kind` of its jobs, ledger rows and metrics. */
  name: string;
  rows: Declaration<T>;
  /** When the row is due; null when nothing is (any more). */
  dueAt(row: T): Date | null;
  /** Names this occurrence of the row; changes only with its schedule. */
  occurrence(row: T): string;
  /** Until when the notification policy holds it back: quiet hours, a pause, the cap. `now` or earlier: not at all. */
  heldUntil?(row: T, context: JobContext): Promise<Date>;
  /** The message, or undefined when there is nothing to say (or it is too late for it). */
  composeReply(row: T, context: JobContext): Promise<Message | undefined>;
  /** The row after this occurrence: with its next schedule, or with none. `hadMessage`: whether there was something to say. */
  advance(row: T, context: JobContext, hadMessage: boolean): T;
  /**
   * Records what the message said, once it was sent or can never be. Each step has to be repeatable.
   * @param wasSent false: it can never be sent.
   */
  afterDelivery?(row: T, message: Message, wasSent: boolean, context: JobContext): Promise<void>;
  /** False: a message that may have been posted is not sent again, because a channel would see it twice. */
  repeatWhenUnknown: boolean;
  /** The recipient has asked for the message: it has no Why button. */
  wasAskedFor?: true;
  /** When more rows are due than can be sent at once, rows of other handlers go first. */
  lowPriority?: true;
  /** Also runs for a partnership that was merged into another. It sends nothing. */
  runsWhenMerged?: true;
}
