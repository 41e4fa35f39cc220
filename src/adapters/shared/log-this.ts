import { shortened } from '../../core/base/text.ts';
import { FORM, type RawArgs } from '../../core/message/invocation.ts';

/** A message of somebody's that is to be noted. */
export interface Quoted {
  text: string;
  /** Who wrote it, by name, and its address; undefined where that is not known. */
  author: string | undefined;
  link: string | undefined;
}

/** The command and args of "Log this": the form, with what the message says in its note. */
export function logOf({ text, author, link }: Quoted): { command: string; args: RawArgs } {
  const words = shortened(text, LONGEST_QUOTE);
  const from = [author, link].filter((part) => part !== undefined).join(', ');
  const note = [words, from && `(${from})`].filter(Boolean).join('\n');
  return { command: 'log', args: { [FORM]: 'yes', note } };
}

/** Characters of a message that a note takes: leaves room for words of one's own. */
const LONGEST_QUOTE = 1500;
