import { Schema, type SchemaDefinition } from 'mongoose';
import type { FieldKind } from '../../core/ports/store.ts';
import { checkShape, type Shape } from '../shared/store/shape.ts';
import type { Stored } from './stored.ts';
import { tenantGuard } from './tenant-guard.ts';

/** How mongoose keeps each kind. `cast: false`: a value of another type is refused, never turned into this one. */
const types: Record<FieldKind, SchemaDefinition[string]> = {
  text: { type: String, cast: false },
  integer: { type: Number, cast: false, validate: (value: unknown) => whole(value) },
  flag: { type: Boolean, cast: false },
  moment: { type: Date, cast: false },
  list: { type: Schema.Types.Mixed, validate: (value: unknown) => isList(value) },
  data: { type: Schema.Types.Mixed },
};

/**
 * The mongoose schema of a declared collection: `id` is `_id`, tenant collections carry `partnership` and are
 * guarded by it. Strict everywhere: an undeclared path throws, in documents and in filters.
 * Indexes are made by `ensure-collections.ts`, not by the schema.
 * @throws Error if the declaration cannot be kept (see {@link checkShape}).
 * @see https://mongoosejs.com/docs/guide.html#options
 */
export function schemaOf(shape: Shape): Schema<Stored> {
  checkShape(shape);
  const tenant = shape.scope === 'partnership';
  const definition: SchemaDefinition = {
    _id: { type: String, cast: false, required: true },
    ...(tenant && { partnership: { type: String, cast: false, required: true } }),
    version: { type: Number, cast: false, required: true, validate: whole },
  };
  for (const [field, kind] of Object.entries(shape.fields)) definition[field] = types[kind];
  const schema = new Schema<Stored>(definition as SchemaDefinition<Stored>, {
    collection: shape.name,
    strict: 'throw',
    strictQuery: 'throw',
    minimize: false,
    versionKey: false,
    id: false,
    autoIndex: false,
    autoCreate: false,
  });
  if (tenant) schema.plugin(tenantGuard);
  return schema;
}

const whole = (value: unknown) => value === null || Number.isSafeInteger(value);
const isList = (value: unknown) =>
  value === null ||
  (Array.isArray(value) && value.every((item) => typeof item === 'string' || whole(item)));
