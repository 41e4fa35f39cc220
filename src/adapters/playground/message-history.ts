import { collect } from '../../core/async/collect.ts';
import { type Store, unlessStoreFails, updateWithRetry } from '../../core/ports/store.ts';
import {
  isVisible,
  type Message,
  type MessageDraft,
  messageRow,
  playgroundMessages,
} from './messages.ts';
import type { Activity } from './wire.ts';

/**
 * The messages of all rooms. They are in the store; a summary of each is in memory, so that badges cost no reads. While
 * the store takes no writes, new messages and changes are in memory only, until the process ends.
 */
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
  /** Messages that the store could not take, as they are now. */
  const unsaved = new Map<string, Message>();
  let order = 0;
  // Starts at the time of the start, so that an open page notices a restarted process.
  let revision = Date.now();

  function remember(message: MessageSummary): void {
    const { id, room, from, visibleTo } = message;
    summaries.set(id, { id, room, from, visibleTo });
    revisions.set(room, ++revision);
  }

  function keepUnsaved(message: Message): Message {
    unsaved.set(message.id, message);
    return message;
  }

  const get = async (id: string) => unsaved.get(id) ?? rows.get(id);

  return {
    async load() {
      summaries.clear();
      unsaved.clear();
      order = 0;
      for (const room of revisions.keys()) revisions.set(room, ++revision);
      for await (const message of rows.all({ index: 'byId' })) {
        remember(message);
        order = Math.max(order, message.order);
      }
    },
    async add(drafts) {
      const fresh = drafts.map((draft) => messageRow(draft, ++order));
      const added = await unlessStoreFails(
        () => rows.insertAll(fresh),
        () => fresh.map((message) => keepUnsaved({ ...message, version: 0 })),
      );
      for (const message of added) if (message) remember(message);
    },
    get,
    async update(id, change) {
      const message = await unlessStoreFails(
        () => updateWithRetry(rows, id, (row) => ({ ...row, ...change })),
        () => undefined,
      );
      if (message) unsaved.delete(id);
      const existing = message ? undefined : await get(id);
      const updated = message ?? (existing && keepUnsaved({ ...existing, ...change }));
      if (updated) remember(updated);
      return updated;
    },
    async remove(id) {
      await unlessStoreFails(
        () => rows.remove(id),
        () => false,
      );
      unsaved.delete(id);
      const removed = summaries.get(id);
      summaries.delete(id);
      if (removed) revisions.set(removed.room, ++revision);
    },
    async visibleTo(room, member) {
      const stored = await collect(rows.all({ index: 'byRoom', where: { room } }));
      const all = new Map(stored.map((message) => [message.id, message]));
      for (const [id, message] of unsaved) if (message.room === room) all.set(id, message);
      return [...all.values()]
        .toSorted((a, b) => a.order - b.order)
        .filter((message) => isVisible(message, member));
    },
    activity(room, member) {
      const others = [...summaries.values()].filter(
        (summary) => summary.room === room && summary.from !== member && isVisible(summary, member),
      );
      return { received: others.length, revision: revisions.get(room) ?? 0 };
    },
  };
}
