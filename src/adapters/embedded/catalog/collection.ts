import { find, needle } from '../bson/element.ts';
import { keyOf } from '../bson/key.ts';
import { FieldIndex, type IndexSpec } from './field-index.ts';
import type { Row } from './row.ts';

const ID = needle('_id');

/** The documents of one collection with their indexes, all in memory. */
export class Collection {
  /** `database.collection` */
  readonly namespace: string;
  /** The rows by `_id`: an index like the others. */
  readonly ids = new FieldIndex({
    name: '_id_',
    fields: [{ name: '_id', descending: false }],
    unique: true,
  });
  /** All indexes, `_id_` first. */
  readonly indexes: FieldIndex[] = [this.ids];

  constructor(namespace: string) {
    this.namespace = namespace;
  }

  /** All rows, in the order of `_id`. */
  rows(): Generator<Row> {
    return this.ids.entries.range('', '\uffff');
  }

  /**
   * Adds a document whose `_id` comes first.
   * @throws CommandError 11000, and nothing has changed
   */
  insert(doc: Buffer): Row {
    const row = { id: keyOf(find(doc, ID)), doc };
    this.#refuseDuplicates(doc);
    this.link(row);
    return row;
  }

  /**
   * Gives a row other bytes, with the same `_id`.
   * @throws CommandError 11000, and nothing has changed
   */
  replace(row: Row, doc: Buffer): void {
    const moved = this.indexes.filter((index) => index.moves(row.doc, doc));
    for (const index of moved)
      if (index.holder(doc, row)) throw index.duplicate(this.namespace, doc);
    for (const index of moved) index.remove(row);
    row.doc = doc;
    for (const index of moved) index.add(row);
  }

  /** Puts a row into all indexes, unchecked. */
  link(row: Row): void {
    for (const index of this.indexes) index.add(row);
  }

  /** Takes a row out of all indexes. */
  unlink(row: Row): void {
    for (const index of this.indexes) index.remove(row);
  }

  /**
   * Builds an index over the rows that are there.
   * @throws CommandError 11000 when it is unique and they are not; the index is then not there
   */
  declare(spec: IndexSpec): void {
    const index = new FieldIndex(spec);
    for (const row of this.rows()) {
      if (index.holder(row.doc)) throw index.duplicate(this.namespace, row.doc);
      index.add(row);
    }
    this.indexes.push(index);
  }

  /** Forgets an index that was just declared. */
  undeclare(spec: IndexSpec): void {
    const at = this.indexes.findIndex((index) => index.spec === spec);
    this.indexes.splice(at, 1);
  }

  #refuseDuplicates(doc: Buffer): void {
    for (const index of this.indexes)
      if (index.holder(doc)) throw index.duplicate(this.namespace, doc);
  }
}
