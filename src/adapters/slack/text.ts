import type { RichText } from '../../core/message/rich-text.ts';
import { plainNodes, type ReaderContext, type ShownNode, unixOf } from '../shared/inline-nodes.ts';
import { shownPieces } from './blocks/pieces.ts';
import { escaped } from './escape.ts';

export type { ReaderContext } from '../shared/inline-nodes.ts';

/**
 * Rich text as mrkdwn, to stand with `verbatim: true`. Typed text is never markup in it (see `escaped`).
 * Cards are made of rich text blocks instead, which show every character as it is.
 */
export function mrkdwn(text: RichText, reader: ReaderContext): string {
  return shownPieces(text, reader).map(mrkdwnOf).join('');
}

/** Rich text as plain text, not escaped: for labels, boxes and whatever else knows no markup. */
export function plain(text: RichText, reader: ReaderContext): string {
  return plainNodes(shownPieces(text, reader));
}

/** Without width; a mark beside it is a mark, also next to a letter. */
const EDGE = '\u200B';

/** Moments as everybody's own clock shows them: https://docs.slack.dev/messaging/formatting-message-text#date-formatting */
export const MOMENT = '{date_short_pretty} at {time}';

function mrkdwnOf(piece: ShownNode): string {
  switch (piece.kind) {
    case 'text':
      return escaped(piece.text);
    case 'bold':
      return boldLines(piece.text);
    case 'link':
      return `<${linkTarget(piece.url)}|${escaped(piece.text.replace(/\s+/g, ' '))}>`;
    case 'user':
      return `<@${piece.user}>`;
    case 'channel':
      return `<#${piece.channel}>`;
    case 'moment':
      return `<!date^${unixOf(piece.at)}^${MOMENT}|${piece.text}>`;
  }
}

/** Bold ends with its line, and takes no space at its ends. */
function boldLines(text: string): string {
  return text.replace(/\S(?:[^\n]*\S)?/g, (line) => `${EDGE}*${escaped(line)}*${EDGE}`);
}

function linkTarget(url: string): string {
  return url.replace(/[|<>]/g, encodeURIComponent).replaceAll('&', '&amp;');
}
