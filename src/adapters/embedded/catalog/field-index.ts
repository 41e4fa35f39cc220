import { deserialize } from 'bson';
import {
  document,
  type Element,
  find,
  type Needle,
  needle,
  type Part,
  partOf,
} from '../bson/element.ts';
import { BEHIND, joinedKey } from '../bson/key.ts';
import { ARRAY, NULL } from '../bson/types.ts';
import { CommandError, refused } from '../errors.ts';
import type { Row } from './row.ts';
import { Sorted } from './sorted.ts';

/** One field of an index or of a sort. */
export interface KeyField {
  readonly name: string;
  readonly descending: boolean;
}

/** A declared index. */
export interface IndexSpec {
  readonly name: string;
  readonly fields: readonly KeyField[];
  readonly unique: boolean;
}

/** The rows of a collection in the order of some fields, then of `_id`. */
export class FieldIndex {
  readonly spec: IndexSpec;
  /** The declared fields and, unless declared, `_id`. */
  readonly fields: readonly KeyField[];
  readonly entries = new Sorted<Row>();
  /** How many rows hold an array in a field of this index: while there are any, no plan may use it. */
  arrays = 0;
  readonly #needles: Needle[];
  readonly #descending: boolean[];
  readonly #endsInId: boolean;

  constructor(spec: IndexSpec) {
    this.spec = spec;
    this.#endsInId = !spec.fields.some((field) => field.name === '_id');
    this.fields = this.#endsInId
      ? [...spec.fields, { name: '_id', descending: false }]
      : spec.fields;
    this.#needles = spec.fields.map((field) => needle(field.name));
    this.#descending = spec.fields.map((field) => field.descending);
  }

  /**
   * The row, other than `except`, that keeps a document out of a unique index.
   * @throws CommandError 2 for an array in a unique index
   */
  holder(doc: Buffer, except?: Row): Row | undefined {
    if (!this.spec.unique) return undefined;
    const values = this.#valuesOf(doc);
    if (values.some(isArray))
      throw refused(`An array in a field of the unique index '${this.spec.name}'`);
    const key = joinedKey(values, this.#descending);
    for (const row of this.entries.range(key, key + BEHIND)) if (row !== except) return row;
    return undefined;
  }

  /** Whether a row has another place when its bytes become those of `after`. */
  moves(before: Buffer, after: Buffer): boolean {
    const [old, fresh] = [before, after].map((doc) =>
      joinedKey(this.#valuesOf(doc), this.#descending),
    );
    return old !== fresh;
  }

  add(row: Row): void {
    const values = this.#valuesOf(row.doc);
    this.entries.set(this.#entryKey(values, row), row);
    if (values.some(isArray)) this.arrays++;
  }

  remove(row: Row): void {
    const values = this.#valuesOf(row.doc);
    this.entries.delete(this.#entryKey(values, row));
    if (values.some(isArray)) this.arrays--;
  }

  /** DuplicateKey (11000) for a document, with `keyPattern` and `keyValue`; the sentence holds no values. */
  duplicate(namespace: string, doc: Buffer): CommandError {
    const keyPattern: Record<string, number> = {};
    const parts: Part[] = [];
    this.spec.fields.forEach(({ name, descending }, i) => {
      keyPattern[name] = descending ? -1 : 1;
      const value = find(doc, this.#needles[i]!);
      parts.push(value ? partOf(value) : [NULL, name, Buffer.alloc(0)]);
    });
    const shown = Object.keys(keyPattern).join(', ');
    return new CommandError(
      11000,
      `E11000 duplicate key error collection: ${namespace} index: ${this.spec.name} dup key: { ${shown} }`,
      { keyPattern, keyValue: deserialize(document(parts), { promoteValues: false }) },
    );
  }

  #valuesOf(doc: Buffer): (Element | undefined)[] {
    return this.#needles.map((name) => find(doc, name));
  }

  #entryKey(values: (Element | undefined)[], row: Row): string {
    const key = joinedKey(values, this.#descending);
    return this.#endsInId ? key + row.id : key;
  }
}

function isArray(value: Element | undefined): boolean {
  return value?.type === ARRAY;
}
