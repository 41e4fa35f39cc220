import type { Form } from '../../core/message/form.ts';
import type { Reply } from '../../core/message/reply.ts';
import { defineCollection, type New, type Row } from '../../core/ports/store.ts';

/** The `from` of the bot's messages. */
export const CONVENOR = 'convenor';

/** One message in a room of the playground. */
export interface Message extends Row {
  room: string;
  /** A member's id, or CONVENOR. */
  from: string;
  /** The only member who sees it; null: everybody in the room. */
  visibleTo: string | null;
  at: Date;
  /** What a member typed. */
  said: string | null;
  /** What Convenor said. */
  reply: Reply | null;
  /** The form that is open under it; null once it was submitted. */
  form: Form | null;
  /** The message whose button was pressed for this one. */
  about: string | null;
  /** The id of the delivery that sent it. */
  delivery: string | null;
  /** The file that came with it; null: none. */
  file: MessageFile | null;
  /** Counts up over all rooms. */
  order: number;
}

/** A file in a message. */
export interface MessageFile {
  name: string;
  /** Its media type. */
  type: string;
  /** Its bytes, in base64. */
  content: string;
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
    file: 'data',
    order: 'integer',
  },
  indexes: { byRoom: { on: ['room', 'order'] }, byTime: { on: ['at'] } },
});

/** A message before it has its order. */
export type MessageDraft = Pick<Message, 'id' | 'room' | 'from' | 'at'> & Partial<New<Message>>;

/** The row of a draft; fields that it lacks are null. */
export function messageRow(draft: MessageDraft, order: number): New<Message> {
  const empty = { visibleTo: null, said: null, reply: null, form: null, about: null };
  return { ...empty, delivery: null, file: null, ...draft, order };
}

/** Whether a member sees a message in one of their rooms. */
export function isVisible(message: Pick<Message, 'visibleTo'>, member: string): boolean {
  return message.visibleTo === null || message.visibleTo === member;
}
