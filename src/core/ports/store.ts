/**
 * The store port: small on purpose, so that its cost never grows with the data and it runs alike on the
 * embedded store and on MongoDB. A feature declares its collection as data; one implementation serves all.
 */

/** What every row has. `version` is the store's own, for compare-and-swap; `schemaVersion` lives in `meta`. */
export interface Row {
  /** Unique within the collection. Derived from the invocation's key, so that a replay writes nothing twice. */
  id: string;
  /** 1 when inserted, one more at each save. */
  version: number;
}

/** `text`, whole `integer`, `flag`, `moment` (a Date), `list` of texts or integers, `data` (plain JSON, and Dates). Each may be null. */
export type FieldKind = 'text' | 'integer' | 'flag' | 'moment' | 'list' | 'data';

type FieldsOf<T extends Row> = Exclude<keyof T & string, keyof Row>;

/** An index: fields in order, all of them scalar and always there. Tenant collections get `partnership` put in front. */
interface Index<T extends Row> {
  on: readonly FieldsOf<T>[];
  unique?: true;
}

export interface Declaration<T extends Row, I extends string = string> {
  name: string;
  /** `partnership`: reached only through a tenant. `global`: the closed list of DESIGN 3. */
  scope: 'partnership' | 'global';
  fields: { readonly [K in FieldsOf<T>]: FieldKind };
  indexes: { readonly [K in I]: Index<T> };
}

/** A declaration whose row type is not known: for what treats all collections alike. */
export interface AnyDeclaration {
  name: string;
  scope: 'partnership' | 'global';
  fields: { readonly [field: string]: FieldKind };
  indexes: { readonly [index: string]: { on: readonly string[]; unique?: true } };
}

/** The same declaration, of rows of which no more is known than what every row has. */
export function genericDeclaration(declaration: AnyDeclaration): Declaration<Row> {
  return declaration as unknown as Declaration<Row>;
}

/** Declares a collection: `declare<Partner>()({ name: 'partners', … })`. Two steps, so that index names are inferred. */
export function defineCollection<T extends Row>() {
  return <I extends string>(declaration: Declaration<T, I>): Declaration<T, I> => declaration;
}

type Scalar = string | number | boolean | Date | null;

/** Equality, or `in` where a list is given. */
type Where<T> = { readonly [K in keyof T]?: (T[K] & Scalar) | readonly (T[K] & Scalar)[] };

/**
 * What to find: equality (or `in`) on the first fields of a declared index, then at most one range on the next.
 * Rows come in the index's order. Throws when the index does not answer the question.
 */
export interface Query<T extends Row, I extends string> {
  index: I | ById;
  where?: Where<T>;
  range?: { field: keyof T & string; from?: Scalar; after?: Scalar; to?: Scalar; before?: Scalar };
  descending?: boolean;
  /** Most rows returned; default 100. */
  limit?: number;
}

/** Every collection has this index over its ids, so that a job can page through all of it. */
type ById = 'byId';

/** A new row: everything but the version, which the store sets to 1. */
export type New<T extends Row> = Omit<T, 'version'>;

export interface Collection<T extends Row, I extends string = string> {
  /** @returns the row, or undefined if there is none (in this partnership). */
  get(id: string): Promise<T | undefined>;
  find(query: Query<T, I>): Promise<T[]>;
  count(query: Omit<Query<T, I>, 'limit' | 'descending'>): Promise<number>;
  /** Everything a query finds, in pages of `size` rows (default 500), for jobs; `limit` is not used. */
  pages(query: Omit<Query<T, I>, 'limit'>, size?: number): AsyncIterable<T[]>;
  /** @returns the row as stored. @throws Conflict if its id or another unique key is taken. */
  insert(row: New<T>): Promise<T>;
  /** Inserts many at once; rows whose id or unique key is taken are left alone. @returns those inserted. */
  insertAll(rows: readonly New<T>[]): Promise<T[]>;
  /**
   * Replaces the row whose `id` and `version` are those given.
   * @returns the row as stored (version + 1), or undefined if somebody was faster or it is gone: read again, decide again.
   */
  save(row: T): Promise<T | undefined>;
  /**
   * Removes a row; with `version`, only if that is the one that stands.
   * @returns false if there was no such row, or somebody was faster: read again, decide again.
   */
  remove(id: string, version?: number): Promise<boolean>;
}

/** A unique key was already taken. */
export class Conflict extends Error {
  constructor(collection: string) {
    super(`A row with that unique key already stands in ${collection}.`);
    this.name = 'Conflict';
  }
}

/** The collections of one partnership: the only way to tenant data. */
export interface Store {
  readonly partnership: string;
  of<T extends Row, I extends string>(declaration: Declaration<T, I>): Collection<T, I>;
}

/** What a sweep learns of a due row, before it claims it inside its tenant. */
export interface Due {
  id: string;
  partnership: string;
  nextRunAt: Date;
  claim: string | null;
}

export interface Stores {
  forPartnership(partnership: string): Store;
  /** For the closed list of global collections. */
  global<T extends Row, I extends string>(declaration: Declaration<T, I>): Collection<T, I>;
  /** The sweep's read: rows of a due collection with `nextRunAt` up to an instant, the earliest first. */
  due<T extends DueRow, I extends string>(
    declaration: Declaration<T, I>,
    until: Date,
    limit: number,
  ): Promise<Due[]>;
}

/** A row that the sweep looks at. The facts of when it is due are fields of their own. */
export interface DueRow extends Row {
  /** When the sweep should look again; null: never. */
  nextRunAt: Date | null;
  /** The token of whoever claimed it; null: free. */
  claim: string | null;
  /** The occurrence that is going out right now: until it is done, edits answer "it is just going out". */
  sending: string | null;
}

/**
 * Reads a row, decides, and saves it, again and again until nobody was faster.
 * `decide` may return undefined to leave the row alone; it may throw a UserError.
 * @returns the row as it then stands, or undefined if there is none.
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

/** Inserts a row, or returns the one that already has its id: a step that may be repeated. */
export async function insertOnce<T extends Row, I extends string>(
  rows: Collection<T, I>,
  row: New<T>,
): Promise<T> {
  try {
    return await rows.insert(row);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const standing = await rows.get(row.id);
    if (!standing) throw error;
    return standing;
  }
}
