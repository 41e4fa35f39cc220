import { ComponentType } from 'discord.js';
import type { Reply } from '../../core/reply.ts';
import { rich } from '../../core/rich-text.ts';
import { type DiscordMessage, messageOf } from './render.ts';
import type { Reader } from './text.ts';

/** What a channel sees when somebody's direct messages are closed: nothing of what it is about. */
const waiting: Reply = {
  text: rich`Something of yours is waiting. /today shows it to you alone.`,
  card: [{ kind: 'buttons', buttons: [{ label: 'Show me', command: 'today', args: {} }] }],
};

/** A message that calls somebody, and nobody else. */
export function callTo(user: string, reader: Reader, delivery: string) {
  const message = messageOf(waiting, reader, delivery);
  const components = message.components.map((shown): DiscordMessage['components'][number] =>
    shown.type === ComponentType.TextDisplay
      ? { ...shown, content: `<@${user}> ${shown.content}` }
      : shown,
  );
  return { ...message, components, allowed_mentions: { parse: [], users: [user] } };
}
