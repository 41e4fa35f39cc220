import { type Document, deserialize, serialize } from 'bson';
import { DatabaseSync } from '../../../src/adapters/sqlite/binding.ts';
import { CODES, CommandError } from './command-error.ts';
import type { Span } from './filter.ts';
import { encodeValue, HIGHEST, LOWEST } from './keys.ts';

/** An index of a collection. */
export interface Index {
  id: number;
  name: string;
  fields: readonly string[];
  isUnique: boolean;
}

/** A collection and its indexes; the first one is over `_id`. */
export interface Collection {
  /** `database.collection` */
  namespace: string;
  indexes: Index[];
}

/** A stored document. */
export interface Row {
  id: number;
  document: Document;
  bytes: number;
}

/** A read: the spans of an index, in its order. */
export interface Scan {
  index: Index;
  spans: readonly Span[];
  isDescending: boolean;
}

type Value = string | number | Uint8Array;
interface Statement {
  run(...params: Value[]): { lastInsertRowid: number | bigint };
  all(...params: Value[]): Record<string, Value>[];
}
interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

/** The writes of one turn of the event loop, which are not on the disk yet. */
interface Group {
  done: Promise<void>;
  error?: unknown;
}

/** What is written outlives a kill of the process, not a loss of power: nothing waits for the disk. */
const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = OFF;
  CREATE TABLE IF NOT EXISTS indexes
    (id INTEGER PRIMARY KEY, namespace TEXT, name TEXT, fields TEXT, isUnique INTEGER);
  CREATE TABLE IF NOT EXISTS documents (id INTEGER PRIMARY KEY, bson BLOB);
  CREATE TABLE IF NOT EXISTS entries
    (indexId INTEGER, key BLOB, documentId INTEGER, PRIMARY KEY (indexId, key)) WITHOUT ROWID;
