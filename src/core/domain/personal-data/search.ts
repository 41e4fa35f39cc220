import type { ErasureRecords, Tombstone } from '../../ports/erasure-records.ts';
import type { Erasure } from '../erasures/erasure.ts';
import type { NameSearch } from './texts.ts';

/**
 * A search for a name that is known only by its keyed hashes.
 * @param isSomebodyElse whether a member is somebody else for certain.
 */
export function searchByHash(
  { name, member }: Pick<Erasure | Tombstone, 'name' | 'member'>,
  { hash }: Pick<ErasureRecords, 'hash'>,
  isSomebodyElse: NameSearch['isSomebodyElse'],
): NameSearch {
  return { print: { words: name, printOf: hash }, member, isSomebodyElse };
}

/** The keyed hash of a whole text. It is never that of a word. */
export const hashOfText = (text: string, { hash }: Pick<ErasureRecords, 'hash'>): string =>
  hash(`text ${text}`);
