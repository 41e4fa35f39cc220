import { shortened } from '../../core/base/text.ts';

/** Text for what knows no markup: labels, titles, options. Discord takes none that is empty. */
export function plainText(text: string, most: number): string {
  return shortened(text.trim(), most) || '…';
}
