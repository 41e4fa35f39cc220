import { readButtonId } from '../../core/message/button-id.ts';
import type { RawArgs } from '../../core/message/invocation.ts';
import { HttpError } from './http-error.ts';

const SEPARATOR = '~';

/** The id of a button or form: names the message it is on, and what it does. */
export function elementId(message: string, id: string): string {
  return `${message}${SEPARATOR}${id}`;
}

/** Reads an id made by `elementId`. @throws HttpError for any other text. */
export function parseElementId(
  what: 'button' | 'form',
  id: string,
): { message: string; command: string; args: RawArgs } {
  const at = id.indexOf(SEPARATOR);
  const read = at > 0 ? readButtonId(id.slice(at + 1)) : undefined;
  if (!read) {
    throw new HttpError(`I know no such ${what}: give an id just as I gave it to you.`, 404);
  }
  return { message: id.slice(0, at), ...read };
}
