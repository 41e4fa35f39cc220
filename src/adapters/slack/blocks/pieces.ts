import type { RichText } from '../../../core/message/rich-text.ts';
import * as core from '../../shared/inline-nodes.ts';
import { LONGEST_URL } from '../limits.ts';
import { named } from './tokens.ts';

/** What Slack can show. */
const ways: core.RenderCapabilities = {
  named,
  channel: /^[CG][A-Z0-9]+$/,
  protocols: ['http:', 'https:', 'mailto:'],
  maxUrlLength: LONGEST_URL,
};

/** Rich text as pieces that Slack can show. */
export function shownPieces(text: RichText, reader: core.ReaderContext): readonly core.ShownNode[] {
  return core.showNodes(text, reader, ways);
}
