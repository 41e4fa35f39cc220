import { type APITextDisplayComponent, ComponentType, MessageFlags } from 'discord.js';
import type { Block, Reply } from '../../../core/message/reply.ts';
import type { RichText } from '../../../core/message/rich-text.ts';
import { uniqueIds } from '../../shared/overflow-menu.ts';
import { actionRows, buttonRows } from './button.ts';
import { withDeliveryMark } from './delivery-mark.ts';
import { fitParts, type MessageComponent, type Part } from './fit.ts';
import { MAX_MESSAGE_LENGTH } from './limits.ts';
import { markdownParts, type ReaderContext } from './text.ts';

/** A message as Discord's API takes it: https://discord.com/developers/docs/components/reference */
export interface DiscordMessage {
  flags: MessageFlags.IsComponentsV2;
  components: MessageComponent[];
  /** Nobody who is mentioned gets a notification: https://discord.com/developers/docs/resources/message#allowed-mentions-object */
  allowed_mentions: { parse: [] };
}

/** How much room a card takes. */
interface Layout {
  /** Whether a row's buttons are one menu. */
  folded: boolean;
  /** A longer text becomes several. Short texts waste less room if not all of them fit. */
  maxTextLength: number;
}

/** The largest layout first. */
const layouts: readonly Layout[] = [
  { folded: false, maxTextLength: MAX_MESSAGE_LENGTH },
  { folded: true, maxTextLength: MAX_MESSAGE_LENGTH },
  { folded: true, maxTextLength: 500 },
];

/**
 * A reply as a message, within Discord's limits.
 * @param delivery the id of the delivery, with which `hasDeliveryMark` finds the message again.
 */
export function messageOf(reply: Reply, reader: ReaderContext, delivery?: string): DiscordMessage {
  const card: readonly Block[] = [{ kind: 'text', text: reply.text }, ...(reply.card ?? [])];
  const components = fitParts(
    layouts.map((layout) => () => card.flatMap((block) => partsOfBlock(block, reader, layout))),
  );
  return {
    flags: MessageFlags.IsComponentsV2,
    components: withDeliveryMark(withUniqueIds(components), delivery),
    allowed_mentions: { parse: [] },
  };
}

function partsOfBlock(
  block: Block,
  reader: ReaderContext,
  { folded, maxTextLength }: Layout,
): readonly Part[] {
  switch (block.kind) {
    case 'text':
      return textsOf(block.text, reader, maxTextLength).map((shown) => [shown]);
    case 'note':
      return textsOf(block.text, reader, maxTextLength).map((shown) => [smallText(shown)]);
    case 'row':
      return [
        [
          ...textsOf(block.text, reader, maxTextLength),
          ...actionRows(block.buttons, reader, folded),
        ],
      ];
    case 'buttons':
      return buttonRows(block.buttons, reader).map((shown) => [shown]);
  }
}

function textsOf(
  text: RichText,
  reader: ReaderContext,
  maxLength: number,
): APITextDisplayComponent[] {
  return markdownParts(text, reader, maxLength)
    .filter((content) => /[^\s\u200B\u2060]/.test(content))
    .map((content) => ({ type: ComponentType.TextDisplay, content }));
}

function smallText({ type, content }: APITextDisplayComponent): APITextDisplayComponent {
  return { type, content: smallLines(content) };
}

/** A small grey text. Each line is marked on its own. */
export const smallLines = (content: string): string => content.replace(/^(?=.*\S)/gm, '-# ');

/** Makes the ids of buttons and menus unique in their message. */
export function withUniqueIds(components: readonly MessageComponent[]): MessageComponent[] {
  const unique = uniqueIds();
  return components.map((shown) =>
    shown.type === ComponentType.ActionRow
      ? {
          ...shown,
          components: shown.components.map((one) => ({ ...one, custom_id: unique(one.custom_id) })),
        }
      : shown,
  );
}
