import { collect } from '../async/collect.ts';
import {
  type AnyDeclaration,
  type Collection,
  type Declaration,
  type Derived,
  getAll,
  type New,
  type Row,
  type Store,
  type Stores,
  type Write,
} from './store.ts';

/** A collection from whose rows others are derived. */
type Source = AnyDeclaration & { readonly derived: Derived<Row> };

/** What a row is about to be. */
interface Next {
  /** Null: removed. */
  row: New<Row> | null;
  /** Inserted: a row that is there already stays as it is. */
  isNew: boolean;
}

/**
 * The stores, so that each write of a row also writes the rows that are derived from it. A `commit` stores both together.
 * Other writes change the derived rows first, so that a job that is cut off in between does both again. `saveAll` across
 * tenants leaves derived rows as they are: claims change nothing that rows are derived from.
 */
export function withDerivedRows(stores: Stores): Stores {
  return {
    ...stores,
    forPartnership(partnership) {
      const store = stores.forPartnership(partnership);
      return {
        partnership,
        of: <T extends Row, I extends string>(declaration: Declaration<T, I>) => {
          const rows = store.of(declaration);
          return isSource(declaration) ? sourceCollection(rows, declaration, store) : rows;
        },
      };
    },
    async insertAll(declaration, rows) {
      if (declaration.derived)
        throw new Error(`Insert rows of ${declaration.name} in their own partnership.`);
      return stores.insertAll(declaration, rows);
    },
    async commit(writes) {
      const changes = changesOf(writes);
      const derived: Write[] = [];
      for (const change of changes) derived.push(...(await derivedWrites(change, stores)));
      const misfit = await stores.commit([...derived, ...writes]);
      if (misfit === undefined) return undefined;
      // Without transactions, a part may have been stored.
      for (const { declaration, partnership, next } of changes)
        await deriveAgain(declaration, [...next.keys()], stores.forPartnership(partnership));
      return Math.max(0, misfit - derived.length);
    },
  };
}

/**
 * The id of a row that is derived from another one, whose id has no space in it.
 * @param values all values of the derived row, so that a row with other values has another id
 */
export const derivedRowId = (collection: string, id: string, ...values: string[]): string =>
  [collection, id, ...values].join(' ');

const isSource = (declaration: AnyDeclaration): declaration is Source =>
  declaration.derived !== undefined;

/** A collection whose writes change the derived rows too. */
function sourceCollection<T extends Row, I extends string>(
  rows: Collection<T, I>,
  declaration: Source,
  store: Store,
): Collection<T, I> {
  async function write<R>(
    next: ReadonlyMap<string, Next>,
    run: () => Promise<R>,
    isWritten: (result: R) => boolean,
  ): Promise<R> {
    await applyTo(declaration, await differences(declaration, next, store), store);
    let isDone = false;
    try {
      const result = await run();
      isDone = isWritten(result);
      return result;
    } finally {
      if (!isDone) await deriveAgain(declaration, [...next.keys()], store);
    }
  }
  const nextOf = (all: readonly New<T>[], isNew: boolean) =>
    new Map(all.map((row) => [row.id, { row, isNew }]));
  const areAll = (written: readonly unknown[]) => written.every(Boolean);
  return {
    ...rows,
    insert: (row) => write(nextOf([row], true), () => rows.insert(row), Boolean),
    insertAll: (all) => write(nextOf(all, true), () => rows.insertAll(all), areAll),
    save: (row) => write(nextOf([row], false), () => rows.save(row), Boolean),
    saveAll: (all) => write(nextOf(all, false), () => rows.saveAll(all), areAll),
    remove: (id, version) =>
      write(new Map([[id, { row: null, isNew: false }]]), () => rows.remove(id, version), Boolean),
  };
}

/** What a commit changes in one collection from which rows are derived. */
interface SourceChange {
  declaration: Source;
  partnership: string;
  /** By id. */
  next: Map<string, Next>;
}

function changesOf(writes: readonly Write[]): SourceChange[] {
  const changes = new Map<string, SourceChange>();
  for (const write of writes) {
    const { declaration, partnership } = write;
    if (!isSource(declaration) || partnership === undefined) continue;
    const key = JSON.stringify([partnership, declaration.name]);
    const change = changes.get(key) ?? { declaration, partnership, next: new Map() };
    changes.set(key, change);
    const row = 'remove' in write ? null : 'insert' in write ? write.insert : write.save;
    const id = 'remove' in write ? write.remove.id : (row?.id ?? '');
    // Of several writes of one row, the last one counts.
    const isNew = change.next.get(id)?.isNew ?? 'insert' in write;
    change.next.set(id, { row, isNew });
  }
  return [...changes.values()];
}

