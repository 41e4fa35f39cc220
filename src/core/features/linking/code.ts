import { randomInt } from 'node:crypto';
import { derivedId } from '../../base/id.ts';

/** Letters and digits of which none is taken for another: no 0 and O, 1, I and L, 2 and Z, 5 and S, 8 and B, U and V. */
const CHARACTERS = 'ACDEFGHJKMNPQRTWXY34679';
const LENGTH = 8;
/** For how long a code works (ms): ten minutes. */
export const CODE_LIFE = 600_000;

/** A code nobody can guess: one of 78 billion. */
export function newCode(): string {
  const letters = Array.from({ length: LENGTH }, () => CHARACTERS[randomInt(CHARACTERS.length)]);
  return letters.join('');
}

/** A code as people read it: `ACDE-FGHJ`. */
export function codeText(code: string): string {
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
}

/** A code as it was typed, whatever its case, spaces and hyphens. @returns undefined for what cannot be one. */
export function readCode(text: string): string | undefined {
  const code = text.toUpperCase().replace(/[\s\p{Pd}]/gu, '');
  const isOne = code.length === LENGTH && [...code].every((letter) => CHARACTERS.includes(letter));
  return isOne ? code : undefined;
}

/** What is kept of a code: nobody who reads the store can type it. */
export function codeHash(code: string): string {
  return derivedId('link code', code);
}
