import type { AnyDeclaration, FieldKind } from '../../core/ports/store.ts';

/** What this folder reads of a declaration, whatever its row type. */
export type Shape = AnyDeclaration;

/** A row before anything is known of its type. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * A row as the server keeps it: `id` is `_id`, and a tenant's row names its `partnership`.
 * Top-level names follow https://www.mongodb.com/docs/manual/core/document/#field-names.
 */
export interface Stored {
  _id: string;
  version: number;
  partnership?: string;
  [field: string]: unknown;
}

/** The kinds an index may rest on: one value each, never a list or an object. */
const scalarKinds: ReadonlySet<FieldKind | undefined> = new Set<FieldKind>([
  'text',
  'integer',
  'flag',
  'moment',
]);

/** Names the store itself needs, so no field may have them. */
const reserved = ['id', '_id', '__v', 'version'];

/**
 * Checks what the types of a declaration cannot say.
 * @throws Error naming the collection and the field, for a reserved or impossible name, or an index over
 *   something that is no declared scalar.
 */
export function checkShape({ name, scope, fields, indexes }: Shape): void {
  const taken = scope === 'partnership' ? [...reserved, 'partnership'] : reserved;
  for (const field of Object.keys(fields)) {
    if (taken.includes(field) || !/^[a-z]\w*$/i.test(field)) {
      throw new Error(`${name}: a field cannot be called "${field}".`);
    }
  }
  for (const [index, { on }] of Object.entries(indexes)) {
    if (index === 'byId' || index === 'bySweep' || on.length === 0) {
      throw new Error(`${name}: index ${index} needs another name, and at least one field.`);
    }
    for (const field of on) {
      if (!scalarKinds.has(fields[field])) {
        throw new Error(`${name}: index ${index} needs "${field}" to be a declared scalar field.`);
      }
    }
  }
}
