import { expect, it } from 'vitest';
import { ConflictError, insertOnce } from '../../../src/core/ports/store.ts';
import type { Subject } from './subject.ts';
import { signs, thing, things } from './things.ts';

export function verbs({ one }: Subject): void {
  const rows = () => one().forPartnership('verbs').of(things);

  it('gets an inserted row with version 1, and nothing by another id', async () => {
    const row = thing({ key: 'a key', tags: ['x', 7], body: { deep: [1, null] } });
    const inserted = await rows().insert(row);
    expect(inserted).toEqual({ ...row, version: 1 });
    expect(await rows().get(row.id)).toEqual(inserted);
    expect(await rows().get(`${row.id}.`)).toBeUndefined();
  });

  it('rewrites its files without losing a row', async () => {
    const row = await rows().insert(thing());
    const [isDone, later] = await Promise.all([one().vacuum(), rows().insert(thing())]);
    expect(isDone).toBe(true);
    expect(await rows().get(row.id)).toEqual(row);
    expect(await rows().get(later.id)).toEqual(later);
  });

  it('refuses an id or a unique key that is taken, and leaves the existing row', async () => {
    const row = thing();
    await rows().insert(row);
    await expect(rows().insert(thing({ id: row.id }))).rejects.toThrow(ConflictError);
    await expect(rows().insert(thing({ key: row.key }))).rejects.toThrow(ConflictError);
    expect(await rows().get(row.id)).toMatchObject({ key: row.key, version: 1 });
  });

  it('treats null in a unique key as a value, allowed once', async () => {
    const global = one().global(signs);
    await global.insert({ id: 'null', text: null, partnership: 'any' });
    await expect(global.insert({ id: 'null too', text: null, partnership: 'any' })).rejects.toThrow(
      ConflictError,
    );
  });

  it('a Conflict contains nothing of the row', async () => {
    const row = thing({ key: 'somebody’s words' });
    await rows().insert(row);
    const conflict = await rows().insert(row).catch(String);
    expect(conflict).not.toContain('somebody');
  });

  it('inserts many rows and tells which, but not those whose keys are taken, also by each other', async () => {
    const existing = await rows().insert(thing());
    const fresh = [thing(), thing(), thing()];
    const inserted = await rows().insertAll([
      thing({ id: existing.id }),
      fresh[0]!,
      thing({ key: existing.key }),
      fresh[1]!,
      thing({ key: fresh[1]!.key }),
      fresh[2]!,
    ]);
    const [first, second, third] = fresh.map((row) => ({ ...row, version: 1 }));
    expect(inserted).toEqual([undefined, first, undefined, second, undefined, third]);
    for (const { id, key } of fresh) expect(await rows().get(id)).toMatchObject({ id, key });
    expect(await rows().get(existing.id)).toEqual(existing);
    expect(await rows().insertAll([])).toEqual([]);
    expect(await rows().insertAll([fresh[0]!])).toEqual([undefined]);
  });

  it('inserts none of many rows if one is invalid', async () => {
    const good = thing();
    const bad = thing({ rank: 1.5 });
    await expect(rows().insertAll([good, bad])).rejects.toThrow('things.rank takes integer');
    expect(await rows().get(good.id)).toBeUndefined();
  });

  it('saves the given version, and no other', async () => {
    const first = await rows().insert(thing({ rank: 1, group: 'old' }));
    const second = await rows().save({ ...first, rank: 2, group: null });
    expect(second).toEqual({ ...first, rank: 2, group: null, version: 2 });
    expect(await rows().get(first.id)).toEqual(second);
    expect(await rows().save({ ...first, rank: 3 })).toBeUndefined();
    expect(await rows().save({ ...first, rank: 3, version: 3 })).toBeUndefined();
    expect(await rows().get(first.id)).toEqual(second);
  });

  it('saves an unchanged row with a new version', async () => {
    const row = await rows().insert(thing());
    expect(await rows().save(row)).toEqual({ ...row, version: 2 });
  });

  it('does not save a row that was removed or never existed', async () => {
    expect(await rows().save({ ...thing(), version: 1 })).toBeUndefined();
    const row = await rows().insert(thing());
    await rows().remove(row.id);
    expect(await rows().save(row)).toBeUndefined();
    expect(await rows().get(row.id)).toBeUndefined();
  });

  it('saves many rows, and tells the fate of each', async () => {
    const inserted = await rows().insertAll(Array.from({ length: 7 }, () => thing({ rank: 0 })));
    const [fresh, old, removed, taken, swapped, unchanged, other] = inserted.map((row) => row!);
    const newer = await rows().save({ ...old!, rank: 1 });
    await rows().remove(removed!.id);
    const saved = await rows().saveAll([
      { ...fresh!, rank: 2 },
      { ...old!, rank: 2 },
      { ...removed!, rank: 2 },
      { ...taken!, key: other!.key },
      { ...swapped!, key: `${swapped!.key} renamed` },
      unchanged!,
      { ...thing(), version: 1 },
    ]);
    const expected = [
      { ...fresh, rank: 2, version: 2 },
      undefined,
      undefined,
      undefined,
      { ...swapped, key: `${swapped!.key} renamed`, version: 2 },
      { ...unchanged, version: 2 },
      undefined,
    ];
    expect(saved).toEqual(expected);
    for (const row of saved) if (row) expect(await rows().get(row.id)).toEqual(row);
    expect(await rows().get(old!.id)).toEqual(newer);
    expect(await rows().get(removed!.id)).toBeUndefined();
    expect(await rows().get(taken!.id)).toEqual(taken);
    expect(await rows().saveAll([])).toEqual([]);
  });

  it('saves one of two rows with the same id and version', async () => {
    const row = await rows().insert(thing());
    const saved = await rows().saveAll([
      { ...row, rank: 1 },
      { ...row, rank: 2 },
    ]);
    const [won, ...more] = saved.filter((one) => one !== undefined);
    expect(more).toEqual([]);
    expect(await rows().get(row.id)).toEqual(won);
  });

  it('saves none of many rows if one is invalid', async () => {
    const row = await rows().insert(thing());
    const bad = { ...(await rows().insert(thing())), rank: 1.5 };
    await expect(rows().saveAll([row, bad])).rejects.toThrow('things.rank takes integer');
    expect(await rows().get(row.id)).toEqual(row);
  });

  it('a row that was saved with others can be saved and removed by itself', async () => {
    const [row] = await rows().saveAll([await rows().insert(thing())]);
    const next = await rows().save({ ...row!, rank: 3 });
    expect(next).toEqual({ ...row, rank: 3, version: 3 });
    expect(await rows().saveAll([next!])).toEqual([{ ...next, version: 4 }]);
    expect(await rows().remove(row!.id, 4)).toBe(true);
  });

  it('refuses to save another row’s unique key', async () => {
    const [row, other] = await rows().insertAll([thing(), thing()]);
    await expect(rows().save({ ...row!, key: other!.key })).rejects.toThrow(ConflictError);
    expect(await rows().get(row!.id)).toEqual(row);
  });

  it('removes a row, existing or not, and the id is free again', async () => {
    const row = thing();
    await rows().insert(row);
    expect(await rows().remove(row.id)).toBe(true);
    expect(await rows().remove(row.id)).toBe(false);
    expect(await rows().get(row.id)).toBeUndefined();
    expect((await rows().insert(row)).version).toBe(1);
  });

  it('removes the given version, and no other', async () => {
    const first = await rows().insert(thing());
    const second = await rows().save({ ...first, rank: 2 });
    expect(await rows().remove(first.id, 1)).toBe(false);
    expect(await rows().remove(first.id, 3)).toBe(false);
    expect(await rows().get(first.id)).toEqual(second);
    expect(await rows().remove(first.id, 2)).toBe(true);
    expect(await rows().get(first.id)).toBeUndefined();
  });

  it('removes a version only in its own partnership', async () => {
    const row = await rows().insert(thing());
    expect(await one().forPartnership('others').of(things).remove(row.id, 1)).toBe(false);
    expect(await rows().get(row.id)).toEqual(row);
  });

  it('does not change the rows that it gets, and shares nothing with those that it returns', async () => {
    const row = thing({ tags: ['a'], at: new Date(5), body: { list: [1] } });
    const copy = structuredClone(row);
    const inserted = await rows().insert(row);
    inserted.tags?.push('b');
    inserted.at?.setTime(6);
    (inserted.body as { list: number[] }).list.push(2);
    expect(row).toEqual(copy);
  });

  it('inserts once when a step is repeated', async () => {
    const row = thing({ rank: 1 });
    expect(await insertOnce(rows(), row)).toMatchObject({ rank: 1 });
    expect(await insertOnce(rows(), { ...row, rank: 2 })).toMatchObject({ rank: 1, version: 1 });
    await expect(insertOnce(rows(), thing({ key: row.key }))).rejects.toThrow(ConflictError);
  });

  it('keeps global rows outside of any partnership, whatever fields they have', async () => {
    const global = one().global(signs);
    const sign = await global.insert({ id: 'sign', text: 'Welcome', partnership: 'one of them' });
    expect(await global.get('sign')).toEqual(sign);
    const query = { index: 'byText', where: { text: 'Welcome' } } as const;
    expect(await global.find(query, 10)).toEqual({ rows: [sign], more: false });
    expect(await global.save({ ...sign, partnership: 'another' })).toMatchObject({ version: 2 });
    await global.remove('sign');
    expect(await global.get('sign')).toBeUndefined();
  });
}
