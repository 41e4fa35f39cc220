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

/** Rows as they are about to be, by id; null: removed. */
type Next = ReadonlyMap<string, New<Row> | null>;

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
      const derived = await derivedWrites(writes, stores);
      const misfit = await stores.commit([...derived, ...writes]);
      return misfit === undefined ? undefined : Math.max(0, misfit - derived.length);
    },
  };
}

const isSource = (declaration: AnyDeclaration): declaration is Source =>
  declaration.derived !== undefined;

/** A collection whose writes change the derived rows too. */
function sourceCollection<T extends Row, I extends string>(
  rows: Collection<T, I>,
  declaration: Source,
  store: Store,
): Collection<T, I> {
  async function write<R>(
    next: Next,
    run: () => Promise<R>,
    isWritten: (result: R) => boolean,
  ): Promise<R> {
    const { missing, extra } = await differences(declaration, next, store);
    await applyTo(declaration, { missing, extra }, store);
    let isDone = false;
    try {
      const result = await run();
      isDone = isWritten(result);
      return result;
    } finally {
      if (!isDone && missing.length + extra.length > 0)
        await deriveAgain(declaration, [...next.keys()], store);
    }
  }
  const nextOf = (all: readonly New<T>[]): Next => new Map(all.map((row) => [row.id, row]));
  const areAll = (written: readonly unknown[]) => written.every(Boolean);
  return {
    ...rows,
    insert: (row) => write(nextOf([row]), () => rows.insert(row), Boolean),
    insertAll: (all) => write(nextOf(all), () => rows.insertAll(all), areAll),
    save: (row) => write(nextOf([row]), () => rows.save(row), Boolean),
    saveAll: (all) => write(nextOf(all), () => rows.saveAll(all), areAll),
    remove: (id, version) => write(new Map([[id, null]]), () => rows.remove(id, version), Boolean),
  };
}

/** The writes of derived rows that belong to the writes of a command. */
async function derivedWrites(writes: readonly Write[], stores: Stores): Promise<Write[]> {
  const changes = new Map<
    string,
    { declaration: Source; partnership: string; next: Map<string, New<Row> | null> }
  >();
  for (const write of writes) {
    const { declaration, partnership } = write;
    if (!isSource(declaration) || partnership === undefined) continue;
    const key = JSON.stringify([partnership, declaration.name]);
    const change = changes.get(key) ?? { declaration, partnership, next: new Map() };
    changes.set(key, change);
    // Of several writes of one row, the last one counts.
    if ('remove' in write) change.next.set(write.remove.id, null);
    else if ('insert' in write) change.next.set(write.insert.id, write.insert);
    else change.next.set(write.save.id, write.save);
  }
  const all: Write[] = [];
  for (const { declaration, partnership, next } of changes.values()) {
    const store = stores.forPartnership(partnership);
    const { missing, extra } = await differences(declaration, next, store);
    const where = { partnership, declaration: declaration.derived.into };
    all.push(...missing.map((insert) => ({ ...where, insert })));
    all.push(...extra.map((remove) => ({ ...where, remove })));
  }
  return all;
}

/** The derived rows that are missing, and those that are too many. */
interface Differences {
  missing: New<Row>[];
  extra: Row[];
}

/** What has to be written so that the derived rows fit rows as they are about to be. Most changes change nothing here. */
async function differences(declaration: Source, next: Next, store: Store): Promise<Differences> {
  const { name, derived } = declaration;
  const stored = await getAll(store.of(declaration), [...next.keys()]);
  const before = new Map(stored.map((row) => [row.id, derived.rowsOf(row)]));
  const found: Differences = { missing: [], extra: [] };
  for (const [id, row] of next) {
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
