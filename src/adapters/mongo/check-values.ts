import type { FieldKind } from '../../core/ports/store.ts';

const isText = (value: unknown) => typeof value === 'string';
const isInteger = (value: unknown) => Number.isSafeInteger(value);

/** What each kind takes, apart from null. `data` is checked when it is encoded. */
const accepts: Record<FieldKind, (value: unknown) => boolean> = {
  text: isText,
  integer: isInteger,
  flag: (value) => typeof value === 'boolean',
  moment: (value) => value instanceof Date && !Number.isNaN(value.getTime()),
  list: (value) => Array.isArray(value) && value.every((item) => isText(item) || isInteger(item)),
  data: () => true,
};

/**
 * Checks a value of a row or a query against its field's kind. Nothing is cast, so an operator object or a regular
 * expression can never be used as a value. The error does not quote the value, which may be what somebody typed.
 * @param where collection and field, for the error.
 * @throws TypeError
 */
export function checkKind(where: string, kind: FieldKind, value: unknown): void {
  if (value !== null && !accepts[kind](value)) {
    throw new TypeError(`${where} takes ${kind} or null.`);
  }
}

/** Checks an id: a text that is not empty. @throws TypeError */
export function checkId(where: string, value: unknown): asserts value is string {
  if (typeof value !== 'string' || value === '') {
    throw new TypeError(`${where} takes a text that is not empty.`);
  }
}

/** Checks the version of a row. @throws TypeError */
export function checkVersion(where: string, value: unknown): asserts value is number {
  if (!isInteger(value)) throw new TypeError(`${where} takes a whole number.`);
}

/** Checks a limit: a whole number from 0 on. @throws RangeError */
export function checkLimit(limit: number): number {
  if (Number.isSafeInteger(limit) && limit >= 0) return limit;
  throw new RangeError('A limit is a whole number, not below 0.');
}
