import type { KnownBlock } from '@slack/types';
import type { Reply } from '../../core/reply.ts';
import type { Reader } from './text.ts';

/** A message as `chat.postMessage` and `chat.update` take it. */
export interface SlackMessage {
  /** What a notification shows. */
  text: string;
  blocks: KnownBlock[];
}

/** A reply as a message, within Slack's limits. */
export function messageOf(_reply: Reply, _reader: Reader): SlackMessage {
  throw new Error('not yet');
}
