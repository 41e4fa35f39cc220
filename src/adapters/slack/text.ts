import type { RichText } from '../../core/rich-text.ts';
import { escaped } from './escape.ts';
import { type ShownPiece, shownPieces } from './pieces.ts';

/** Who reads, on which workspace: what the words of a message are put into. */
export interface Reader {
  /** IANA name. */
  zone: string;
  now: Date;
  /** The user id (`U…`) of a member by Convenor's id, where they are known on this workspace. */
  userOf(member: string): string | undefined;
  /** The name of a user by their id (`U…`), for a token that stands in typed text. */
  nameOf(user: string): string | undefined;
}

/**
 * Rich text as mrkdwn, to stand with `verbatim: true`. Typed text is never markup in it (see `escaped`).
 * Cards are made of rich text blocks instead, which show every character as it is.
 */
export function mrkdwn(text: RichText, reader: Reader): string {
  return shownPieces(text, reader).map(mrkdwnOf).join('');
}

/** Rich text as plain text, not escaped: for labels, boxes and whatever else knows no markup. */
export function plain(text: RichText, reader: Reader): string {
  return shownPieces(text, reader)
    .map((piece) => (piece.kind === 'link' ? `${piece.text} (${piece.url})` : piece.text))
    .join('');
}

/** Without width; a mark beside it is a mark, also next to a letter. */
const EDGE = '\u200B';

/** Moments as everybody's own clock shows them: https://docs.slack.dev/messaging/formatting-message-text#date-formatting */
export const MOMENT = '{date_short_pretty} at {time}';

/** An instant in whole seconds. */
export const unixOf = (at: Date): number => Math.floor(at.getTime() / 1000);

function mrkdwnOf(piece: ShownPiece): string {
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
