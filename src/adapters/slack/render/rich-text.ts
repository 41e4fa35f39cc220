import type { RichTextBlock, RichTextElement } from '@slack/types';
import { splitText, truncate } from '../../../core/base/text.ts';
import type { RichText } from '../../../core/message/rich-text.ts';
import { type ReaderContext, type ShownNode, unixSeconds } from '../../shared/inline-nodes.ts';
import { groupElements } from './fit.ts';
import { MAX_URL_LENGTH } from './limits.ts';
import { MOMENT_FORMAT, shownNodes } from './text.ts';

/** A longer text becomes several elements, which read as one. */
const MAX_ELEMENT_LENGTH = 1000;

/**
 * Rich text as blocks in which Slack reads nothing as markup. Usually one block; several for a very long text, none for
 * an empty one: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 */
export function richTextBlocks(text: RichText, reader: ReaderContext): readonly RichTextBlock[] {
  return groupElements(shownNodes(text, reader).flatMap(linkAddresses).flatMap(elementsOf)).map(
    (elements) => ({
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements }],
    }),
  );
}

/** An address, without what ends the sentence that it is in. */
const ADDRESS = /https?:\/\/[^\s<>"|]*[^\s<>"|.,;:!?'()[\]…]/gi;

/** Makes links of the addresses in a text. Slack does not do so itself in rich text. */
function linkAddresses(node: ShownNode): readonly ShownNode[] {
  if (node.kind !== 'text' && node.kind !== 'bold') return [node];
  const nodes: ShownNode[] = [];
  let end = 0;
  for (const { 0: address, index } of node.text.matchAll(ADDRESS)) {
    if (!URL.canParse(address) || address.length > MAX_URL_LENGTH) continue;
    if (index > end) nodes.push({ kind: node.kind, text: node.text.slice(end, index) });
    nodes.push({ kind: 'link', text: address, url: address });
    end = index + address.length;
  }
  return end === 0 ? [node] : [...nodes, ...restOf(node, end)];
}

function restOf({ kind, text }: Extract<ShownNode, { kind: 'text' | 'bold' }>, from: number) {
  return from < text.length ? [{ kind, text: text.slice(from) }] : [];
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
    case 'command':
      return splitText(node.text, MAX_ELEMENT_LENGTH).map((text) => ({
        type: 'text',
        text,
        style: { code: true },
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
