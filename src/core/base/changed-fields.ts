import { isDeepStrictEqual } from 'node:util';

/** The given fields whose values differ from the row's. A form also sends what was not changed. */
export function changedFields<T extends object>(row: T, given: Partial<T>): Partial<T> {
  const changed = Object.entries(given).filter(
    ([field, value]) => !isDeepStrictEqual(value, row[field as keyof T]),
  );
  return Object.fromEntries(changed) as Partial<T>;
}
