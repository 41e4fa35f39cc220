import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { unitOfWork } from '../../../src/core/domain/unit-of-work/unit-of-work.ts';
import {
  type Collection,
  ConflictError,
  type Query,
  type Store,
  type Stores,
} from '../../../src/core/ports/store.ts';
import {
  declarations,
  type Sign,
  signs,
  type Thing,
  thing,
  things,
} from '../../contracts/store/things.ts';
import { runs, seed } from '../../fixtures/proof.ts';
import { openTestStores } from '../../fixtures/store.ts';

let stores: Stores;
let count = 0;
const newTenant = () => `tenant-${++count}`;
const newSign = (partnership: string, id: string, text = id) => ({
  partnership: undefined,
  declaration: signs,
  insert: { id: `${partnership}/${id}`, text: `${partnership}/${text}`, partnership } as Sign,
});

beforeAll(async () => {
  stores = await openTestStores(declarations);
});

/** Ids, keys, groups and ranks are few, so that steps meet one another. */
const id = fc.constantFrom('a', 'b', 'c', 'd', '\u{1F600}', '\uFFFD');
const group = fc.constantFrom(null, 'x', 'y', '\u{1F600}', '\uFFFD');
const rank = fc.option(fc.integer({ min: -2, max: 2 }));
const content = fc.record({ id, key: id, group, rank });

const query: fc.Arbitrary<Query<Thing, keyof typeof things.indexes & string>> = fc.oneof(
  fc.record({ index: fc.constant('byId' as const), descending: fc.boolean() }),
  fc.record({ index: fc.constant('byKey' as const), descending: fc.boolean() }),
  fc.record({
    index: fc.constant('byGroup' as const),
    where: fc.record({ group: fc.oneof(group, fc.uniqueArray(group, { minLength: 1 })) }),
    descending: fc.boolean(),
  }),
  fc.record({
    index: fc.constant('byGroup' as const),
    where: fc.record({ group }),
    range: fc.record({ field: fc.constant('rank' as const), from: fc.constantFrom(-1, 0, 2) }),
    descending: fc.boolean(),
  }),
) as never;

type Content = { id: string; key: string; group: string | null; rank: number | null };
type Step =
  | { do: 'insert' | 'put'; row: Content }
  | { do: 'insertAll'; rows: Content[] }
  | { do: 'get' | 'remove'; id: string }
  | { do: 'find'; query: Query<Thing, never>; limit: number }
  | { do: 'all' | 'count'; query: Query<Thing, never> };

const step = fc.oneof(
  fc.record({ do: fc.constantFrom('insert', 'put'), row: content }),
  fc.record({ do: fc.constant('insertAll'), rows: fc.array(content, { maxLength: 4 }) }),
  fc.record({ do: fc.constantFrom('get', 'remove'), id }),
  fc.record({ do: fc.constant('find'), query, limit: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ do: fc.constantFrom('all', 'count'), query }),
) as fc.Arbitrary<Step>;

/** What one step returns; a conflict as a word. */
async function take(step: Step, store: Store): Promise<unknown> {
  const rows: Collection<Thing, never> = store.of(things) as never;
  // Ids are unique in the whole collection, so that each tenant has its own.
  const own = (name: string) => `${store.partnership}/${name}`;
  const full = (row: Content) => thing({ ...row, id: own(row.id) });
  switch (step.do) {
    case 'insert':
      return unlessTaken(rows.insert(full(step.row)));
    case 'insertAll':
      return rows.insertAll(step.rows.map(full));
    case 'put': {
      const row = await rows.get(own(step.row.id));
      return row && unlessTaken(rows.save({ ...row, ...full(step.row) }));
    }
    case 'remove':
      return rows.remove(own(step.id));
    case 'get':
      return rows.get(own(step.id));
    case 'find':
      return rows.find(step.query, step.limit);
    case 'all':
      return collect(rows.all(step.query));
    case 'count':
      return rows.count(step.query);
  }
}

const unlessTaken = async <T>(write: Promise<T>): Promise<T | 'taken'> => {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConflictError) return 'taken';
    throw error;
  }
};

/** Rows without the names of their tenant. */
const plain = (value: unknown, { partnership }: Pick<Store, 'partnership'>): unknown =>
  JSON.parse(JSON.stringify(value ?? null).replaceAll(`${partnership}/`, ''));

it('answers as the store would if each write were stored at once, and stores the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(content, { maxLength: 6 }),
      fc.array(step, { minLength: 1, maxLength: 25 }),
      async (before, steps) => {
        const [direct, together] = [newTenant(), newTenant()].map((tenant) =>
          stores.forPartnership(tenant),
        ) as [Store, Store];
        for (const store of [direct, together])
          await take({ do: 'insertAll', rows: before }, store);
        const unit = unitOfWork(stores, together.partnership, () => {});
        for (const one of steps) {
          const wanted = plain(await take(one, direct), direct);
          expect(plain(await take(one, unit.store), unit.store)).toEqual(wanted);
        }
        expect(await unit.commit(newSign(together.partnership, 'end'))).toBe(true);
        const all: Step = { do: 'all', query: { index: 'byId' } };
        expect(plain(await take(all, together), together)).toEqual(
          plain(await take(all, direct), direct),
        );
      },
    ),
    { numRuns: runs(150), seed },
  );
});

