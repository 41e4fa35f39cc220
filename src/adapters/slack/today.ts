import type { HomeView } from '@slack/types';
import type { Reply } from '../../core/reply.ts';
import type { Reader } from './text.ts';

/** A reply as the App Home of one person, within Slack's limits. */
export function homeOf(_reply: Reply, _reader: Reader): HomeView {
  throw new Error('not yet');
}
