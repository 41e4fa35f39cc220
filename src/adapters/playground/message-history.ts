import { type Store, updateWithRetry } from '../../core/ports/store.ts';
import {
  isVisible,
  type Message,
  type MessageDraft,
  messageRow,
  playgroundMessages,
} from './messages.ts';
import type { Activity } from './wire.ts';

/** The messages of all rooms. They are in the store; a summary of each is in memory, so that badges cost no reads. */
export interface MessageHistory {
  /** Reads the summaries. Call it first, and again after the store was emptied. */
  load(): Promise<void>;
  /** Writes messages, in order. One whose id exists already is skipped. */
  add(drafts: readonly MessageDraft[]): Promise<void>;
  get(id: string): Promise<Message | undefined>;
  /** @returns the message after the change; undefined if it is gone. */
  update(id: string, change: Partial<Message>): Promise<Message | undefined>;
  remove(id: string): Promise<void>;
  /** The messages that a member sees in a room, oldest first. */
  visibleTo(room: string, member: string): Promise<Message[]>;
  activity(room: string, member: string): Activity;
}

type MessageSummary = Pick<Message, 'id' | 'room' | 'from' | 'visibleTo'>;

export function messageHistory(store: Store): MessageHistory {
  const rows = store.of(playgroundMessages);
  const summaries = new Map<string, MessageSummary>();
  const revisions = new Map<string, number>();
  let order = 0;
  // Starts at the time of the start, so that an open page notices a restarted process.
  let revision = Date.now();

  function remember(message: MessageSummary): void {
    const { id, room, from, visibleTo } = message;
    summaries.set(id, { id, room, from, visibleTo });
    revisions.set(room, ++revision);
  }

  return {
    async load() {
      summaries.clear();
      order = 0;
      for (const room of revisions.keys()) revisions.set(room, ++revision);
      for await (const page of rows.pages({ index: 'byId' })) {
        for (const message of page) {
          remember(message);
          order = Math.max(order, message.order);
        }
      }
    },
    async add(drafts) {
      const added = await rows.insertAll(drafts.map((draft) => messageRow(draft, ++order)));
      for (const message of added) remember(message);
    },
    get: (id) => rows.get(id),
    async update(id, change) {
      const message = await updateWithRetry(rows, id, (row) => ({ ...row, ...change }));
      if (message) remember(message);
      return message;
    },
    async remove(id) {
      await rows.remove(id);
      const removed = summaries.get(id);
      summaries.delete(id);
      if (removed) revisions.set(removed.room, ++revision);
    },
    async visibleTo(room, member) {
      const messages: Message[] = [];
      for await (const page of rows.pages({ index: 'byRoom', where: { room } })) {
        messages.push(...page.filter((message) => isVisible(message, member)));
      }
      return messages;
    },
    activity(room, member) {
      const others = [...summaries.values()].filter(
        (summary) => summary.room === room && summary.from !== member && isVisible(summary, member),
      );
      return { received: others.length, revision: revisions.get(room) ?? 0 };
    },
  };
}
