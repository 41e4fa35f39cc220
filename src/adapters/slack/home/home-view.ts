import type { HomeView } from '@slack/types';
import type { Reply } from '../../../core/message/reply.ts';
import { fitted } from '../fit.ts';
import { MOST_BLOCKS_OF_VIEW, MOST_BYTES_OF_VIEW } from '../limits.ts';
import { cardParts } from '../render.ts';
import type { ReaderContext } from '../text.ts';

/** A reply as the App Home of one person, within Slack's limits. */
export function homeOf(reply: Reply, reader: ReaderContext): HomeView {
  const room = { blocks: MOST_BLOCKS_OF_VIEW, bytes: MOST_BYTES_OF_VIEW };
  return { type: 'home', blocks: fitted(cardParts(reply, reader), room) };
}
