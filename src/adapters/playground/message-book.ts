import type { Store } from '../../core/ports/store.ts';
import { updateWithRetry } from '../../core/ports/store.ts';
import { type Draft, isVisible, type Message, playgroundMessages, rowOf } from './messages.ts';
import type { Activity } from './wire.ts';

/** The messages of all rooms: in the store, with their headings in memory, so that badges cost no reads. */
export interface MessageBook {
  /** Reads the headings; before anything else, and after the store was emptied. */
  open(): Promise<void>;
  /** Writes messages, in order. One that stands already (the same id) is left alone. */
  add(drafts: readonly Draft[]): Promise<void>;
  get(id: string): Promise<Message | undefined>;
  /** @returns the message as it then stands, or undefined if it is gone. */
  change(id: string, change: Partial<Message>): Promise<Message | undefined>;
  remove(id: string): Promise<void>;
  /** What a member sees in a room, the oldest first. */
  seen(room: string, member: string): Promise<Message[]>;
  activity(room: string, member: string): Activity;
}

type Heading = Pick<Message, 'id' | 'room' | 'from' | 'visibleTo'>;

/** Opens the book of a partnership's playground. */
export function messageBookOf(store: Store): MessageBook {
  const rows = store.of(playgroundMessages);
  const headings = new Map<string, Heading>();
  const changed = new Map<string, number>();
  let order = 0;
  // Counts on from the time of the start, so that a page never takes a new process for the old one.
  let moves = Date.now();

  function note(message: Heading): void {
    const { id, room, from, visibleTo } = message;
    headings.set(id, { id, room, from, visibleTo });
    changed.set(room, ++moves);
  }

  return {
    async open() {
      headings.clear();
      order = 0;
      for (const room of changed.keys()) changed.set(room, ++moves);
      for await (const page of rows.pages({ index: 'byId' })) {
        for (const message of page) {
          note(message);
          order = Math.max(order, message.order);
        }
      }
    },
    async add(drafts) {
      const added = await rows.insertAll(drafts.map((draft) => rowOf(draft, ++order)));
      for (const message of added) note(message);
    },
    get: (id) => rows.get(id),
    async change(id, change) {
      const message = await updateWithRetry(rows, id, (row) => ({ ...row, ...change }));
      if (message) note(message);
      return message;
    },
    async remove(id) {
      await rows.remove(id);
      const heading = headings.get(id);
      headings.delete(id);
      if (heading) changed.set(heading.room, ++moves);
    },
    async seen(room, member) {
      const seen: Message[] = [];
      for await (const page of rows.pages({ index: 'byRoom', where: { room } })) {
        seen.push(...page.filter((message) => isVisible(message, member)));
      }
      return seen;
    },
    activity(room, member) {
      const others = [...headings.values()].filter(
        (heading) => heading.room === room && heading.from !== member && isVisible(heading, member),
      );
      return { heard: others.length, changed: changed.get(room) ?? 0 };
    },
  };
}
