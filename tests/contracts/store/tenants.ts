import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ConflictError } from '../../../src/core/ports/store.ts';
import { runs } from '../../fixtures/proof.ts';
import type { Subject } from './subject.ts';
import { type Thing, thing, things } from './things.ts';

const verbs = [
  'insert',
  'insertAll',
  'stores.insertAll',
  'get',
  'save',
  'saveAll',
  'stores.saveAll',
  'remove',
  'find',
  'count',
  'all',
] as const;

/** One operation by one of three partnerships, on ids and keys that all use. */
const operation = fc.record({
  verb: fc.constantFrom(...verbs),
  by: fc.integer({ min: 0, max: 2 }),
  id: fc.integer({ min: 0, max: 5 }),
  key: fc.integer({ min: 0, max: 3 }),
  rank: fc.integer({ min: 0, max: 3 }),
});

export function tenants({ one, other }: Subject): void {
  it('whatever several partnerships do, none sees or changes a row of another', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 10, maxLength: 30 }), async (steps) => {
        const run = randomUUID();
        const model = new Map<string, { owner: number; row: Thing }>();
        const own = (by: number) => [...model.values()].filter(({ owner }) => owner === by);
        for (const [index, { verb, by, id: n, key: k, rank }] of steps.entries()) {
          const stores = index % 2 === 0 ? one() : other();
          const rows = stores.forPartnership(`${run}-${by}`).of(things);
          const id = `${run}-${n}`;
          const key = `key ${k}`;
          const existing = model.get(id);
          const mine = existing?.owner === by ? existing.row : undefined;
          const keyTaken = own(by).some(({ row }) => row.key === key && row.id !== id);
          const partnership = `${run}-${by}`;
          if (verb === 'insert' || verb === 'insertAll' || verb === 'stores.insertAll') {
            const row = thing({ id, key, rank, group: 'all' });
            const isFree = !existing && !keyTaken;
            const stored = { ...row, version: 1 };
            if (verb === 'insert' && !isFree) {
              await expect(rows.insert(row)).rejects.toThrow(ConflictError);
            } else if (verb === 'insert') expect(await rows.insert(row)).toEqual(stored);
            else {
              const inserted = await (verb === 'insertAll'
                ? rows.insertAll([row])
                : stores.insertAll(things, [{ partnership, row }]));
              expect(inserted).toEqual([isFree ? stored : undefined]);
            }
            if (isFree) model.set(id, { owner: by, row: stored });
          } else if (verb === 'get') {
            expect(await rows.get(id)).toEqual(mine);
          } else if (verb === 'saveAll' || verb === 'stores.saveAll') {
            const row = { ...thing({ id, key, rank }), version: existing?.row.version ?? 1 };
            const saved = await (verb === 'saveAll'
              ? rows.saveAll([row])
              : stores.saveAll(things, [{ partnership, row }]));
            const next = { ...row, version: row.version + 1 };
            expect(saved).toEqual([mine && !keyTaken ? next : undefined]);
            if (mine && !keyTaken) model.set(id, { owner: by, row: next });
          } else if (verb === 'save') {
            // Another partnership's row is not found, even with its right version.
            const row = { ...thing({ id, key, rank }), version: existing?.row.version ?? 1 };
            const saving = rows.save(row);
            if (mine && keyTaken) await expect(saving).rejects.toThrow(ConflictError);
            else if (mine) {
              const saved = { ...row, version: row.version + 1 };
              expect(await saving).toEqual(saved);
              model.set(id, { owner: by, row: saved });
            } else expect(await saving).toBeUndefined();
          } else if (verb === 'remove') {
            await rows.remove(id);
            if (mine) model.delete(id);
          } else {
            const wanted = own(by).map(({ row }) => row.id);
            const found: string[] = [];
            if (verb === 'count') expect(await rows.count({ index: 'byId' })).toBe(wanted.length);
            else if (verb === 'find') {
              const all = await rows.find({ index: 'byKey' }, 100);
              found.push(...all.rows.map((row) => row.id));
            } else for await (const row of rows.all({ index: 'byGroup' }, 2)) found.push(row.id);
            if (verb !== 'count') expect(found.sort()).toEqual(wanted.sort());
          }
        }
        for (const by of [0, 1, 2]) {
          const rows = one().forPartnership(`${run}-${by}`).of(things);
          const all = await rows.find({ index: 'byId' }, 100);
          const byId = new Map(all.rows.map((row) => [row.id, row]));
          expect(byId).toEqual(new Map(own(by).map(({ row }) => [row.id, row])));
        }
      }),
      { numRuns: runs(25) },
    );
  });

  it('two partnerships can use the same unique key', async () => {
    const run = randomUUID();
    const rows = (name: string) => one().forPartnership(`${run} ${name}`).of(things);
    await rows('a').insert(thing({ id: `${run} a`, key: 'riverside' }));
    await rows('b').insert(thing({ id: `${run} b`, key: 'riverside' }));
    expect((await rows('a').find({ index: 'byKey' }, 10)).rows).toHaveLength(1);
  });

  it('writes rows of many partnerships at once, each only as its own', async () => {
    const run = randomUUID();
    const of = (name: string) => one().forPartnership(`${run} ${name}`).of(things);
    const owned = (name: string, id: string) => ({
      partnership: `${run} ${name}`,
      row: thing({ id: `${run} ${id}`, key: id, rank: 0 }),
    });
    const both = [owned('a', '1'), owned('b', '2'), owned('b', '1'), owned('c', '3')];
    const inserted = await one().insertAll(things, both);
    expect(inserted.map((row) => row?.version)).toEqual([1, 1, undefined, 1]);
    expect(await of('a').get(`${run} 1`)).toEqual(inserted[0]);
    expect(await of('b').get(`${run} 1`)).toBeUndefined();
    expect((await of('b').find({ index: 'byId' }, 10)).rows).toEqual([inserted[1]]);

    const [first, second, , third] = inserted.map((row) => ({ ...row!, rank: 7 }));
    const saved = await one().saveAll(things, [
      { partnership: `${run} a`, row: first! },
      // Right id and version, but the row of another partnership.
      { partnership: `${run} a`, row: second! },
      { partnership: `${run} b`, row: third! },
      { partnership: `${run} c`, row: third! },
    ]);
    const next = (row: Thing | undefined) => ({ ...row, version: 2 });
    expect(saved).toEqual([next(first), undefined, undefined, next(third)]);
    expect(await of('a').get(`${run} 1`)).toEqual(saved[0]);
    expect(await of('b').get(`${run} 2`)).toEqual(inserted[1]);
    expect(await of('c').get(`${run} 3`)).toEqual(saved[3]);
    expect(await one().insertAll(things, [])).toEqual([]);
    expect(await one().saveAll(things, [])).toEqual([]);
  });

  it('commits only to the partnership that a write names', async () => {
    const run = randomUUID();
    const own = await one().forPartnership(`${run} a`).of(things).insert(thing());
    const partnership = `${run} b`;
    const write = { partnership, declaration: things };
    const changed: Thing = { ...own, rank: 1 };
    expect(await one().commit([{ ...write, save: changed }])).toBe(0);
    expect(await one().commit([{ ...write, remove: { id: own.id, version: 1 } }])).toBe(0);
    // The id is taken, but not by a row of this partnership: it is not done already.
    expect(
      await one().commit([
        { ...write, insert: thing({ id: own.id }) },
        { ...write, insert: thing() },
      ]),
    ).toBe(0);
    expect(await one().forPartnership(`${run} a`).of(things).get(own.id)).toEqual(own);
  });

  it('does not show the partnership in a row', async () => {
    const rows = one().forPartnership(randomUUID()).of(things);
    const row = await rows.insert(thing());
    expect(Object.keys(row).sort()).toEqual(
      ['id', 'version', ...Object.keys(things.fields)].sort(),
    );
    expect(Object.keys((await rows.get(row.id)) ?? {})).toEqual(Object.keys(row));
  });
}
