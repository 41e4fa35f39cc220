import type { Day } from '../../dates/day.ts';
import type { ErasureRecords } from '../../ports/erasure-records.ts';
import type { Store } from '../../ports/store.ts';
import { erasedDays, nameHashOf } from '../erasures/erasure.ts';
import { wordsOfName } from './find-name.ts';

/**
 * Makes the function that tells when somebody of a name was erased: the last day, or undefined. Who adds that name is
 * asked whether it is the same person.
 */
export async function erasedNames(
  store: Store,
  records: Pick<ErasureRecords, 'hash'> | undefined,
): Promise<(name: string) => Day | undefined> {
  const days = records ? await erasedDays(store) : new Map<string, Day>();
  if (!records || days.size === 0) return () => undefined;
  return (name) => days.get(nameHashOf(wordsOfName(name).map(records.hash)));
}
