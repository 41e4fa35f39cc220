/**
 * The store port. It is small on purpose: every query rests on a declared index, so its cost does not grow with the
 * data, and any database can implement it. A domain folder declares its collection as data with
 * {@link defineCollection}; one implementation of {@link Stores} serves all collections.
 */

/** What every row has. */
export interface Row {
  /**
   * Unique within the collection. An id that a command derives from its invocation's key makes a repeated delivery
   * write the same row again, not a second one.
   */
  id: string;
  /** For compare-and-swap: 1 when inserted, one more at each save. Set by the store. */
  version: number;
}

/**
 * The kinds of fields: `text`, `integer`, `flag` (a boolean), `moment` (a Date), `list` (of texts or integers) and
 * `data` (plain JSON and Dates). A field of any kind may be null.
 */
export type FieldKind = 'text' | 'integer' | 'flag' | 'moment' | 'list' | 'data';

type FieldsOf<T extends Row> = Exclude<keyof T & string, keyof Row>;

/** Holds the type of a collection's rows. No declaration has this property. */
declare const rowType: unique symbol;

/** A declared collection of rows of type `T`, with the indexes named `I`. */
export interface Declaration<T extends Row, I extends string = string> {
  readonly name: string;
  /** `partnership`: the rows belong to tenants, and are reached through one. `global`: they belong to none. */
  readonly scope: 'partnership' | 'global';
  readonly fields: { readonly [field: string]: FieldKind };
  readonly indexes: { readonly [K in I]: Index<string> };
  readonly derived?: Derived<T>;
  readonly [rowType]?: T;
}

/**
 * Rows of another collection that follow from the rows of this one. The stores write them with each change (see
 * `derived-rows.ts`), so nothing else may write them.
 */
export interface Derived<T extends Row> {
  readonly into: AnyDeclaration;
  /** @returns the rows that follow from one row, with a `derivedRowId` each. */
  rowsOf(row: New<T>): New<Row>[];
}

/**
 * An index: its fields in order, each of a kind with one value. In a tenant collection the store puts `partnership`
 * first, so a `unique` index is unique within the tenant.
 */
interface Index<F extends string> {
  readonly on: readonly F[];
  readonly unique?: true;
}

/** A collection whose row type does not matter: for code that treats all collections alike. */
export type AnyDeclaration = Declaration<Row>;

/**
 * Declares a collection: `defineCollection<Partner>()({ name: 'partners', … })`. It takes two calls, so that
 * TypeScript can infer the names of the indexes.
 */
export function defineCollection<T extends Row>() {
  return <I extends string>(declaration: {
    name: string;
    scope: 'partnership' | 'global';
    fields: { readonly [K in FieldsOf<T>]: FieldKind };
    indexes: { readonly [K in I]: Index<FieldsOf<T>> };
    derived?: Derived<T>;
  }): Declaration<T, I> => declaration;
}

type Scalar = string | number | boolean | Date | null;

/** Equality, or one of several values if a list is given. */
type Where<T> = { readonly [K in keyof T]?: (T[K] & Scalar) | readonly (T[K] & Scalar)[] };

/**
 * What to find: equality on the first fields of a declared index, then at most one range on the next field. Rows come
 * in the order of the index. A query that its index cannot answer throws.
 */
export interface Query<T extends Row, I extends string> {
  index: I | ById;
  where?: Where<T>;
  /** `from` and `to` are included, `after` and `before` are not. */
  range?: { field: keyof T & string; from?: Scalar; after?: Scalar; to?: Scalar; before?: Scalar };
  descending?: boolean;
}

/** The first rows of a query. To say "none", "all" or a number of the whole, look at `more`. */
interface Found<T> {
  rows: T[];
  /** Whether the query has more rows than the limit. */
  more: boolean;
}

/** The index over the ids, which every collection has. */
type ById = 'byId';

/** A row to be inserted. The store gives it its version. */
export type New<T extends Row> = Omit<T, 'version'>;

/** The rows of one collection: of one tenant, or of a global collection. */
export interface Collection<T extends Row, I extends string = string> {
  /** @returns the row, or undefined if there is none with this id. */
  get(id: string): Promise<T | undefined>;
  /** @param limit the most rows to return. */
  find(query: Query<T, I>, limit: number): Promise<Found<T>>;
  count(query: Omit<Query<T, I>, 'descending'>): Promise<number>;
  /**
   * Reads all rows of a query, one after another. A row that another writer moves within the index meanwhile may come
   * twice or not at all: to change the fields of an index while reading by it, read all rows first.
   * @param pageSize how many rows one read of the store brings (500 if it is not given).
   */
  all(query: Query<T, I>, pageSize?: number): AsyncIterable<T>;
  /** @returns the row as stored. @throws ConflictError if its id or another unique key is taken. */
  insert(row: New<T>): Promise<T>;
  /** Inserts many rows. @returns for each the row as stored; undefined if its id or another unique key is taken. */
  insertAll(rows: readonly New<T>[]): Promise<(T | undefined)[]>;
  /**
   * Replaces the stored row with this id, if it still has this version.
   * @returns the row as stored, with the next version; undefined if it was changed or removed meanwhile: read it again
   *   and decide again, or use {@link updateWithRetry}.
   * @throws ConflictError if another row has one of its unique keys.
   */
  save(row: T): Promise<T | undefined>;
  /** Saves many rows. @returns for each what `save` returns; undefined also if one of its unique keys is taken. */
  saveAll(rows: readonly T[]): Promise<(T | undefined)[]>;
  /**
   * Removes a row.
   * @param version remove it only if it still has this version.
   * @returns whether it was removed.
   */
  remove(id: string, version?: number): Promise<boolean>;
}

