import type { PlainTextElement } from '@slack/types';
import { truncate } from '../../../core/base/text.ts';

/** Text in which nothing is markup, not even `:tada:`. Slack refuses an empty text. */
export function plainText(text: string, maxLength: number): PlainTextElement {
  return { type: 'plain_text', text: truncate(text.trim(), maxLength) || '…', emoji: false };
}
