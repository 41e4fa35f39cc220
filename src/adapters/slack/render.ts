import type { ContextBlock, KnownBlock } from '@slack/types';
import { shortened } from '../../core/base/text.ts';
import type { Block, Reply } from '../../core/message/reply.ts';
import { joined, type RichText } from '../../core/message/rich-text.ts';
import { type Unique, uniqueIds } from '../shared/overflow-menu.ts';
import { richTextBlocks } from './blocks/rich-text.ts';
import { buttonBlocks, rowBlocks } from './button.ts';
import { escaped } from './escape.ts';
import { fitted, type Part } from './fit.ts';
import {
  LONGEST_FALLBACK,
  LONGEST_TEXT,
  MOST_BLOCKS_OF_MESSAGE,
  MOST_BYTES_OF_MESSAGE,
} from './limits.ts';
import { plainText } from './plain-text.ts';
import { mrkdwn, plain, type ReaderContext } from './text.ts';

/** A message as `chat.postMessage` and `chat.update` take it. */
export interface SlackMessage {
  /** All its words, for what shows no blocks: a notification, a screen reader, a search. */
  text: string;
  blocks: KnownBlock[];
}

/** A reply as a message, within Slack's limits. */
export function messageOf(reply: Reply, reader: ReaderContext): SlackMessage {
  const room = { blocks: MOST_BLOCKS_OF_MESSAGE, bytes: MOST_BYTES_OF_MESSAGE };
  return { text: fallbackOf(reply, reader), blocks: fitted(cardParts(reply, reader), room) };
}

/** The parts of a reply as blocks, in reading order. */
export function cardParts(reply: Reply, reader: ReaderContext): readonly Part[] {
  const unique = uniqueIds();
  const card: readonly Block[] = [{ kind: 'text', text: reply.text }, ...(reply.card ?? [])];
  return card.flatMap((block) => partsOfBlock(block, reader, unique));
}

function partsOfBlock(block: Block, reader: ReaderContext, unique: Unique): readonly Part[] {
  switch (block.kind) {
    case 'text':
      return richTextBlocks(block.text, reader).map((shown) => [shown]);
    case 'note':
      return noteBlocks(block.text, reader).map((shown) => [shown]);
    case 'row':
      return [[...richTextBlocks(block.text, reader), ...rowBlocks(block.buttons, reader, unique)]];
    case 'buttons':
      return buttonBlocks(block.buttons, reader, unique).map((shown) => [shown]);
  }
}

/** Small and grey. Where there is nothing but text, it stands exactly as it is. */
function noteBlocks(text: RichText, reader: ReaderContext): readonly KnownBlock[] {
  const words = plain(text, reader);
  if (words.trim() === '') return [];
  const marked = text.some((piece) => !('text' in piece || 'day' in piece));
  const element: ContextBlock['elements'][number] = marked
    ? { type: 'mrkdwn', text: mrkdwn(text, reader), verbatim: true }
    : plainText(words, Number.POSITIVE_INFINITY);
  return element.text.length > LONGEST_TEXT
    ? richTextBlocks(text, reader)
    : [{ type: 'context', elements: [element] }];
}

function fallbackOf(reply: Reply, reader: ReaderContext): string {
  const lines = (reply.card ?? []).flatMap((block) => ('text' in block ? [block.text] : []));
  let words = plain(joined([reply.text, ...lines], '\n'), reader).trim() || '…';
  let shown = escaped(words);
  // An escaped character is several.
  while (shown.length > LONGEST_FALLBACK) {
    words = shortened(words, Math.min(LONGEST_FALLBACK, Math.floor(words.length * 0.9)));
    shown = escaped(words);
  }
  return shown;
}
