import type { ContextBlock, KnownBlock } from '@slack/types';
import { truncate } from '../../../core/base/text.ts';
import type { Block, Reply } from '../../../core/message/reply.ts';
import { joined, type RichText } from '../../../core/message/rich-text.ts';
import { type Unique, uniqueIds } from '../../shared/overflow-menu.ts';
import { buttonBlocks, rowBlocks } from './button.ts';
import { escapeMrkdwn } from './escape.ts';
import { fitParts, type Part } from './fit.ts';
import {
  MAX_BLOCKS_PER_MESSAGE,
  MAX_FALLBACK_LENGTH,
  MAX_MESSAGE_BYTES,
  MAX_TEXT_LENGTH,
} from './limits.ts';
import { plainText } from './plain-text.ts';
import { richTextBlocks } from './rich-text.ts';
import { mrkdwn, plain, type ReaderContext } from './text.ts';

/** A message as `chat.postMessage` and `chat.update` take it. */
export interface SlackMessage {
  /** The whole text, for notifications, screen readers and searches, which show no blocks. */
  text: string;
  blocks: KnownBlock[];
}

/** A reply as a message, within Slack's limits. */
export function messageOf(reply: Reply, reader: ReaderContext): SlackMessage {
  const limits = { maxBlocks: MAX_BLOCKS_PER_MESSAGE, maxBytes: MAX_MESSAGE_BYTES };
  return { text: fallbackOf(reply, reader), blocks: fitParts(cardParts(reply, reader), limits) };
}

/** The parts of a reply, in reading order. */
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

/** A small grey text. Without any rich parts, it is plain text, which Slack shows exactly as it is. */
function noteBlocks(text: RichText, reader: ReaderContext): readonly KnownBlock[] {
  const words = plain(text, reader);
  if (words.trim() === '') return [];
  const isRich = text.some((node) => !('text' in node || 'day' in node));
  const element: ContextBlock['elements'][number] = isRich
    ? { type: 'mrkdwn', text: mrkdwn(text, reader), verbatim: true }
    : plainText(words, Number.POSITIVE_INFINITY);
  return element.text.length > MAX_TEXT_LENGTH
    ? richTextBlocks(text, reader)
    : [{ type: 'context', elements: [element] }];
}

function fallbackOf(reply: Reply, reader: ReaderContext): string {
  const lines = (reply.card ?? []).flatMap((block) => ('text' in block ? [block.text] : []));
  let words = plain(joined([reply.text, ...lines], '\n'), reader).trim() || '…';
  let shown = escapeMrkdwn(words);
  // An escaped character is longer than one.
  while (shown.length > MAX_FALLBACK_LENGTH) {
    words = truncate(words, Math.min(MAX_FALLBACK_LENGTH, Math.floor(words.length * 0.9)));
    shown = escapeMrkdwn(words);
  }
  return shown;
}
