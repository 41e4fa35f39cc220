import { truncate } from '../../../core/base/text.ts';

/** Text for labels, titles and options, which have no markup. Discord refuses an empty text. */
export function plainText(text: string, maxLength: number): string {
  return truncate(text.trim(), maxLength) || '…';
}