/** A unique key is taken already. */
export class ConflictError extends Error {
  constructor(collection: string) {
    super(`A row with that unique key is already in ${collection}.`);
    this.name = 'ConflictError';
  }
}

/** The collections of one partnership: the only way to a tenant's rows, and only to this tenant's. */
export interface Store {
  /** The partnership's id. */
  readonly partnership: string;
  of<T extends Row, I extends string>(declaration: Declaration<T, I>): Collection<T, I>;
}

/** The way to all collections. */
export interface Stores {
  forPartnership(partnership: string): Store;
  /** @throws Error for a collection of partnership scope. */
  global<T extends Row, I extends string>(declaration: Declaration<T, I>): Collection<T, I>;
  /**
   * The one read across tenants: rows whose `nextRunAt` is at or before `until`, earliest first. To do anything with a
   * row, claim it in its own partnership.
   */
  due<T extends DueRow, I extends string>(
    declaration: Declaration<T, I>,
    until: Date,
    limit: number,
  ): Promise<Due[]>;
  /** `insertAll` for rows of many partnerships. Only jobs use it (tests/architecture.test.ts has the list). */
  insertAll<T extends Row>(
    declaration: Declaration<T>,
    rows: readonly OfTenant<New<T>>[],
  ): Promise<(T | undefined)[]>;
  /** `saveAll` for rows of many partnerships. Only jobs use it. */
  saveAll<T extends Row>(
    declaration: Declaration<T>,
    rows: readonly OfTenant<T>[],
  ): Promise<(T | undefined)[]>;
  /**
   * Writes together what one command writes. On SQLite either all of it is stored or nothing. MongoDB stores the
   * inserts first and the last write last; if it is cut off between, some are stored: run the command again, with the
   * same ids. There an insert whose id exists already counts as done, unless it is the last write.
   * @returns undefined if all is stored; otherwise the index of a write that did not fit, because its row was changed
   *   or removed meanwhile, or one of its unique keys is taken: read again and decide again.
   */
  commit(writes: readonly Write[]): Promise<number | undefined>;
  /**
   * Rewrites the store's own files, so that they hold nothing of rows that were changed or removed. Writes that come
   * meanwhile wait. MongoDB has no way to do that for one row, and does nothing.
   * @returns false if another process was reading the files: then they may still hold such data, so try again later.
   */
  vacuum(): Promise<boolean>;
}

/** A row with the id of its partnership. */
export interface OfTenant<R> {
  partnership: string;
  row: R;
}

/** One write of a commit. A removal names the version that it removes. */
export type Write = {
  /** The id of the tenant; undefined for a global collection. */
  partnership: string | undefined;
  declaration: AnyDeclaration;
} & ({ insert: New<Row> } | { save: Row } | { remove: { id: string; version: number } });

/** A due row, as far as it may be read outside its tenant. */
export interface Due {
  id: string;
  partnership: string;
  nextRunAt: Date;
  claim: string | null;
}

/** A row with work to be done at a time. Jobs look for these rows and claim them. */
export interface DueRow extends Row {
  /** When the row is due; null: never. */
  nextRunAt: Date | null;
  /** The token of the process that has claimed the row; null: nobody. */
  claim: string | null;
  /** The occurrence that is being sent: until that ends, people are told to edit the row a little later. */
  sending: string | null;
}

/**
 * Reads a row, changes it and saves it, again if another writer was faster.
 * @param decide returns the changed row, or undefined to leave it as it is. It may run several times, and may throw.
 * @returns the row as stored, or undefined if there is none.
 */
export async function updateWithRetry<T extends Row, I extends string>(
  rows: Collection<T, I>,
  id: string,
  decide: (row: T) => T | undefined,
): Promise<T | undefined> {
  for (;;) {
    const row = await rows.get(id);
    if (!row) return undefined;
    const next = decide(row);
    if (!next) return row;
    const saved = await rows.save(next);
    if (saved) return saved;
  }
}

/** Reads the rows with these ids: those that there are, in no particular order. */
export async function getAll<T extends Row, I extends string>(
  rows: Pick<Collection<T, I>, 'get' | 'find'>,
  ids: readonly string[],
): Promise<T[]> {
  const [first, ...others] = ids;
  if (first === undefined) return [];
  if (others.length === 0) return [await rows.get(first)].filter((row) => row !== undefined);
  return (await rows.find({ index: 'byId', where: { id: ids } as never }, ids.length)).rows;
}

/**
 * Inserts a row unless one with its id exists, for steps that may be repeated.
 * @returns the row as stored: the new one, or the existing one unchanged.
 * @throws ConflictError if another row has one of its other unique keys.
 */
export async function insertOnce<T extends Row, I extends string>(
  rows: Collection<T, I>,
  row: New<T>,
): Promise<T> {
  try {
    return await rows.insert(row);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const existing = await rows.get(row.id);
    if (!existing) throw error;
    return existing;
  }
}

/** Why a store cannot do what it is asked. */
export type StoreTrouble = 'full' | 'read-only' | 'damaged' | 'unreachable';

/**
 * The store cannot do what it is asked, and nothing of it was done. The message is for the person who runs Convenor: it
 * says what is wrong, and how to mend it. The store logs it itself.
 */
export class StoreError extends Error {
  readonly trouble: StoreTrouble;
  constructor(trouble: StoreTrouble, sentence: string) {
    super(sentence);
    this.name = 'StoreError';
    this.trouble = trouble;
  }
}

/** Runs a step that can be done without. If the store fails, the result is that of `otherwise`. */
export async function unlessStoreFails<T>(step: () => Promise<T>, otherwise: () => T): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof StoreError) return otherwise();
    throw error;
  }
}