`;

/**
 * The collections, in a SQLite file: documents as BSON, and one entry for each document in each index, whose key is the
 * encoded values. What is written in one turn of the event loop is one transaction.
 */
export class Rows {
  readonly #database: Database;
  readonly #statements = new Map<string, Statement>();
  readonly #collections = new Map<string, Collection>();
  #group: Group | undefined;

  /** @param file the database; default: one in memory. */
  constructor(file = ':memory:') {
    this.#database = new DatabaseSync(file) as unknown as Database;
    this.#database.exec(SCHEMA);
    this.#readCollections();
  }

  /** Waits until all that was written until now is on the disk. @throws CommandError if it cannot be written. */
  async committed(): Promise<void> {
    await this.#group?.done;
  }

  async close(): Promise<void> {
    await this.committed().catch(() => {});
    this.#database.close();
  }

  collection(namespace: string): Collection | undefined {
    return this.#collections.get(namespace);
  }

  collectionsOf(database: string): Collection[] {
    return [...this.#collections.values()].filter(({ namespace }) =>
      namespace.startsWith(`${database}.`),
    );
  }

  /** The collection, which is made if it is not there. */
  ensure(namespace: string): Collection {
    const existing = this.#collections.get(namespace);
    if (existing) return existing;
    const collection: Collection = { namespace, indexes: [] };
    this.#collections.set(namespace, collection);
    this.createIndex(collection, { name: '_id_', fields: ['_id'], isUnique: true });
    return collection;
  }

  /** @throws CommandError if documents share a key that is to be unique. */
  createIndex(collection: Collection, index: Omit<Index, 'id'>): void {
    const rows = collection.indexes[0] ? [...this.#all(collection)] : [];
    const { name, fields, isUnique } = index;
    const { lastInsertRowid } = this.#write(
      'INSERT INTO indexes (namespace, name, fields, isUnique) VALUES (?, ?, ?, ?)',
      ...[collection.namespace, name, JSON.stringify(fields), isUnique ? 1 : 0],
    );
    const created = { ...index, id: Number(lastInsertRowid) };
    try {
      for (const row of rows) {
        this.#refuseDuplicates({ ...collection, indexes: [created] }, row.document);
        this.#addEntry(created, row);
      }
    } catch (error) {
      this.#removeIndex(created);
      throw error;
    }
    collection.indexes.push(created);
  }

  drop({ namespace, indexes }: Collection): void {
    const [first] = indexes as [Index];
    this.#write(
      'DELETE FROM documents WHERE id IN (SELECT documentId FROM entries WHERE indexId = ?)',
      first.id,
    );
    for (const index of indexes) this.#removeIndex(index);
    this.#collections.delete(namespace);
  }

  /** @throws CommandError if a unique key is taken. */
  insert(collection: Collection, document: Document): void {
    this.#refuseDuplicates(collection, document);
    const bson = serialize(document);
    const { lastInsertRowid } = this.#write('INSERT INTO documents (bson) VALUES (?)', bson);
    const row = { id: Number(lastInsertRowid), document };
    for (const index of collection.indexes) this.#addEntry(index, row);
  }

  /** @throws CommandError if a unique key is taken. */
  replace(collection: Collection, { id, document: old }: Row, document: Document): void {
    this.#refuseDuplicates(collection, document, id);
    this.#write('UPDATE documents SET bson = ? WHERE id = ?', serialize(document), id);
    for (const index of collection.indexes) {
      if (valuesKey(index.fields, old).equals(valuesKey(index.fields, document))) continue;
      this.#removeEntry(index, { id, document: old });
      this.#addEntry(index, { id, document });
    }
  }

  remove(collection: Collection, row: Row): void {
    for (const index of collection.indexes) this.#removeEntry(index, row);
    this.#write('DELETE FROM documents WHERE id = ?', row.id);
  }

  /**
   * The rows within the spans. They are read a chunk at a time, so later chunks contain what was written in
   * between.
   */
  *scan({ index, spans, isDescending }: Scan, chunkSize: number): Generator<Row> {
    const sql = `SELECT key, id, bson FROM entries JOIN documents ON id = documentId
      WHERE indexId = ? AND key >= ? AND key < ? ORDER BY key ${isDescending ? 'DESC' : ''} LIMIT ?`;
    for (const span of isDescending ? spans.toReversed() : spans) {
      let { low, high } = span;
      for (;;) {
        const found = this.#prepare(sql).all(index.id, low, high, chunkSize);
        for (const { id, bson } of found) {
          const bytes = bson as Uint8Array;
          yield { id: Number(id), document: deserialize(bytes), bytes: bytes.length };
        }
        const last = found.at(-1)?.key;
        if (!(last instanceof Uint8Array) || found.length < chunkSize) break;
        if (isDescending) high = Buffer.from(last);
        // The next key there can be.
        else low = Buffer.concat([last, Buffer.alloc(1)]);
      }
    }
  }

  /** How many rows there are within the spans. */
  count({ index, spans }: Scan): number {
    const sql = 'SELECT count(*) AS n FROM entries WHERE indexId = ? AND key >= ? AND key < ?';
    const counts = spans.map(({ low, high }) => this.#prepare(sql).all(index.id, low, high)[0]?.n);
    return counts.reduce<number>((sum, n) => sum + Number(n), 0);
  }

  #all({ indexes }: Collection): Generator<Row> {
    const span = { low: LOWEST, high: HIGHEST };
    const [index] = indexes as [Index];
    return this.scan({ index, spans: [span], isDescending: false }, 1_000);
  }

  #refuseDuplicates({ namespace, indexes }: Collection, document: Document, except?: number): void {
    const sql = 'SELECT documentId FROM entries WHERE indexId = ? AND key = ?';
    for (const { id, name, fields, isUnique } of indexes) {
      // Made for every index: what cannot be indexed is refused before anything is written.
      const key = valuesKey(fields, document);
      const [taken] = isUnique ? this.#prepare(sql).all(id, key) : [];
      if (!taken || taken.documentId === except) continue;
      const keyPattern = Object.fromEntries(fields.map((field) => [field, 1]));
      const keyValue = Object.fromEntries(fields.map((field) => [field, document[field] ?? null]));
      throw new CommandError(
        CODES.DuplicateKey,
        `E11000 duplicate key error collection: ${namespace} index: ${name} dup key: ${JSON.stringify(keyValue)}`,
        { keyPattern, keyValue },
      );
    }
  }

  #addEntry(index: Index, row: Pick<Row, 'id' | 'document'>): void {
    this.#write('INSERT INTO entries VALUES (?, ?, ?)', index.id, entryKey(index, row), row.id);
  }

  #removeEntry(index: Index, row: Pick<Row, 'id' | 'document'>): void {
    this.#write(
      'DELETE FROM entries WHERE indexId = ? AND key = ?',
      index.id,
      entryKey(index, row),
    );
  }

  #removeIndex({ id }: Index): void {
    this.#write('DELETE FROM entries WHERE indexId = ?', id);
    this.#write('DELETE FROM indexes WHERE id = ?', id);
  }

  #readCollections(): void {
    this.#collections.clear();
    for (const row of this.#prepare('SELECT * FROM indexes ORDER BY id').all()) {
      const namespace = row.namespace as string;
      const collection = this.#collections.get(namespace) ?? { namespace, indexes: [] };
      this.#collections.set(namespace, collection);
      collection.indexes.push({
        id: Number(row.id),
        name: row.name as string,
        fields: JSON.parse(row.fields as string),
        isUnique: row.isUnique === 1,
      });
    }
  }

  #prepare(sql: string): Statement {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /** Runs a statement in the transaction of this turn. */
  #write(sql: string, ...params: Value[]) {
    this.#group ??= this.#begin();
    try {
      return this.#prepare(sql).run(...params);
    } catch (error) {
      this.#group.error = error;
      throw error;
    }
  }

  #begin(): Group {
    this.#database.exec('BEGIN IMMEDIATE');
    const done = new Promise<void>((resolve, reject) => {
      setImmediate(() => {
        const error = this.#group?.error ?? this.#commit();
        this.#group = undefined;
        if (error === undefined) return resolve();
        this.#rollBack();
        reject(new CommandError(CODES.OutOfDiskSpace, String(error)));
      });
    });
    // The client may be gone when its write fails.
    done.catch(() => {});
    return { done };
  }

  #commit(): unknown {
    try {
      this.#database.exec('COMMIT');
      return undefined;
    } catch (error) {
      return error;
    }
  }

  #rollBack(): void {
    try {
      this.#database.exec('ROLLBACK');
    } catch {
      // After some errors SQLite has rolled back by itself.
    }
    this.#readCollections();
  }
}

/** The encoded values of an index's fields. */
function valuesKey(fields: readonly string[], document: Document): Buffer {
  return Buffer.concat(fields.map((field) => encodeValue(document[field])));
}

/** The key of an entry: where an index is not unique, the row's own number makes it so. */
function entryKey({ fields, isUnique }: Index, { id, document }: Pick<Row, 'id' | 'document'>) {
  if (isUnique) return valuesKey(fields, document);
  const number = Buffer.alloc(8);
  number.writeBigInt64BE(BigInt(id));
  return Buffer.concat([valuesKey(fields, document), number]);
}
