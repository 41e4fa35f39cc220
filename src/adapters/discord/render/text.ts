import { splitText } from '../../../core/base/text.ts';
import type { RichText } from '../../../core/message/rich-text.ts';
import { groupBlocks } from '../../shared/fit-blocks.ts';
import {
  type ReaderContext,
  type RenderCapabilities,
  type ShownNode,
  showNodes,
  unixSeconds,
} from '../../shared/inline-nodes.ts';
import { resolveMentions } from '../../shared/resolve-mentions.ts';
import { codeText, escapeMarkdown } from './escape.ts';

export type { ReaderContext } from '../../shared/inline-nodes.ts';

/** What Discord can show. */
export const capabilities: RenderCapabilities = {
  withNames: resolveMentions,
  commandPrefix: '/',
  workspaceWord: 'server',
  channel: /^\d{15,20}$/,
  protocols: ['http:', 'https:'],
  maxUrlLength: 2000,
};

/**
 * Rich text as Discord's markdown: https://discord.com/developers/docs/reference#message-formatting. Typed text never
 * becomes markup. A text longer than `maxLength` becomes several.
 */
export function markdownParts(
  text: RichText,
  reader: ReaderContext,
  maxLength: number,
): readonly string[] {
  const nodes = showNodes(text, reader, capabilities).flatMap((node): ShownNode[] =>
    node.kind === 'text' || node.kind === 'bold'
      ? splitText(node.text, maxLength).map((part) => ({ kind: node.kind, text: part }))
      : [node],
  );
  const sizeOf = (node: ShownNode) => markdownOf(node, 0, []).length;
  return groupBlocks<ShownNode>(nodes, { sizeOf, maxSize: maxLength }).map((group) =>
    group.map(markdownOf).join(''),
  );
}

/** A space without width. It separates the marks of two bold texts, or of two commands. */
const ZERO_WIDTH_SPACE = '\u200B';

const gap = (node: ShownNode, before: ShownNode | undefined): string =>
  before?.kind === node.kind ? ZERO_WIDTH_SPACE : '';

function markdownOf(node: ShownNode, index: number, all: readonly ShownNode[]): string {
  switch (node.kind) {
    case 'text':
      return escapeMarkdown(node.text);
    case 'bold':
      return `${gap(node, all[index - 1])}${boldLines(node.text)}`;
    case 'command':
      return node.mention ?? `${gap(node, all[index - 1])}\`${codeText(node.text)}\``;
    case 'link':
      return linkOf(node.text.replace(/\s+/g, ' '), node.url);
    case 'user':
      return `<@${node.user}>`;
    case 'channel':
      return `<#${node.channel}>`;
    case 'moment':
      return `<t:${unixSeconds(node.at)}:f>`;
  }
}

/** Bold text. Each line is marked on its own, without the spaces at its ends. */
function boldLines(text: string): string {
  return text.replace(/\S(?:[^\n]*\S)?/g, (line) => `**${escapeMarkdown(line)}**`);
}

/**
 * A link without a preview. Discord does not accept an address as a label; square brackets would end the label. It finds
 * mentions of everybody, and invitations, in addresses too.
 */
function linkOf(label: string, url: string): string {
  const target = url.replace(
    /[()<>\\]|@(?=everyone|here)|(?<=discord(?:app)?)\.(?=com\/invite|gg\/)/gi,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  if (label.includes('://')) return `<${target}>`;
  return `[${escapeMarkdown(label.replace(/[[\]]/g, (mark) => (mark === '[' ? '(' : ')')))}](<${target}>)`;
}
