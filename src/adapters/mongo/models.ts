import type { Connection, Model } from 'mongoose';
import type { Shape } from '../shared/store/shape.ts';
import type { StoredRow } from './row-codec.ts';
import { schemaOf } from './schema.ts';

/** A declaration and its mongoose model. */
export interface BoundModel {
  readonly shape: Shape;
  readonly model: Model<StoredRow>;
}

/** Binds declarations to a connection, by name. @throws Error if two have the same name. */
export function bindModels(
  connection: Connection,
  shapes: readonly Shape[],
): ReadonlyMap<string, BoundModel> {
  const models = new Map<string, BoundModel>();
  for (const shape of shapes) {
    if (models.has(shape.name)) throw new Error(`Two collections are called ${shape.name}.`);
    const model = connection.model<StoredRow>(shape.name, schemaOf(shape));
    models.set(shape.name, { shape, model });
  }
  return models;
}
