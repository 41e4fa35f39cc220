import { hash, randomUUID } from 'node:crypto';

/** In characters of base64url, 6 bits each: 96 bits are unique in practice, and short enough for a button's id. */
const ID_LENGTH = 16;

/** An id computed from its parts: the same parts give the same id, so that a repeated step writes the same row. */
export function derivedId(...parts: readonly string[]): string {
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, ID_LENGTH);
}

/** A new key, for an event that has none. */
export function randomKey(): string {
  return randomUUID();
}

/** @returns the id of a reference (`#id`, as buttons have it), or an empty string for anything else. */
export function idFromReference(reference: string | undefined): string {
  return reference?.startsWith('#') ? reference.slice(1) : '';
}
