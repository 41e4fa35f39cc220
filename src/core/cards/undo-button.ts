import { REPLACE } from '../message/invocation.ts';
import type { Button, Reply } from '../message/reply.ts';
import type { RichText } from '../message/rich-text.ts';

/** A button that undoes what a command wrote. Its answer replaces the one that it takes back. @param receipt the id of its receipt */
export function undoButton(receipt: string): Button {
  return { label: 'Undo', command: 'undo', args: { which: `#${receipt}`, [REPLACE]: 'yes' } };
}

/** Begins the answer to a change that is none. It has no Undo. */
export const SO_ALREADY = 'That was so already, so nothing has changed.';

/** What a command did, with more buttons if given, and Undo. */
export function replyWithUndo(
  sentence: RichText,
  receipt: string,
  buttons: readonly Button[] = [],
): Reply {
  return {
    text: sentence,
    card: [{ kind: 'buttons', buttons: [...buttons, undoButton(receipt)] }],
  };
}
