import { readButtonId } from '../../core/message/button-id.ts';
import type { RawArgs } from '../../core/message/invocation.ts';
import { HttpError } from './http-error.ts';

const BETWEEN = '~';

/** The id of a button or form on a message: says which message it stands on, and what it does. */
export function idOn(message: string, id: string): string {
  return `${message}${BETWEEN}${id}`;
}

/** Reads an id given out by `idOn`. @throws Complaint when it never was one. */
export function readIdOn(
  what: 'button' | 'form',
  id: string,
): { message: string; command: string; args: RawArgs } {
  const at = id.indexOf(BETWEEN);
  const read = at > 0 ? readButtonId(id.slice(at + 1)) : undefined;
  if (!read) {
    throw new HttpError(`I know no such ${what}: give an id just as I gave it to you.`, 404);
  }
  return { message: id.slice(0, at), ...read };
}
