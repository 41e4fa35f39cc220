import { ComponentType } from 'discord.js';
import type { Reply } from '../../../core/message/reply.ts';
import { rich } from '../../../core/message/rich-text.ts';
import { type DiscordMessage, messageOf } from '../render.ts';
import type { ReaderContext } from '../text.ts';

/** What a channel sees when somebody's direct messages are closed: nothing of what it is about. */
const waiting: Reply = {
  text: rich`Something of yours is waiting. "Show me" shows it to you alone.`,
  card: [{ kind: 'buttons', buttons: [{ label: 'Show me', command: 'today', args: {} }] }],
};

/** A message that mentions somebody, and calls nobody else. */
export function mentionOf(user: string, reader: ReaderContext, delivery: string) {
  const message = messageOf(waiting, reader, delivery);
  const components = message.components.map((shown): DiscordMessage['components'][number] =>
    shown.type === ComponentType.TextDisplay
      ? { ...shown, content: `<@${user}> ${shown.content}` }
      : shown,
  );
  return { ...message, components, allowed_mentions: { parse: [], users: [user] } };
}
