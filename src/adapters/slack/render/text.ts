import type { RichText } from '../../../core/message/rich-text.ts';
import {
  plainNodes,
  type ReaderContext,
  type RenderCapabilities,
  type ShownNode,
  showNodes,
  unixSeconds,
} from '../../shared/inline-nodes.ts';
import { escapeMrkdwn } from './escape.ts';
import { MAX_URL_LENGTH } from './limits.ts';
import { withNames } from './mentions.ts';

export type { ReaderContext } from '../../shared/inline-nodes.ts';

/** What Slack can show. */
const capabilities: RenderCapabilities = {
  withNames,
  commandPrefix: '/convenor ',
  workspaceWord: 'workspace',
  channel: /^[CG][A-Z0-9]+$/,
  protocols: ['http:', 'https:', 'mailto:'],
  maxUrlLength: MAX_URL_LENGTH,
};

/** Rich text in pieces that Slack can show. */
export function shownNodes(text: RichText, reader: ReaderContext): readonly ShownNode[] {
  return showNodes(text, reader, capabilities);
}

/**
 * Rich text as mrkdwn, to be sent with `verbatim: true`. Typed text never becomes markup (see `escapeMrkdwn`). Cards
 * use rich text blocks instead, which show every character as it is.
 */
export function mrkdwn(text: RichText, reader: ReaderContext): string {
  return shownNodes(text, reader).map(mrkdwnOf).join('');
}

/** Rich text as plain text, not escaped: for everything that knows no markup. */
export function plain(text: RichText, reader: ReaderContext): string {
  return plainNodes(shownNodes(text, reader));
}

/** A space without width: next to it, an asterisk is markup even beside a letter. */
const ZERO_WIDTH_SPACE = '\u200B';

/** Each reader sees a moment in their own time zone: https://docs.slack.dev/messaging/formatting-message-text#date-formatting */
export const MOMENT_FORMAT = '{date_short_pretty} at {time}';

function mrkdwnOf(node: ShownNode): string {
  switch (node.kind) {
    case 'text':
      return escapeMrkdwn(node.text);
    case 'bold':
      return boldLines(node.text);
    case 'command':
      return `${ZERO_WIDTH_SPACE}\`${escapeMrkdwn(node.text.replace(/\s+/g, ' '))}\`${ZERO_WIDTH_SPACE}`;
    case 'link':
      return `<${linkTarget(node.url)}|${escapeMrkdwn(node.text.replace(/\s+/g, ' '))}>`;
    case 'user':
      return `<@${node.user}>`;
    case 'channel':
      return `<#${node.channel}>`;
    case 'moment':
      return `<!date^${unixSeconds(node.at)}^${MOMENT_FORMAT}|${node.text}>`;
  }
}

/** Bold text. Each line is marked on its own, without the spaces at its ends. */
function boldLines(text: string): string {
  return text.replace(
    /\S(?:[^\n]*\S)?/g,
    (line) => `${ZERO_WIDTH_SPACE}*${escapeMrkdwn(line)}*${ZERO_WIDTH_SPACE}`,
  );
}

function linkTarget(url: string): string {
  return url.replace(/[|<>]/g, encodeURIComponent).replaceAll('&', '&amp;');
}
