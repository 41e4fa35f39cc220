import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ConflictError } from '../../../src/core/ports/store.ts';
import { runs } from '../../fixtures/proof.ts';
import type { Subject } from './subject.ts';
import { type Thing, thing, things } from './things.ts';

const verbs = ['insert', 'insertAll', 'get', 'save', 'remove', 'find', 'count', 'pages'] as const;

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
          if (verb === 'insert' || verb === 'insertAll') {
            const row = thing({ id, key, rank, group: 'all' });
            const free = !existing && !keyTaken;
            const stored = { ...row, version: 1 };
            if (verb === 'insertAll') {
              expect(await rows.insertAll([row])).toEqual(free ? [stored] : []);
            } else if (free) expect(await rows.insert(row)).toEqual(stored);
            else await expect(rows.insert(row)).rejects.toThrow(ConflictError);
            if (free) model.set(id, { owner: by, row: stored });
          } else if (verb === 'get') {
            expect(await rows.get(id)).toEqual(mine);
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
              found.push(...(await rows.find({ index: 'byKey' })).map((row) => row.id));
            } else {
              for await (const page of rows.pages({ index: 'byGroup' }, 2)) {
                found.push(...page.map((row) => row.id));
              }
            }
            if (verb !== 'count') expect(found.sort()).toEqual(wanted.sort());
          }
        }
        for (const by of [0, 1, 2]) {
          const rows = one().forPartnership(`${run}-${by}`).of(things);
          const byId = (await rows.find({ index: 'byId' })).map((row) => [row.id, row] as const);
          expect(new Map(byId)).toEqual(new Map(own(by).map(({ row }) => [row.id, row])));
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
    expect(await rows('a').find({ index: 'byKey' })).toHaveLength(1);
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
