import { partsOf } from '../../core/base/text.ts';
import type { RichText } from '../../core/message/rich-text.ts';
import { groupBlocks } from '../shared/fit-blocks.ts';
import {
  type ReaderContext,
  type RenderCapabilities,
  type ShownNode,
  showNodes,
  unixOf,
} from '../shared/inline-nodes.ts';
import { resolveMentions } from '../shared/resolve-mentions.ts';
import { escaped } from './escape.ts';

export type { ReaderContext } from '../shared/inline-nodes.ts';

/** What Discord can show. */
export const ways: RenderCapabilities = {
  named: resolveMentions,
  channel: /^\d{15,20}$/,
  protocols: ['http:', 'https:'],
  maxUrlLength: 2000,
};

/**
 * Rich text as Discord's markdown: https://discord.com/developers/docs/reference#message-formatting. Typed text is never
 * markup in it. A text longer than `longest` characters is several.
 */
export function markdownParts(
  text: RichText,
  reader: ReaderContext,
  longest: number,
): readonly string[] {
  const pieces = showNodes(text, reader, ways).flatMap((piece): ShownNode[] =>
    piece.kind === 'text' || piece.kind === 'bold'
      ? partsOf(piece.text, longest).map((part) => ({ kind: piece.kind, text: part }))
      : [piece],
  );
  const sizeOf = (piece: ShownNode) => markdownOf(piece, 0, []).length;
  return groupBlocks<ShownNode>(pieces, { sizeOf, largest: longest }).map((group) =>
    group.map(markdownOf).join(''),
  );
}

/** Without width; keeps a mark from running into the one before it. */
const EDGE = '\u200B';

function markdownOf(piece: ShownNode, index: number, all: readonly ShownNode[]): string {
  switch (piece.kind) {
    case 'text':
      return escaped(piece.text);
    case 'bold':
      return `${all[index - 1]?.kind === 'bold' ? EDGE : ''}${boldLines(piece.text)}`;
    case 'link':
      return linkOf(piece.text.replace(/\s+/g, ' '), piece.url);
    case 'user':
      return `<@${piece.user}>`;
    case 'channel':
      return `<#${piece.channel}>`;
    case 'moment':
      return `<t:${unixOf(piece.at)}:f>`;
  }
}

/** Line by line, and without the spaces at its ends. */
function boldLines(text: string): string {
  return text.replace(/\S(?:[^\n]*\S)?/g, (line) => `**${escaped(line)}**`);
}

/** Without a preview. Discord shows no label that is an address itself; brackets in a label would end it. */
function linkOf(label: string, url: string): string {
  const target = url.replace(
    /[()<>\\]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  if (label.includes('://')) return `<${target}>`;
  return `[${escaped(label.replace(/[[\]]/g, (mark) => (mark === '[' ? '(' : ')')))}](<${target}>)`;
}
