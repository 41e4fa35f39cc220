import type { FieldKind } from '../../core/ports/store.ts';
import { checkId, checkKind } from '../shared/store/check-values.ts';
import { type Fields, isScalar, type Shape } from '../shared/store/shape.ts';
import type { SqlValue } from './binding.ts';

/** The column that holds all fields of a row, as one JSON object. */
export const FIELDS = 'fields';

/** The columns that reads return. The others are there for the indexes only. */
export const READ_COLUMNS = ['id', 'version', FIELDS];

/** The fields of a collection that also have a column of their own: those of its indexes. */
export function columnsOf({ fields, indexes }: Shape): readonly string[] {
  const indexed = new Set(Object.values(indexes).flatMap(({ on }) => on));
  return Object.keys(fields).filter(
    (field) => indexed.has(field) || dueIndexFields.includes(field),
  );
}

/** The fields of the index that the sweep reads by. */
const dueIndexFields = ['nextRunAt', 'claim'];

/** Turns rows of one collection into the values of its table's columns, and back. */
export interface RowCodec {
  /**
   * The values in the order of the columns: id, version, each field of an index, all fields.
   * @throws TypeError for a value its kind does not take, or a field that was not declared.
   */
  encode(row: Fields, version: number): SqlValue[];
  /** A stored row as core knows it, with every declared field. @param stored its values of {@link READ_COLUMNS} */
  decode(stored: readonly SqlValue[]): Fields;
}

export function rowCodec(shape: Shape): RowCodec {
  const columns = columnsOf(shape);
  const fields = Object.entries(shape.fields).map(([field, kind]) => ({
    field,
    kind,
    place: `${shape.name}.${field}`,
    hasColumn: columns.includes(field),
  }));

  return {
    encode(row, version) {
      const { id } = row;
      checkId(`${shape.name}.id`, id);
      for (const key of Object.keys(row)) {
        if (key !== 'id' && key !== 'version' && !Object.hasOwn(shape.fields, key)) {
          throw new TypeError(`${shape.name} declares no field "${key}".`);
        }
      }
      const values: SqlValue[] = [encodeText(id), version];
      const all: Record<string, unknown> = {};
      for (const { field, kind, place, hasColumn } of fields) {
        const value = row[field] ?? null;
        checkKind(place, kind, value);
        if (hasColumn) values.push(encodeScalar(value));
        if (value !== null) all[field] = encodeField(kind, place, value);
      }
      values.push(JSON.stringify(all));
      return values;
    },

    decode([id, version, text]) {
      const row: Record<string, unknown> = { id: decodeText(id as string), version };
      const all = JSON.parse(text as string) as Record<string, unknown>;
      for (const { field, kind } of fields) row[field] = decodeField(kind, all[field] ?? null);
      return row;
    },
  };
}

/** A value other than null, as JSON. */
function encodeField(kind: FieldKind, place: string, value: unknown): unknown {
  if (kind === 'moment') return (value as Date).getTime();
  return encodeData(place, value);
}

export function decodeField(kind: FieldKind, value: unknown): unknown {
  if (kind === 'moment' && value !== null) return new Date(value as number);
  return isScalar(kind) ? value : decodeData(value);
}

/** A scalar as SQLite keeps it: flags as 0 and 1, moments in ms since 1970 UTC. */
export function encodeScalar(value: unknown): SqlValue {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'string' ? encodeText(value) : (value as SqlValue);
}

/** Parts of SQLite end a text at a NUL. So NUL is stored as two characters, which keep the order of texts. */
export const encodeText = (text: string): string =>
  text.includes('\x01') || text.includes('\0')
    ? text.toWellFormed().replaceAll('\x01', '\x01\x02').replaceAll('\0', '\x01\x01')
    : text.toWellFormed();
export const decodeText = (text: string): string =>
  text.includes('\x01') ? text.replaceAll('\x01\x01', '\0').replaceAll('\x01\x02', '\x01') : text;

/** Keys for values that JSON cannot express. A key of a row that begins with `$` gets one more `$`. */
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
  const encoded: [string, unknown][] = [];
  for (const [key, item] of Object.entries(value))
    if (item !== undefined) encoded.push([hide(key), encodeData(where, item)]);
  return Object.fromEntries(encoded);
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

const hide = (key: string) => (key.startsWith('$') ? `$${key}` : key).toWellFormed();
const reveal = (key: string) => (key.startsWith('$') ? key.slice(1) : key);

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
