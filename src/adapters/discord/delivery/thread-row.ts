import { derivedId } from '../../../core/base/id.ts';
import type { Identity } from '../../../core/message/invocation.ts';
import { defineCollection, type Row } from '../../../core/ports/store.ts';

/** The private thread of a person whose direct messages are closed. */
export interface Thread extends Row {
  /** Discord's id of the thread. */
  thread: string;
}

export const threads = defineCollection<Thread>()({
  name: 'discordThreads',
  scope: 'partnership',
  fields: { thread: 'text' },
  indexes: {},
});

/** The id of the row of a person's thread in a channel. */
export function threadId({ workspace, user }: Identity, channel: string): string {
  return derivedId('discord-thread', workspace, user, channel);
}
