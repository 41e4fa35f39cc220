import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { New, Stores, Write } from '../../../src/core/ports/store.ts';
import type { Subject } from './subject.ts';
import { type Sign, signs, type Thing, thing, things } from './things.ts';

export function commit({ one, other, isCommitAtomic, failAfter }: Subject): void {
  const partnership = 'commit';
  const rows = () => one().forPartnership(partnership).of(things);
  const write = { partnership, declaration: things } as const;
  const insert = (row: ReturnType<typeof thing>): Write => ({ ...write, insert: row });
  const save = (row: Thing): Write => ({ ...write, save: row });
  const sign = (id: string, text: string): New<Sign> => ({ id, text, partnership: '' });
  const remove = ({ id, version }: Thing): Write => ({ ...write, remove: { id, version } });

  it('stores inserts, saves and removals of several collections', async () => {
    const [saved, removed] = await rows().insertAll([thing(), thing()]);
    const [first, last] = [thing(), thing()];
    const text = randomUUID();
    const done = await one().commit([
      save({ ...saved!, rank: 5 }),
      insert(first),
      remove(removed!),
      {
        partnership: undefined,
        declaration: signs,
        insert: sign(text, text),
      },
      insert(last),
    ]);
    expect(done).toBeUndefined();
    expect(await rows().get(saved!.id)).toEqual({ ...saved, rank: 5, version: 2 });
    expect(await rows().get(removed!.id)).toBeUndefined();
    expect(await rows().get(first.id)).toEqual({ ...first, version: 1 });
    expect(await rows().get(last.id)).toEqual({ ...last, version: 1 });
    expect(await one().global(signs).get(text)).toMatchObject({ text, version: 1 });
    expect(await one().commit([])).toBeUndefined();
  });

  it('names a write that did not fit, and does not do the last one', async () => {
    const [kept, changed, gone] = await rows().insertAll([thing(), thing(), thing()]);
    const newer = await rows().save({ ...changed!, rank: 9 });
    await rows().remove(gone!.id);
    const misfits: Write[] = [
      save({ ...changed!, rank: 1 }),
      save({ ...gone!, rank: 1 }),
      save({ ...kept!, key: changed!.key }),
      remove(changed!),
      remove(gone!),
      insert(thing({ key: kept!.key })),
    ];
    for (const misfit of misfits) {
      const last = thing();
      expect(await one().commit([insert(thing()), misfit, insert(last)])).toBe(1);
      expect(await rows().get(last.id)).toBeUndefined();
      expect(await one().commit([insert(thing()), misfit])).toBe(1);
      expect(await one().commit([misfit])).toBe(0);
    }
    const taken = await rows().insert(thing());
    expect(await one().commit([insert(thing()), insert(thing({ id: taken.id }))])).toBe(1);
    expect(await rows().get(kept!.id)).toEqual(kept);
    expect(await rows().get(changed!.id)).toEqual(newer);
  });

  it('stores nothing if a row is invalid', async () => {
    const good = thing();
    const existing = await rows().insert(thing());
    const bad: Write[] = [
      insert(thing({ rank: 1.5 })),
      save({ ...existing, rank: 1.5 }),
      save({ ...existing, version: 0.5 }),
      remove({ ...existing, version: { $ne: null } as never }),
    ];
    for (const write of bad) {
      await expect(one().commit([insert(good), write, insert(thing())])).rejects.toThrow(TypeError);
      expect(await rows().get(good.id)).toBeUndefined();
    }
    expect(await rows().get(existing.id)).toEqual(existing);
  });

  it('of several that commit over the same row, one is told that it is done', async () => {
    for (let round = 0; round < 20; round += 1) {
      const row = await rows().insert(thing());
      const receipts = Array.from({ length: 4 }, () => thing());
      const results = await Promise.all(
        receipts.map((receipt, index) =>
          (index % 2 === 0 ? one() : other()).commit([
            save({ ...row, rank: index }),
            insert(receipt),
          ]),
        ),
      );
      const winner = results.indexOf(undefined);
      expect(results.toSorted()).toEqual([0, 0, 0, undefined]);
      expect(await rows().get(row.id)).toMatchObject({ rank: winner, version: 2 });
      const stored = await Promise.all(receipts.map(({ id }) => rows().get(id)));
      expect(stored.map((receipt) => receipt !== undefined)).toEqual(
        receipts.map((_, index) => index === winner),
      );
    }
  });

  it('writes one row several times as if one after another', async () => {
    const [saved, removed] = await rows().insertAll([thing(), thing()]);
    const [kept, gone] = [thing(), thing()];
    const again = { ...removed!, rank: 3 };
    const done = await one().commit([
      insert(kept),
      save({ ...saved!, rank: 1 }),
      insert(gone),
      save({ ...kept, version: 1, rank: 2 }),
      save({ ...saved!, version: 2, rank: 2 }),
      save({ ...saved!, version: 3, rank: 4 }),
      remove({ ...gone, version: 1 }),
      save({ ...removed!, rank: 2 }),
      remove({ ...removed!, version: 2 }),
      insert(again),
      insert(thing()),
    ]);
    expect(done).toBeUndefined();
    expect(await rows().get(kept.id)).toMatchObject({ rank: 2 });
    expect(await rows().get(saved!.id)).toMatchObject({ rank: 4 });
    expect(await rows().get(gone.id)).toBeUndefined();
    expect(await rows().get(again.id)).toMatchObject({ rank: 3 });
  });

  it('leaves no new row behind if another write does not fit', async () => {
    const existing = await rows().insert(thing());
    const before = await rows().count({ index: 'byId' });
    const stale = save({ ...existing, version: 7 });
    expect(await one().commit([insert(thing()), insert(thing()), stale, insert(thing())])).toBe(2);
    const taken = insert(thing({ key: existing.key }));
    expect(await one().commit([insert(thing()), taken, insert(thing())])).toBe(1);
    expect(await rows().count({ index: 'byId' })).toBe(before);
  });

  if (isCommitAtomic)
    it('stores all or nothing', async () => {
      const existing = await rows().insert(thing());
      const before = await rows().count({ index: 'byId' });
      const stale = { ...(await rows().insert(thing())), version: 7 };
      const others = [insert(thing()), save({ ...existing, rank: 1 }), insert(thing())];
      for (const place of [0, 1, 2, 3]) {
        const writes = others.toSpliced(place, 0, save(stale));
        expect(await one().commit(writes)).toBe(place);
      }
      expect(await one().commit([...others, insert(thing({ id: existing.id }))])).toBe(3);
      // An insert whose id exists does not fit either, wherever it is.
      expect(await one().commit([insert(thing({ id: existing.id })), ...others])).toBe(0);
      expect(await rows().get(existing.id)).toEqual(existing);
      expect(await rows().count({ index: 'byId' })).toBe(before + 1);
    });

  /** A command as features write it: it reads, decides, and writes with ids that come from its key. */
  async function command(stores: Stores, tenant: string): Promise<number | undefined> {
    const own = stores.forPartnership(tenant).of(things);
    const { rows: all } = await own.find({ index: 'byId' }, 100);
    const target = { partnership: tenant, declaration: things };
    const changed = all.filter(({ group, rank }) => group === 'changes' && rank !== 1);
    const removed = all.filter(({ group }) => group === 'goes');
    return stores.commit([
      ...['new 1', 'new 2'].map((name) => ({
        ...target,
        insert: thing({ id: `${tenant} ${name}` }),
      })),
      ...changed.map((row) => ({ ...target, save: { ...row, rank: 1 } })),
      ...removed.map(({ id, version }) => ({ ...target, remove: { id, version } })),
      { partnership: undefined, declaration: signs, insert: sign(`${tenant} sign`, tenant) },
      { ...target, insert: thing({ id: `${tenant} receipt` }) },
    ]);
  }

  async function outcome(prepare: (tenant: string) => Promise<unknown>) {
    const tenant = `commit ${randomUUID()}`;
    const own = one().forPartnership(tenant).of(things);
    const before = ['changes', 'changes', 'goes', 'goes', 'stays'];
    await own.insertAll(before.map((group, index) => thing({ id: `${tenant} ${index}`, group })));
    const wasCutOff = await prepare(tenant);
    const isDoneBefore = (await own.get(`${tenant} receipt`)) !== undefined;
    if (!isDoneBefore) expect(await command(one(), tenant)).toBeUndefined();
    const { rows: after } = await own.find({ index: 'byId' }, 100);
    const sign = await one().global(signs).get(`${tenant} sign`);
    const plain = [...after, sign].map((row) => JSON.stringify(row).replaceAll(tenant, ''));
    return { rows: plain, wasCutOff, isDoneBefore };
  }

  if (failAfter)
    it('cut off between any two writes and run again, it leaves the same rows', async () => {
      const { rows: expected } = await outcome(async () => {});
      expect(expected).toHaveLength(7);
      let cuts = 0;
      for (let count = 0; ; count += 1) {
        const {
          rows: found,
          wasCutOff,
          isDoneBefore,
        } = await outcome(async (tenant) => {
          const goOn = failAfter?.(count);
          const failed = await command(one(), tenant).then(
            () => false,
            () => true,
          );
          goOn?.();
          return failed;
        });
        expect(found).toEqual(expected);
        expect(isDoneBefore).toBe(!wasCutOff);
        if (!wasCutOff) break;
        cuts += 1;
      }
      // Two inserts of one collection are one command, and so are its saves. Removals are one each.
      expect(cuts).toBe(6);
    });
}
