import type { MessageFlags } from 'discord.js';
import type { Block, Reply } from '../../../core/message/reply.ts';
import { type ActionRow, buttonRows } from './button.ts';
import { withDeliveryMark } from './delivery-mark.ts';
import { MAX_CONTENT_LENGTH, MAX_ROWS_WITH_CONTENT } from './limits.ts';
import { type DiscordMessage, smallLines, withUniqueIds } from './message.ts';
import { markdownParts, type ReaderContext } from './text.ts';

/** A message of the older kind: text, with rows of buttons below it. */
export interface MessageWithContent {
  content: string;
  components: DiscordMessage['components'];
  allowed_mentions: { parse: []; users?: string[] };
}

/** A message that nobody asked for, as it is posted. */
export interface FirstPost {
  message: MessageWithContent;
  /** False: it is the first sentence only, and an edit into components has to follow (see `edited`). */
  isWhole: boolean;
}

/**
 * A reply as it is posted when nobody asked for it. Phones are reported to show nothing of a message of components in
 * their notifications (https://github.com/discord/discord-api-docs/issues/7854), and Discord refuses `content` beside
 * them. So it begins as a message of the older kind. If all of it fits into one, it stays that.
 * @param delivery the id of the delivery, with which `hasDeliveryMark` finds the message again if it has buttons.
 */
export function firstPostOf(reply: Reply, reader: ReaderContext, delivery: string): FirstPost {
  const blocks: readonly Block[] = [{ kind: 'text', text: reply.text }, ...(reply.card ?? [])];
  const firstButtons = blocks.findIndex((block) => 'buttons' in block && block.buttons.length > 0);
  const end = firstButtons < 0 ? blocks.length : firstButtons;
  const texts = blocks.slice(0, end).flatMap((block) => textOf(block, reader));
  const footer = blocks.slice(end).every(({ kind }) => kind === 'buttons') ? blocks.slice(end) : [];
  const rows = footer.flatMap((block) =>
    block.kind === 'buttons' ? buttonRows(block.buttons, reader) : [],
  );
  const whole = texts.join('\n');
  const isWhole =
    whole.length <= MAX_CONTENT_LENGTH &&
    rows.length > 0 &&
    rows.length <= MAX_ROWS_WITH_CONTENT &&
    footer.length === blocks.length - end;
  return {
    message: {
      content: (isWhole ? whole : texts[0]) || '…',
      components: marked(rows.slice(0, MAX_ROWS_WITH_CONTENT), delivery),
      allowed_mentions: { parse: [] },
    },
    isWhole,
  };
}

const marked = (rows: ActionRow[], delivery: string) =>
  withDeliveryMark(withUniqueIds(rows), delivery);

function textOf(block: Block, reader: ReaderContext): string[] {
  if (!('text' in block)) return [];
  const parts = markdownParts(block.text, reader, MAX_CONTENT_LENGTH).filter((part) => part.trim());
  return block.kind === 'note' ? parts.map(smallLines) : [...parts];
}

/**
 * A message of components as the body of an edit: a message of the older kind becomes one of them only if its `content`
 * is set to null: https://discord.com/developers/docs/resources/message#edit-message
 */
export const edited = <T extends { flags: MessageFlags }>(message: T): T & { content: null } => ({
  ...message,
  content: null,
});
