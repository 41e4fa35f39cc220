import type { Form } from '../../core/message/form.ts';
import type { Reply } from '../../core/message/reply.ts';
import { defineCollection, type New, type Row } from '../../core/ports/store.ts';

/** Who a message of the bot's is from. */
export const CONVENOR = 'convenor';

/** One message in a room of the playground. */
export interface Message extends Row {
  room: string;
  /** A member's id, or `convenor`. */
  from: string;
  /** The one member who sees it; null: everybody in the room. */
  visibleTo: string | null;
  at: Date;
  /** What a member typed. */
  said: string | null;
  /** What Convenor said. */
  reply: Reply | null;
  /** The form that is open under it; null once it has been answered. */
  form: Form | null;
  /** The message whose button opened the form. */
  about: string | null;
  /** The delivery that brought it. */
  delivery: string | null;
  /** Counts up over all rooms. */
  order: number;
}

export const playgroundMessages = defineCollection<Message>()({
  name: 'playgroundMessages',
  scope: 'partnership',
  fields: {
    room: 'text',
    from: 'text',
    visibleTo: 'text',
    at: 'moment',
    said: 'text',
    reply: 'data',
    form: 'data',
    about: 'text',
    delivery: 'text',
    order: 'integer',
  },
  indexes: { byRoom: { on: ['room', 'order'] } },
});

/** A message that has not been given its order yet. */
export type Draft = Pick<Message, 'id' | 'room' | 'from' | 'at'> & Partial<New<Message>>;

/** A draft as a row, what it does not say being nothing. */
export function rowOf(draft: Draft, order: number): New<Message> {
  const nothing = { visibleTo: null, said: null, reply: null, form: null, about: null };
  return { ...nothing, delivery: null, ...draft, order };
}

/** Whether a member sees a message that stands in a room of theirs. */
export function isVisible(message: Pick<Message, 'visibleTo'>, member: string): boolean {
  return message.visibleTo === null || message.visibleTo === member;
}
