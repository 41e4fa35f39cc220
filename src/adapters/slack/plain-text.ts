import type { PlainTextElement } from '@slack/types';
import { shortened } from '../../core/base/text.ts';

/** Text that is no markup, `:tada:` included. Slack takes none that is empty. */
export function plainText(text: string, most: number): PlainTextElement {
  return { type: 'plain_text', text: shortened(text.trim(), most) || '…', emoji: false };
}
