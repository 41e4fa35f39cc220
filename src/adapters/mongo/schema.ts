import { Schema, type SchemaDefinition } from 'mongoose';
import type { FieldKind } from '../../core/ports/store.ts';
import { checkShape, type Shape } from '../shared/store/shape.ts';
import type { StoredRow } from './row-codec.ts';
import { bulkGuard, tenantGuard } from './tenant-guard.ts';

/** The mongoose type of each kind. `cast: false`: a value of another type is refused, never converted. */
const TYPES: Record<FieldKind, SchemaDefinition[string]> = {
  text: { type: String, cast: false },
  integer: { type: Number, cast: false, validate: (value: unknown) => isWhole(value) },
  flag: { type: Boolean, cast: false },
  moment: { type: Date, cast: false },
  list: { type: Schema.Types.Mixed, validate: (value: unknown) => isList(value) },
  data: { type: Schema.Types.Mixed },
};

/**
 * The mongoose schema of a declared collection: `id` is `_id`, tenant collections carry `partnership` and are
 * guarded by it. Strict everywhere: an undeclared path throws, in documents and in filters.
 * Indexes are made by `ensureIndexes`, not by the schema.
 * @throws Error if the declaration cannot be kept (see {@link checkShape}).
 * @see https://mongoosejs.com/docs/guide.html#options
 */
export function schemaOf(shape: Shape): Schema<StoredRow> {
  checkShape(shape);
  const isTenant = shape.scope === 'partnership';
  const definition: SchemaDefinition = {
    _id: { type: String, cast: false, required: true },
    ...(isTenant && {
      partnership: { type: String, cast: false, required: true, immutable: true },
    }),
    version: { type: Number, cast: false, required: true, validate: isWhole },
    writeId: { type: String, cast: false },
  };
  for (const [field, kind] of Object.entries(shape.fields)) definition[field] = TYPES[kind];
  const schema = new Schema<StoredRow>(definition as SchemaDefinition<StoredRow>, {
    collection: shape.name,
    strict: 'throw',
    strictQuery: 'throw',
    minimize: false,
    versionKey: false,
    id: false,
    autoIndex: false,
    autoCreate: false,
  });
  schema.plugin(bulkGuard);
  if (isTenant) schema.plugin(tenantGuard);
  return schema;
}

const isWhole = (value: unknown) => value === null || Number.isSafeInteger(value);
const isList = (value: unknown) =>
  value === null ||
  (Array.isArray(value) && value.every((item) => typeof item === 'string' || isWhole(item)));
