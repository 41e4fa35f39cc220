import { expect, it } from 'vitest';
import type { Query } from '../../../src/core/ports/store.ts';
import type { Subject } from './subject.ts';
import { signs, type Thing, thing, things } from './things.ts';

/** Values that the types forbid, but that a mistake or a hostile caller could still pass. */
const forced = <T>(value: unknown) => value as T;

export function boundaries({ one }: Subject): void {
  const rows = () => one().forPartnership('boundaries').of(things);
  const find = (query: unknown, limit = 10) =>
    rows().find(forced<Query<Thing, 'byGroup'>>(query), limit);

  it.each([
    ['no such index', { index: 'byNobody' }],
    ['a name every object has', { index: 'constructor' }],
    ['a field that is not in the index', { index: 'byGroup', where: { done: true } }],
    ['a hole before the field', { index: 'byGroup', where: { rank: 1 } }],
    ['a hole before the range', { index: 'byGroup', range: { field: 'rank', from: 1 } }],
    [
      'a range on a field already used',
      { index: 'byGroup', where: { group: 'a' }, range: { field: 'group', from: 'a' } },
    ],
    ['a range without bounds', { index: 'byGroup', range: { field: 'group' } }],
    ['a range from null', { index: 'byGroup', range: { field: 'group', from: null } }],
    ['undefined', { index: 'byGroup', where: { group: undefined } }],
    ['another kind', { index: 'byGroup', where: { group: 7 } }],
    ['an invalid date', { index: 'byDone', where: { done: true, at: new Date(Number.NaN) } }],
    ['another partnership', { index: 'byGroup', where: { partnership: 'x' } }],
  ])('refuses %s in a query', async (_, query) => {
    await expect(find(query)).rejects.toThrow();
  });

  it.each([-1, 0.5, Number.NaN, forced<number>(undefined), forced<number>('1')])(
    'refuses the limit %j',
    async (limit) => {
      const query = { index: 'byGroup' } as const;
      await expect(rows().find(query, limit)).rejects.toThrow(RangeError);
    },
  );

  it('names the index and the fields when the index cannot answer', async () => {
    await expect(find({ index: 'byGroup', where: { done: true } })).rejects.toThrow(
      'things: index byGroup (group, rank, id) does not answer done.',
    );
  });

  it('refuses the same in count and all', async () => {
    const query = forced<Query<Thing, 'byGroup'>>({ index: 'byGroup', where: { rank: 1 } });
    await expect(rows().count(query)).rejects.toThrow('does not answer');
    const first = (all: AsyncIterable<Thing>) => all[Symbol.asyncIterator]().next();
    await expect(first(rows().all(query))).rejects.toThrow('does not answer');
    await expect(first(rows().all({ index: 'byId' }, 0))).rejects.toThrow(RangeError);
  });

  it.each<[string, object]>([
    ['a number as text', { key: 7 }],
    ['a text as number', { rank: '7' }],
    ['a fraction', { rank: 0.5 }],
    ['a number beyond the safe ones', { rank: 2 ** 53 }],
    ['a text as flag', { done: 'true' }],
    ['a text as moment', { at: '2026-01-01' }],
    ['an invalid date', { at: new Date('never') }],
    ['a text as list', { tags: 'a' }],
    ['a list of lists', { tags: [['a']] }],
    ['an invalid date in data', { body: { at: new Date('never') } }],
    ['NaN in data', { body: [Number.NaN] }],
    ['a map in data', { body: new Map([['a', 1]]) }],
    ['a function in data', { body: { run: () => 1 } }],
    ['a field nobody declared', { extra: 1 }],
    ['another partnership', { partnership: 'x' }],
    ['an empty id', { id: '' }],
    ['a number as id', { id: 7 }],
  ])('refuses %s in a row, without quoting it', async (_, given) => {
    const row = forced<ReturnType<typeof thing>>({ ...thing(), ...given });
    for (const write of [
      () => rows().insert(row),
      () => rows().insertAll([row]),
      () => rows().save({ ...row, version: 1 }),
      () => rows().saveAll([{ ...row, version: 1 }]),
      () => one().insertAll(things, [{ partnership: 'boundaries', row }]),
      () => one().saveAll(things, [{ partnership: 'boundaries', row: { ...row, version: 1 } }]),
      () => one().commit([{ partnership: 'boundaries', declaration: things, insert: row }]),
    ]) {
      await expect(write()).rejects.toThrow(TypeError);
    }
  });

  it.each([{ $gte: 0 }, '1', undefined, null, 1.5])('refuses %j as a version', async (version) => {
    const row = await rows().insert(thing());
    const forged = { ...row, version: forced<number>(version) };
    await expect(rows().save(forged)).rejects.toThrow(TypeError);
    await expect(rows().saveAll([forged])).rejects.toThrow(TypeError);
    if (version !== undefined)
      await expect(rows().remove(row.id, forced<number>(version))).rejects.toThrow(TypeError);
    expect(await rows().get(row.id)).toEqual(row);
  });

  it.each([{ $ne: null }, { $gt: '' }, /.*/, ['a'], 7, null, undefined, ''])(
    'refuses %j as an id',
    async (id) => {
      await rows().insertAll([thing({ id: 'a' })]);
      await expect(rows().get(forced<string>(id))).rejects.toThrow(TypeError);
      await expect(rows().remove(forced<string>(id))).rejects.toThrow(TypeError);
      expect(() => one().forPartnership(forced<string>(id))).toThrow(TypeError);
      const owned = { partnership: forced<string>(id), row: thing() };
      await expect(one().insertAll(things, [owned])).rejects.toThrow(TypeError);
      const saved = { ...owned, row: { ...owned.row, version: 1 } };
      await expect(one().saveAll(things, [saved])).rejects.toThrow(TypeError);
      const write = { partnership: forced<string>(id), declaration: things, insert: thing() };
      await expect(one().commit([write])).rejects.toThrow(id === undefined ? Error : TypeError);
      expect(await rows().get('a')).toBeDefined();
    },
  );

  it('opens tenant collections only for a partnership, and global ones only without', () => {
    expect(() => one().global(things)).toThrow('stores.forPartnership');
    expect(() => one().forPartnership('p').of(signs)).toThrow('stores.global');
    const unknown = { ...things, name: 'unknown' };
    expect(() => one().forPartnership('p').of(unknown)).toThrow('not declared');
  });

  it('writes rows of many partnerships only to tenant collections', async () => {
    const row = { id: 'x', text: 'x', partnership: 'x' };
    await expect(one().insertAll(signs, [{ partnership: 'x', row }])).rejects.toThrow(
      'stores.global',
    );
    const saved = { ...row, version: 1 };
    await expect(one().saveAll(signs, [{ partnership: 'x', row: saved }])).rejects.toThrow(
      'stores.global',
    );
  });

  it('uses the declaration with which it was started, not one that was changed later', () => {
    const posed = { ...things, scope: 'global' as const };
    expect(() => one().global(posed)).toThrow('stores.forPartnership');
    expect(one().forPartnership('p').of(posed)).toBeDefined();
  });
}