describe('commit', () => {
  it('stores nothing before, and then everything with its last write', async () => {
    const tenant = newTenant();
    const unit = unitOfWork(stores, tenant, () => {});
    const stored = stores.forPartnership(tenant).of(things);
    await unit.store.of(things).insert(thing({ id: `${tenant}/a` }));
    await unit.trackedGlobal(signs).insert(newSign(tenant, 'other').insert);
    expect(await stored.get(`${tenant}/a`)).toBeUndefined();
    expect(await unit.commit(newSign(tenant, 'receipt'))).toBe(true);
    expect(await stored.get(`${tenant}/a`)).toBeDefined();
    expect(await stores.global(signs).get(`${tenant}/other`)).toBeDefined();
    expect(await stores.global(signs).get(`${tenant}/receipt`)).toBeDefined();
  });

  it('stores nothing at all if somebody else has changed one of the rows', async () => {
    const tenant = newTenant();
    const stored = stores.forPartnership(tenant).of(things);
    const row = await stored.insert(thing({ id: `${tenant}/a` }));
    const unit = unitOfWork(stores, tenant, () => {});
    await unit.store.of(things).insert(thing({ id: `${tenant}/b` }));
    await unit.store.of(things).save({ ...row, rank: 1 });
    await stored.save({ ...row, rank: 2 });
    expect(await unit.commit(newSign(tenant, 'receipt'))).toBe(false);
    expect(await stored.get(`${tenant}/b`)).toBeUndefined();
    expect((await stored.get(`${tenant}/a`))?.rank).toBe(2);
    expect(await stores.global(signs).get(`${tenant}/receipt`)).toBeUndefined();
  });

  it('stores nothing if somebody else has taken a unique key', async () => {
    const tenant = newTenant();
    const unit = unitOfWork(stores, tenant, () => {});
    await unit.store.of(things).insert(thing({ id: `${tenant}/a`, key: 'one' }));
    const stored = stores.forPartnership(tenant).of(things);
    await stored.insert(thing({ id: `${tenant}/b`, key: 'one' }));
    expect(await unit.commit(newSign(tenant, 'receipt'))).toBe(false);
    expect(await stored.count({ index: 'byId' })).toBe(1);
  });
});

it('records what undo needs: each row once, as it was and as it will be, without what is recomputed', async () => {
  const tenant = newTenant();
  const stored = stores.forPartnership(tenant).of(things);
  const row = await stored.insert(thing({ id: `${tenant}/a`, rank: 1 }));
  const other = await stored.insert(thing({ id: `${tenant}/b` }));
  const unit = unitOfWork(stores, tenant, () => {});
  const [rows, untracked] = [unit.store.of(things), unit.untracked.of(things)];
  const first = await rows.save({ ...row, rank: 2 });
  await rows.save({ ...row, ...first, rank: 3 });
  await untracked.save({ ...other, rank: 5 });
  await rows.insert(thing({ id: `${tenant}/c` }));
  await rows.remove(`${tenant}/c`);
  expect(unit.changes()).toEqual([
    {
      collection: 'things',
      id: row.id,
      before: { id: row.id, version: 1, rank: 1 },
      after: { id: row.id, version: 3, rank: 3 },
    },
  ]);
  expect(await unit.commit(newSign(tenant, 'receipt'))).toBe(true);
  expect(await stored.get(row.id)).toMatchObject({ version: 3, rank: 3 });
  expect(await stored.get(other.id)).toMatchObject({ rank: 5 });
});

it('goes through all rows once, though the command changes them on the way', async () => {
  const tenant = newTenant();
  const ids = ['a', 'b', 'c', 'd'].map((name) => `${tenant}/${name}`);
  const stored = stores.forPartnership(tenant).of(things);
  await stored.insertAll(ids.map((one) => thing({ id: one })));
  const unit = unitOfWork(stores, tenant, () => {});
  const rows = unit.store.of(things);
  const seen: [string, number | null][] = [];
  for await (const row of rows.all({ index: 'byId' }, 1)) {
    seen.push([row.id, row.rank]);
    // The next but one, and the last.
    if (row.id !== ids[0]) continue;
    await rows.save({ ...(await rows.get(ids[2] ?? '')), rank: 5 } as Thing);
    await rows.remove(ids[3] ?? '');
  }
  expect(seen).toEqual([
    [ids[0], null],
    [ids[1], null],
    [ids[2], 5],
  ]);
});
