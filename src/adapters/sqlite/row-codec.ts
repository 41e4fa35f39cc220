import type { FieldKind } from '../../core/ports/store.ts';
import { checkId, checkKind } from '../shared/store/check-values.ts';
import { type Fields, isScalar, type Shape } from '../shared/store/shape.ts';
import type { SqlRow, SqlValue } from './binding.ts';

/** The column that holds what is no scalar: lists and data, as one JSON object. */
export const REST = 'rest';

/** The fields of a collection that have a column of their own. */
export function columnsOf({ fields }: Shape): readonly string[] {
  return Object.keys(fields).filter((field) => isScalar(fields[field] as FieldKind));
}

/**
 * A row as the values of its table's columns: id, version, each scalar field, the rest.
 * @throws TypeError for a value its kind does not take, or a field that was not declared.
 */
export function encodeRow(shape: Shape, row: Fields, version: number): SqlValue[] {
  const { id } = row;
  checkId(`${shape.name}.id`, id);
  for (const key of Object.keys(row)) {
    if (key !== 'id' && key !== 'version' && !Object.hasOwn(shape.fields, key)) {
      throw new TypeError(`${shape.name} declares no field "${key}".`);
    }
  }
  const columns: SqlValue[] = [];
  const rest: Record<string, unknown> = {};
  for (const [field, kind] of Object.entries(shape.fields)) {
    const value = row[field] ?? null;
    const where = `${shape.name}.${field}`;
    checkKind(where, kind, value);
    if (isScalar(kind)) columns.push(encodeScalar(value));
    else if (value !== null) rest[field] = encodeData(where, value);
  }
  return [encodeText(id), version, ...columns, JSON.stringify(rest)];
}

/** A stored row as core knows it, every declared field there. */
export function decodeRow(shape: Shape, stored: SqlRow): Fields {
  const row: Record<string, unknown> = {
    id: decodeText(stored.id as string),
    version: stored.version,
  };
  const rest = JSON.parse(stored[REST] as string) as Record<string, unknown>;
  for (const [field, kind] of Object.entries(shape.fields)) {
    row[field] = isScalar(kind)
      ? decodeScalar(kind, stored[field] ?? null)
      : decodeData(rest[field] ?? null);
  }
  return row;
}

/** A scalar as SQLite keeps it: flags as 0 and 1, moments in ms since 1970 UTC. */
export function encodeScalar(value: unknown): SqlValue {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'string' ? encodeText(value) : (value as SqlValue);
}

function decodeScalar(kind: FieldKind, value: SqlValue): unknown {
  if (value === null) return null;
  if (kind === 'moment') return new Date(value as number);
  if (kind === 'text') return decodeText(value as string);
  return kind === 'flag' ? value === 1 : value;
}

/** A NUL ends a text for some of SQLite: it is written as two characters that keep the order of texts. */
export const encodeText = (text: string): string =>
  text.toWellFormed().replaceAll('\x01', '\x01\x02').replaceAll('\0', '\x01\x01');
export const decodeText = (text: string): string =>
  text.replaceAll('\x01\x01', '\0').replaceAll('\x01\x02', '\x01');

/** Stand for what JSON has no form of. A key of such a name gets one more `$`. */
const DATE_KEY = '$date';
const NEGATIVE_ZERO = '$negativeZero';

/**
 * Plain JSON and Dates as JSON: a copy; keys without a value are left out, as JSON does.
 * @throws TypeError for anything else (a Map, a class, a function, NaN, an invalid Date).
 */
function encodeData(where: string, value: unknown): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.toWellFormed();
  if (Object.is(value, -0)) return { [NEGATIVE_ZERO]: true };
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (value instanceof Date && !Number.isNaN(value.getTime()))
    return { [DATE_KEY]: value.getTime() };
  if (Array.isArray(value)) return value.map((item) => encodeData(where, item ?? null));
  if (!isPlain(value)) throw new TypeError(`${where} takes plain JSON and dates.`);
  const kept = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(kept.map(([key, item]) => [hide(key), encodeData(where, item)]));
}

function decodeData(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decodeData);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [key, content] = entries[0] ?? [];
  if (key === DATE_KEY) return new Date(content as number);
  if (key === NEGATIVE_ZERO) return -0;
  return Object.fromEntries(entries.map(([key, item]) => [reveal(key), decodeData(item)]));
}

const hide = (key: string) => key.toWellFormed().replace(/^(?=\$+(?:date|negativeZero)$)/, '$$');
const reveal = (key: string) => key.replace(/^\$(?=\$+(?:date|negativeZero)$)/, '');

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
