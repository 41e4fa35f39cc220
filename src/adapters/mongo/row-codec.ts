import type { FieldKind } from '../../core/ports/store.ts';
import { checkId, checkKind } from '../shared/store/check-values.ts';
import type { Fields, Shape } from '../shared/store/shape.ts';

/**
 * A row as MongoDB stores it: `id` is `_id`, and a tenant's row names its `partnership`.
 * Top-level names follow https://www.mongodb.com/docs/manual/core/document/#field-names.
 */
export interface StoredRow {
  _id: string;
  version: number;
  partnership?: string;
  /** The write that stored this version, if it was one of many: see `saveMany`. */
  writeId?: string;
  [field: string]: unknown;
}

/** The name of a field in MongoDB. */
export const storedName = (field: string): string => (field === 'id' ? '_id' : field);

/**
 * A row as MongoDB stores it. Every declared field is in it, null if the row has no value, so that each row is in each
 * index. Nothing is shared with the row that was given.
 * @param partnership the tenant, undefined for a global collection.
 * @param version the version it is stored with.
 * @throws TypeError for a value of the wrong kind, or a field that is not declared.
 */
export function encodeRow(
  shape: Shape,
  partnership: string | undefined,
  row: Fields,
  version: number,
): StoredRow {
  const { id } = row;
  checkId(`${shape.name}.id`, id);
  for (const key of Object.keys(row)) {
    if (key !== 'id' && key !== 'version' && !Object.hasOwn(shape.fields, key)) {
      throw new TypeError(`${shape.name} declares no field "${key}".`);
    }
  }
  const stored: StoredRow = { _id: id, ...(partnership !== undefined && { partnership }), version };
  for (const [field, kind] of Object.entries(shape.fields)) {
    stored[field] = encodeField(`${shape.name}.${field}`, kind, row[field] ?? null);
  }
  return stored;
}

/** A stored row as core knows it. A field that is not stored is null; a stored field that is not declared is left out. */
export function decodeRow(shape: Shape, stored: StoredRow): Fields {
  const row: Record<string, unknown> = { id: stored._id, version: stored.version };
  for (const [field, kind] of Object.entries(shape.fields)) {
    const value = stored[field] ?? null;
    row[field] = kind === 'data' ? decodeData(value) : value;
  }
  return row;
}

function encodeField(where: string, kind: FieldKind, value: unknown): unknown {
  checkKind(where, kind, value);
  if (kind === 'data') return encodeData(where, value);
  if (value instanceof Date) return new Date(value);
  return Array.isArray(value) ? [...value] : value;
}

/**
 * Keys inside `data` that a server (`$…`, `.`, NUL) or JavaScript (`__proto__` and the like) does not take, and the keys
 * by which the driver and mongoose recognise their own objects. They are stored behind a `%`.
 * @see https://www.mongodb.com/docs/manual/core/dot-dollar-considerations/
 */
const UNSAFE_KEY = /^[$%]|[.\0]|^(?:__proto__|constructor|prototype|_bsontype|isMongoose\w*)$/;
const ESCAPES: Record<string, string> = { '%': '%%', '.': '%d', '\0': '%0' };
const UNESCAPES: Record<string, string> = { '%%': '%', '%d': '.', '%0': '\0' };

const escapeKey = (key: string) =>
  UNSAFE_KEY.test(key) ? `%${key.replace(/[%.\0]/g, (found) => ESCAPES[found] ?? found)}` : key;
const unescapeKey = (key: string) =>
  key.startsWith('%') ? key.slice(1).replace(/%[%d0]/g, (found) => UNESCAPES[found] ?? found) : key;

/**
 * Plain JSON and Dates as they are stored: a copy with unsafe keys escaped, without keys whose value is undefined.
 * @throws TypeError for anything else (a Map, a class, a function, NaN, an invalid Date).
 */
function encodeData(where: string, value: unknown): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (value instanceof Date && !Number.isNaN(value.getTime())) return new Date(value);
  if (Array.isArray(value)) return value.map((item) => encodeData(where, item ?? null));
  if (!isPlain(value)) throw new TypeError(`${where} takes plain JSON and dates.`);
  const kept = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(kept.map(([key, item]) => [escapeKey(key), encodeData(where, item)]));
}

/** The opposite of {@link encodeData}. */
function decodeData(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decodeData);
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [unescapeKey(key), decodeData(item)]),
  );
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
