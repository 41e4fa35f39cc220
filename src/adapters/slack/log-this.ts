import { FORM, type RawArgs } from '../../core/invocation.ts';
import { shortened } from '../../core/shorten.ts';
import type { HeardShortcut } from './receive.ts';

/** The command and args of "Log this": the form, with what the message says in its note. */
export function logOf(
  { message: { text, user: author, link } }: HeardShortcut,
  nameOf: (user: string) => string | undefined,
): { command: string; args: RawArgs } {
  const words = shortened(text, LONGEST_QUOTE);
  const by = author === undefined ? undefined : nameOf(author);
  const from = [by, link].filter((part) => part !== undefined).join(', ');
  const note = [words, from && `(${from})`].filter(Boolean).join('\n');
  return { command: 'log', args: { [FORM]: 'yes', note } };
}

/** Characters of a message that a note takes: leaves room for words of one's own. */
const LONGEST_QUOTE = 1500;
