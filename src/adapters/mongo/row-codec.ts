import type { FieldKind } from '../../core/ports/store.ts';
import { checkId, checkKind } from './check-values.ts';
import { decodeData, encodeData } from './plain-data.ts';
import type { Fields, Shape, Stored } from './shape.ts';

/**
 * A row as the server keeps it: every declared field is there (null where the row has none), so that an index
 * holds each row, and its order is that of the declaration.
 * @param partnership the tenant, undefined for a global collection.
 * @param version the version it is stored with.
 * @throws TypeError for a value its kind does not take, or a field that was not declared.
 */
export function encodeRow(
  shape: Shape,
  partnership: string | undefined,
  row: Fields,
  version: number,
): Stored {
  const { id } = row;
  checkId(`${shape.name}.id`, id);
  for (const key of Object.keys(row)) {
    if (key !== 'id' && key !== 'version' && !Object.hasOwn(shape.fields, key)) {
      throw new TypeError(`${shape.name} declares no field "${key}".`);
    }
  }
  const stored: Stored = { _id: id, ...(partnership !== undefined && { partnership }), version };
  for (const [field, kind] of Object.entries(shape.fields)) {
    stored[field] = encodeField(`${shape.name}.${field}`, kind, row[field] ?? null);
  }
  return stored;
}

/** A stored row as core knows it. Fields that an older shape did not have are null; ones it no longer declares are left out. */
export function decodeRow(shape: Shape, stored: Stored): Fields {
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
