import type { RichTextBlock, RichTextElement } from '@slack/types';
import { splitText, truncate } from '../../../core/base/text.ts';
import type { RichText } from '../../../core/message/rich-text.ts';
import { type ReaderContext, type ShownNode, unixSeconds } from '../../shared/inline-nodes.ts';
import { groupElements } from './fit.ts';
import { MOMENT_FORMAT, shownNodes } from './text.ts';

/** A longer text becomes several elements, which read as one. */
const MAX_ELEMENT_LENGTH = 1000;

/**
 * Rich text as blocks in which Slack reads nothing as markup. Usually one block; several for a very long text, none for
 * an empty one: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 */
export function richTextBlocks(text: RichText, reader: ReaderContext): readonly RichTextBlock[] {
  return groupElements(shownNodes(text, reader).flatMap(elementsOf)).map((elements) => ({
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements }],
  }));
}

function elementsOf(node: ShownNode): readonly RichTextElement[] {
  switch (node.kind) {
    case 'text':
      return splitText(node.text, MAX_ELEMENT_LENGTH).map((text) => ({ type: 'text', text }));
    case 'bold':
      return splitText(node.text, MAX_ELEMENT_LENGTH).map((text) => ({
        type: 'text',
        text,
        style: { bold: true },
      }));
    case 'link':
      return [{ type: 'link', url: node.url, text: truncate(node.text, MAX_ELEMENT_LENGTH) }];
    case 'user':
      return [{ type: 'user', user_id: node.user }];
    case 'channel':
      return [{ type: 'channel', channel_id: node.channel }];
    case 'moment':
      return [
        {
          type: 'date',
          timestamp: unixSeconds(node.at),
          format: MOMENT_FORMAT,
          fallback: node.text,
        },
      ];
  }
}
