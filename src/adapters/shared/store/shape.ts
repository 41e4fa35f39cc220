import type { AnyDeclaration, FieldKind } from '../../../core/ports/store.ts';
import { checkKind } from './check-values.ts';

/** A declared collection as stores see it, whatever its row type. */
export type Shape = AnyDeclaration;

/** A row before anything is known of its type. */
export type Fields = Readonly<Record<string, unknown>>;

/** The kinds an index may rest on: one value each, never a list or an object. */
const SCALAR_KINDS: ReadonlySet<FieldKind | undefined> = new Set<FieldKind>([
  'text',
  'integer',
  'flag',
  'moment',
]);

/** Names that stores use themselves. */
const RESERVED_FIELDS = ['id', '_id', '__v', 'version', 'writeId', 'partnership'];
const RESERVED_INDEXES = ['byId', 'bySweep'];

/**
 * Checks what the types of a declaration cannot say.
 * @throws Error naming the collection and the field, for a reserved or impossible name, or an index over
 *   something that is no declared scalar.
 */
export function checkShape({ name, scope, fields, indexes }: Shape): void {
  const isTaken = (field: string) =>
    RESERVED_FIELDS.includes(field) && !(field === 'partnership' && scope === 'global');
  for (const field of Object.keys(fields)) {
    if (isTaken(field) || !/^[a-z]\w*$/i.test(field)) {
      throw new Error(`${name}: a field cannot be called "${field}".`);
    }
  }
  for (const [index, { on }] of Object.entries(indexes)) {
    if (RESERVED_INDEXES.includes(index) || on.length === 0) {
      throw new Error(`${name}: index ${index} needs another name, and at least one field.`);
    }
    for (const field of on) {
      if (!SCALAR_KINDS.has(fields[field])) {
        throw new Error(`${name}: index ${index} needs "${field}" to be a declared scalar field.`);
      }
    }
  }
}

/** Whether a field holds one value that a column can hold and an index can sort. */
export function isScalar(kind: FieldKind): boolean {
  return SCALAR_KINDS.has(kind);
}

/**
 * The fields by which an index sorts. The id comes last, unless the index is unique: then rows with the same values
 * have an order too, and the index alone gives it.
 * @throws Error if no such index was declared.
 */
export function indexOrder(shape: Shape, index: string): readonly string[] {
  if (index === 'byId') return ['id'];
  const declared = Object.hasOwn(shape.indexes, index) ? shape.indexes[index] : undefined;
  if (!declared) throw new Error(`${shape.name} declares no index ${index}.`);
  return declared.unique ? declared.on : [...declared.on, 'id'];
}

/**
 * Checks that a collection has rows that can be due, and that due rows are asked for until a moment.
 * @throws Error or TypeError that names the collection.
 */
export function checkDue({ name, fields }: Shape, until: unknown): void {
  if (!('nextRunAt' in fields)) throw new Error(`${name} has no nextRunAt.`);
  if (until === null) throw new TypeError('due takes a moment.');
  checkKind('due', 'moment', until);
}

/**
 * Checks that a collection was declared, and is reached by the way of its scope.
 * @param found the declaration that the stores were opened with; undefined if there is none of that name.
 * @throws Error that says what to do.
 */
export function checkReach(found: Shape | undefined, name: string, wanted: Shape['scope']): void {
  if (!found) throw new Error(`${name} was not declared when the stores were opened.`);
  if (found.scope !== wanted) {
    const way = found.scope === 'global' ? 'stores.global' : 'stores.forPartnership(id).of';
    throw new Error(`${name} is ${found.scope}: reach it by ${way}.`);
  }
}
