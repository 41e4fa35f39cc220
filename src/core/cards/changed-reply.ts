import type { Button, Reply } from '../message/reply.ts';
import type { RichText } from '../message/rich-text.ts';

/** Takes back what a command wrote. */
export function undoButton(receipt: string): Button {
  return { label: 'Undo', command: 'undo', args: { which: `#${receipt}` } };
}

/** What a command did to a partner, with a way to take it back. */
export function changedReply(
  sentence: RichText,
  receipt: string,
  buttons: readonly Button[] = [],
): Reply {
  return {
    text: sentence,
    card: [{ kind: 'buttons', buttons: [...buttons, undoButton(receipt)] }],
  };
}
