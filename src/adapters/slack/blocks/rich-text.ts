import type { RichTextBlock, RichTextElement } from '@slack/types';
import { partsOf, shortened } from '../../../core/base/text.ts';
import type { RichText } from '../../../core/message/rich-text.ts';
import { type ReaderContext, type ShownNode, unixOf } from '../../shared/inline-nodes.ts';
import { grouped } from '../fit.ts';
import { MOMENT } from '../text.ts';
import { shownPieces } from './pieces.ts';

/** Characters of one element; a longer text is several, which read on as one. */
const LONGEST_ELEMENT = 1000;

/**
 * Rich text as blocks that Slack shows character by character: nothing in them is read as markup. Nearly always one,
 * for a very long text several, for none none. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 */
export function richTextBlocks(text: RichText, reader: ReaderContext): readonly RichTextBlock[] {
  return grouped(shownPieces(text, reader).flatMap(elementsOf)).map((elements) => ({
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements }],
  }));
}

function elementsOf(piece: ShownNode): readonly RichTextElement[] {
  switch (piece.kind) {
    case 'text':
      return partsOf(piece.text, LONGEST_ELEMENT).map((text) => ({ type: 'text', text }));
    case 'bold':
      return partsOf(piece.text, LONGEST_ELEMENT).map((text) => ({
        type: 'text',
        text,
        style: { bold: true },
      }));
    case 'link':
      return [{ type: 'link', url: piece.url, text: shortened(piece.text, LONGEST_ELEMENT) }];
    case 'user':
      return [{ type: 'user', user_id: piece.user }];
    case 'channel':
      return [{ type: 'channel', channel_id: piece.channel }];
    case 'moment':
      return [{ type: 'date', timestamp: unixOf(piece.at), format: MOMENT, fallback: piece.text }];
  }
}