async function derivedWrites(
  { declaration, partnership, next }: SourceChange,
  stores: Stores,
): Promise<Write[]> {
  const store = stores.forPartnership(partnership);
  const { missing, extra } = await differences(declaration, next, store);
  const where = { partnership, declaration: declaration.derived.into };
  return [
    ...missing.map((insert) => ({ ...where, insert })),
    ...extra.map((remove) => ({ ...where, remove })),
  ];
}

/** The derived rows that are missing, and those that are too many. */
interface Differences {
  missing: New<Row>[];
  extra: Row[];
}

/** What has to be written so that the derived rows fit rows as they are about to be. Most changes change nothing here. */
async function differences(
  declaration: Source,
  next: ReadonlyMap<string, Next>,
  store: Store,
): Promise<Differences> {
  const { name, derived } = declaration;
  const stored = await getAll(store.of(declaration), [...next.keys()]);
  const before = new Map(stored.map((row) => [row.id, derived.rowsOf(row)]));
  const found: Differences = { missing: [], extra: [] };
  for (const [id, { row, isNew }] of next) {
    if (isNew && before.has(id)) continue;
    const wanted = row ? derived.rowsOf(row) : [];
    if (isSame(before.get(id) ?? [], wanted) && row) continue;
    const standing = await derivedBetween(declaration, `${name} ${id} `, afterId(name, id), store);
    addDifferences(found, standing, wanted);
  }
  return found;
}

const isSame = (some: readonly New<Row>[], others: readonly New<Row>[]): boolean =>
  some.length === others.length && some.every(({ id }, at) => id === others[at]?.id);

/** Comes after the ids of all rows that are derived from a row, and before those of the next one. */
const afterId = (collection: string, id: string): string => `${collection} ${id}!`;

/** The derived rows with ids from `from`, and before `before`. */
function derivedBetween(
  { derived }: Source,
  from: string,
  before: string,
  store: Store,
): Promise<Row[]> {
  const query = { index: 'byId', range: { field: 'id', from, before } } as const;
  return collect(store.of(derived.into).all(query));
}

function addDifferences(
  { missing, extra }: Differences,
  standing: readonly Row[],
  wanted: readonly New<Row>[],
): void {
  const standingIds = new Set(standing.map(({ id }) => id));
  const wantedIds = new Set(wanted.map(({ id }) => id));
  missing.push(...wanted.filter(({ id }) => !standingIds.has(id)));
  extra.push(...standing.filter(({ id }) => !wantedIds.has(id)));
}

async function applyTo(
  { derived }: Source,
  { missing, extra }: Differences,
  store: Store,
): Promise<void> {
  const rows = store.of(derived.into);
  if (missing.length > 0) await rows.insertAll(missing);
  await Promise.all(extra.map(({ id }) => rows.remove(id)));
}

/** Brings the derived rows to what is stored, again if a row is changed meanwhile. */
async function deriveAgain(
  declaration: Source,
  ids: readonly string[],
  store: Store,
): Promise<void> {
  const { name, derived } = declaration;
  for (const id of ids) {
    for (;;) {
      const row = await store.of(declaration).get(id);
      const standing = await derivedBetween(
        declaration,
        `${name} ${id} `,
        afterId(name, id),
        store,
      );
      const found: Differences = { missing: [], extra: [] };
      addDifferences(found, standing, row ? derived.rowsOf(row) : []);
      await applyTo(declaration, found, store);
      if ((await store.of(declaration).get(id))?.version === row?.version) break;
    }
  }
}

/**
 * Looks at some rows of a collection, and mends what is derived from them: rows from before it was declared have
 * nothing, and a MongoDB that was cut off during a commit may have kept a part.
 * @param after the id after which to go on; null: from the first row.
 * @returns the id after which the next call goes on; undefined: that was the last.
 */
export async function mendDerivedRows(
  declaration: AnyDeclaration,
  { after, limit }: { after: string | null; limit: number },
  store: Store,
): Promise<string | undefined> {
  if (!isSource(declaration)) return undefined;
  const { name, derived } = declaration;
  const range = after === null ? {} : { range: { field: 'id', after } as const };
  const page = await store.of(declaration).find({ index: 'byId', ...range }, limit);
  const last = page.more ? page.rows.at(-1)?.id : undefined;
  const from = after === null ? `${name} ` : afterId(name, after);
  const before = last === undefined ? `${name}!` : afterId(name, last);
  const standing = await derivedBetween(declaration, from, before, store);
  const found: Differences = { missing: [], extra: [] };
  addDifferences(
    found,
    standing,
    page.rows.flatMap((row) => derived.rowsOf(row)),
  );
  const wrong = [...found.missing, ...found.extra].map(({ id }) => id.split(' ')[1] ?? '');
  await deriveAgain(declaration, [...new Set(wrong)], store);
  return last;
}
