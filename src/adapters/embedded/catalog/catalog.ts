import { deserialize, serialize } from 'bson';
import { document, find, needle, partOf } from '../bson/element.ts';
import { keyOf } from '../bson/key.ts';
import { Collection } from './collection.ts';
import type { IndexSpec } from './field-index.ts';
import { encodeRecord, type LogRecord } from './record.ts';
import type { Row } from './row.ts';

const ID = needle('_id');

/** About what a log entry has around its document, in bytes. */
const ENTRY_BYTES = 64;

/** Where changes are written down; `undo` is called, last first, should the writing fail. */
export interface Journal {
  append(record: Buffer, undo: () => void): void;
}

/**
 * All collections. A change is made in memory and handed to the journal in one step; its writer is
 * answered when the journal is on disk. Other readers may see it a moment earlier, and see it gone
 * again if the disk then fails: that is MongoDB's own read concern `local`.
 */
export class Catalog {
  readonly #collections = new Map<string, Collection>();
  /** Indexes read from the log, built when all of it has been read. */
  #awaited: { namespace: string; spec: IndexSpec }[] = [];
  #journal: Journal | undefined;

  /** The collection of that namespace, if there is one. */
  get(namespace: string): Collection | undefined {
    return this.#collections.get(namespace);
  }

  /** The collections of a database, by name. */
  of(database: string): Collection[] {
    const found = [...this.#collections.values()];
    return found
      .filter((collection) => collection.namespace.startsWith(`${database}.`))
      .sort((a, b) => (a.namespace < b.namespace ? -1 : 1));
  }

  /** The collection of that namespace, made if need be. */
  ensure(namespace: string): Collection {
    const known = this.#collections.get(namespace);
    if (known) return known;
    const made = new Collection(namespace);
    this.#append(encodeRecord('create', namespace), () => this.#collections.delete(namespace));
    this.#collections.set(namespace, made);
    return made;
  }

  /** @throws CommandError 11000 */
  insert(collection: Collection, doc: Buffer): void {
    const row = collection.insert(doc);
    this.#appendPut(collection, doc, () => collection.unlink(row));
  }

  /** @throws CommandError 11000 */
  replace(collection: Collection, row: Row, doc: Buffer): void {
    const before = row.doc;
    collection.replace(row, doc);
    this.#appendPut(collection, doc, () => collection.replace(row, before));
  }

  remove(collection: Collection, row: Row): void {
    const named = document([partOf(find(row.doc, ID)!)]);
    collection.unlink(row);
    this.#append(encodeRecord('remove', collection.namespace, named), () => collection.link(row));
  }

  /** @throws CommandError 11000 or 2 when the rows that are there do not fit a unique index */
  declare(collection: Collection, spec: IndexSpec): void {
    collection.declare(spec);
    this.#append(encodeRecord('index', collection.namespace, toDocument(spec)), () =>
      collection.undeclare(spec),
    );
  }

  drop(collection: Collection): void {
    this.#collections.delete(collection.namespace);
    this.#append(encodeRecord('drop', collection.namespace), () =>
      this.#collections.set(collection.namespace, collection),
    );
  }

  /** Does what a log entry says. Uniqueness is not asked: on the way through a log it may not hold. */
  restore({ change, namespace, doc }: LogRecord): void {
    if (change === 'drop') {
      this.#collections.delete(namespace);
      this.#awaited = this.#awaited.filter((index) => index.namespace !== namespace);
      return;
    }
    const collection = this.#collections.get(namespace) ?? new Collection(namespace);
    this.#collections.set(namespace, collection);
    if (change === 'index') this.#awaited.push({ namespace, spec: fromDocument(doc) });
    const id = change === 'put' || change === 'remove' ? keyOf(find(doc, ID)) : '';
    if (change === 'put') collection.ids.entries.set(id, { id, doc });
    if (change === 'remove') collection.ids.entries.delete(id);
  }

  /** Ends the reading of the log: builds the indexes and sends changes to `journal` from now on. */
  open(journal: Journal): void {
    for (const { namespace, spec } of this.#awaited) {
      const collection = this.#collections.get(namespace)!;
      const known = collection.indexes.some((index) => index.spec.name === spec.name);
      if (!known) collection.declare(spec);
    }
    this.#awaited = [];
    this.#journal = journal;
  }

  /** The entries of a log that holds what is there now and nothing else; later changes do not alter it. */
  snapshot(): Iterable<Buffer> {
    const collections = [...this.#collections.values()].map((collection) => ({
      namespace: collection.namespace,
      specs: collection.indexes.slice(1).map((index) => index.spec),
      docs: Array.from(collection.rows(), (row) => row.doc),
    }));
    return (function* () {
      for (const { namespace, specs, docs } of collections) {
        yield encodeRecord('create', namespace);
        for (const spec of specs) yield encodeRecord('index', namespace, toDocument(spec));
        for (const doc of docs) yield encodeRecord('put', namespace, doc);
      }
    })();
  }

  /** How many documents there are, in all collections. */
  documents(): number {
    let documents = 0;
    for (const collection of this.#collections.values())
      for (const _ of collection.rows()) documents += 1;
    return documents;
  }

  /** About how many bytes a log of {@link snapshot} would have. */
  bytes(): number {
    let bytes = 0;
    for (const collection of this.#collections.values())
      for (const row of collection.rows()) bytes += row.doc.length + ENTRY_BYTES;
    return bytes;
  }

  #appendPut(collection: Collection, doc: Buffer, undo: () => void): void {
    this.#append(encodeRecord('put', collection.namespace, doc), undo);
  }

  #append(record: Buffer, undo: () => void): void {
    this.#journal?.append(record, undo);
  }
}

function toDocument(spec: IndexSpec): Buffer {
  return Buffer.from(serialize(spec));
}

function fromDocument(doc: Buffer): IndexSpec {
  return deserialize(doc) as unknown as IndexSpec;
}
