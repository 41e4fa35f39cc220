import { hash, randomUUID } from 'node:crypto';

/** 96 bits: short enough for a button's id (100 characters on Discord), long enough never to meet another. */
const LENGTH = 16;

/** An id that follows from its parts: the same parts give the same id, so that a repeated step writes nothing new. */
export function derivedId(...parts: readonly string[]): string {
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, LENGTH);
}

/** A key for something that came without one. */
export function freshKey(): string {
  return randomUUID();
}

/** @returns the id in a reference as buttons carry it (`#id`), or an empty string if it is none. */
export function idIn(reference: string | undefined): string {
  return reference?.startsWith('#') ? reference.slice(1) : '';
}
