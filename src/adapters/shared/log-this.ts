import { truncate } from '../../core/base/text.ts';
import { FORM } from '../../core/message/invocation.ts';
import type { RequestedCommand } from './request.ts';

/** How much of a message goes into the note: this leaves room for the member's own words. */
const MAX_QUOTE_LENGTH = 1500;

/** A message that somebody wants to note. */
export interface QuotedMessage {
  text: string;
  /** The author's name; undefined if it is not known. */
  author: string | undefined;
  /** The message's address; undefined if it is not known. */
  link: string | undefined;
}

/** The command of "Log this": opens the form of `log` with the message in its note. */
export function logMessageCommand({ text, author, link }: QuotedMessage): RequestedCommand {
  const words = truncate(text, MAX_QUOTE_LENGTH);
  const source = [author, link].filter((part) => part !== undefined).join(', ');
  const note = [words, source && `(${source})`].filter(Boolean).join('\n');
  return { command: 'log', args: { [FORM]: 'yes', note } };
}
