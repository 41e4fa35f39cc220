import type { FieldKind } from '../../../core/ports/store.ts';

const isText = (value: unknown) => typeof value === 'string';
const isInteger = (value: unknown) => Number.isSafeInteger(value);

/** What each kind takes, apart from null. `data` is checked key by key when it is encoded. */
const accepts: Record<FieldKind, (value: unknown) => boolean> = {
  text: isText,
  integer: isInteger,
  flag: (value) => typeof value === 'boolean',
  moment: (value) => value instanceof Date && !Number.isNaN(value.getTime()),
  list: (value) => Array.isArray(value) && value.every((item) => isText(item) || isInteger(item)),
  data: () => true,
};

/**
 * Refuses what a field's kind does not take, in rows and in queries alike: nothing is cast, so an operator
 * object or a regular expression can never stand where a value belongs. The error never quotes the value,
 * which may be somebody's words.
 * @param where collection and field, for the error.
 * @throws TypeError
 */
export function checkKind(where: string, kind: FieldKind, value: unknown): void {
  if (value !== null && !accepts[kind](value)) {
    throw new TypeError(`${where} takes ${kind} or null.`);
  }
}

/**
 * Refuses what is no id: a text that is not empty.
 * @throws TypeError
 */
export function checkId(where: string, value: unknown): asserts value is string {
  if (typeof value !== 'string' || value === '') {
    throw new TypeError(`${where} takes a text that is not empty.`);
  }
}

/** Refuses what no row can have as its version. @throws TypeError */
export function checkVersion(where: string, value: unknown): asserts value is number {
  if (!isInteger(value)) throw new TypeError(`${where} takes a whole number.`);
}

/** How many rows one read of `all` brings, unless the caller says otherwise. */
export const DEFAULT_PAGE_SIZE = 500;

/** Refuses a page without rows, which would never end. @throws RangeError */
export function checkPageSize(size: number): void {
  if (checkLimit(size) === 0) throw new RangeError('A page has one row at least.');
}

/** Refuses what is no whole number from 0 on: a server takes 0 for "all". @throws RangeError */
export function checkLimit(limit: number): number {
  if (Number.isSafeInteger(limit) && limit >= 0) return limit;
  throw new RangeError('A limit is a whole number, not below 0.');
}
