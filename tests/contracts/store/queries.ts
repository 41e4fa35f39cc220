import { beforeAll, expect, it } from 'vitest';
import type { Query } from '../../../src/core/ports/store.ts';
import type { Subject } from './subject.ts';
import { signs, type Thing, thing, things } from './things.ts';

type Index = 'byKey' | 'byGroup' | 'byDone';

const day = (count: number) => new Date(Date.UTC(2026, 0, count));

export function queries({ one }: Subject): void {
  const rows = () => one().forPartnership('queries').of(things);
  const ids = async (query: Query<Thing, Index>, limit = 100) =>
    (await rows().find(query, limit)).rows.map(({ id }) => id);

  beforeAll(async () => {
    await rows().insertAll([
      thing({ id: 'a1', group: 'a', rank: 1, done: false, at: day(3) }),
      thing({ id: 'a2', group: 'a', rank: 2, done: false, at: null }),
      thing({ id: 'a2b', group: 'a', rank: 2, done: true, at: day(1) }),
      thing({ id: 'a-', group: 'a', rank: -5, done: false, at: day(1) }),
      thing({ id: 'a0', group: 'a', rank: null, done: true, at: null }),
      thing({ id: 'b1', group: 'b', rank: 1, done: false, at: day(2) }),
      thing({ id: 'b9', group: 'b', rank: 9, done: null, at: day(2) }),
      thing({ id: 'n1', group: null, rank: 1, done: null, at: null }),
    ]);
  });

  it('finds by the first fields of an index, in the index’s order, null first', async () => {
    expect(await ids({ index: 'byGroup', where: { group: 'a' } })).toEqual([
      'a0',
      'a-',
      'a1',
      'a2',
      'a2b',
    ]);
    expect(await ids({ index: 'byGroup', where: { rank: 2, group: 'a' } })).toEqual(['a2', 'a2b']);
    expect(await ids({ index: 'byGroup', where: { group: 'c' } })).toEqual([]);
    expect(await ids({ index: 'byGroup' })).toEqual([
      'n1',
      'a0',
      'a-',
      'a1',
      'a2',
      'a2b',
      'b1',
      'b9',
    ]);
  });

  it('null and false are different values', async () => {
    expect(await ids({ index: 'byGroup', where: { group: null } })).toEqual(['n1']);
    expect(await ids({ index: 'byDone', where: { done: null } })).toEqual(['n1', 'b9']);
    expect(await ids({ index: 'byDone', where: { done: false } })).toEqual([
      'a2',
      'a-',
      'b1',
      'a1',
    ]);
    expect(await ids({ index: 'byDone', where: { done: false, at: null } })).toEqual(['a2']);
  });

  it('reverses the order, also of ties', async () => {
    expect(await ids({ index: 'byGroup', where: { group: 'a' }, descending: true })).toEqual([
      'a2b',
      'a2',
      'a1',
      'a-',
      'a0',
    ]);
    expect(await ids({ index: 'byId', descending: true }, 2)).toEqual(['n1', 'b9']);
  });

  it('finds any value of a list, which may contain null or be empty', async () => {
    const of = (group: (string | null)[]) => ids({ index: 'byGroup', where: { group } });
    expect(await of(['b', 'a', 'zzz'])).toEqual(['a0', 'a-', 'a1', 'a2', 'a2b', 'b1', 'b9']);
    expect(await of([null, 'b'])).toEqual(['n1', 'b1', 'b9']);
    expect(await of([])).toEqual([]);
    expect(await ids({ index: 'byGroup', where: { group: ['a', 'b'], rank: [1, 9] } })).toEqual([
      'a1',
      'b1',
      'b9',
    ]);
    expect(await ids({ index: 'byId', where: { id: ['n1', 'b1', 'none'] } })).toEqual(['b1', 'n1']);
  });

  it('finds a range on the next field, with each bound inside or outside', async () => {
    const rank = (range: object, descending = false) =>
      ids({
        index: 'byGroup',
        where: { group: 'a' },
        range: { field: 'rank', ...range },
        descending,
      });
    expect(await rank({ from: 1 })).toEqual(['a1', 'a2', 'a2b']);
    expect(await rank({ after: 1 })).toEqual(['a2', 'a2b']);
    expect(await rank({ to: 1 })).toEqual(['a-', 'a1']);
    expect(await rank({ before: 1 })).toEqual(['a-']);
    expect(await rank({ from: -5, before: 2 }, true)).toEqual(['a1', 'a-']);
    expect(await rank({ after: 2, to: 1 })).toEqual([]);
    expect(await ids({ index: 'byGroup', range: { field: 'group', after: 'a' } })).toEqual([
      'b1',
      'b9',
    ]);
  });

  it('never finds null in a range', async () => {
    const at = (range: object) =>
      ids({ index: 'byDone', where: { done: false }, range: { field: 'at', ...range } });
    expect(await at({ to: day(31) })).toEqual(['a-', 'b1', 'a1']);
    expect(await at({ before: day(2) })).toEqual(['a-']);
    expect(await at({ from: day(-31) })).toEqual(['a-', 'b1', 'a1']);
    expect(await ids({ index: 'byDone', range: { field: 'done', from: false } })).not.toContain(
      'n1',
    );
  });

  it('finds a range of ids', async () => {
    expect(await ids({ index: 'byId', range: { field: 'id', after: 'a2b' } }, 2)).toEqual([
      'b1',
      'b9',
    ]);
  });

  it('counts the rows that it would find', async () => {
    const count = (query: Query<Thing, Index>) => rows().count(query);
    expect(await count({ index: 'byGroup' })).toBe(8);
    expect(await count({ index: 'byGroup', where: { group: ['a', null] } })).toBe(6);
    expect(await count({ index: 'byGroup', where: { group: 'c' } })).toBe(0);
    expect(
      await count({
        index: 'byGroup',
        where: { group: 'a' },
        range: { field: 'rank', from: 1, to: 2 },
      }),
    ).toBe(3);
  });

  it.each([false, true])(
    'returns up to the limit, and says whether there are more (descending: %j)',
    async (descending) => {
      const partnership = `queries: limits ${descending}`;
      const many = one().forPartnership(partnership).of(things);
      await many.insertAll(
        Array.from({ length: 120 }, (_, index) => thing({ group: 'r', rank: index })),
      );
      const find = async (limit: number) => {
        const where = { group: 'r' };
        const { rows, more } = await many.find({ index: 'byGroup', where, descending }, limit);
        return [rows.length, more, rows[0]?.rank];
      };
      const first = descending ? 119 : 0;
      expect(await find(0)).toEqual([0, true, undefined]);
      expect(await find(1)).toEqual([1, true, first]);
      expect(await find(119)).toEqual([119, true, first]);
      expect(await find(120)).toEqual([120, false, first]);
      expect(await find(121)).toEqual([120, false, first]);
      expect(await find(5_000)).toEqual([120, false, first]);
      const none = { index: 'byGroup', where: { group: 'none' } } as const;
      expect(await many.find(none, 0)).toEqual({ rows: [], more: false });
      expect(await many.find(none, 1)).toEqual({ rows: [], more: false });
    },
  );

  it('orders ids by code point too, in pages and in ranges', async () => {
    const astral = one().forPartnership('queries: astral').of(things);
    const order = [
      'A',
      'a',
      'a\0',
      'aa',
      'b',
      'é',
      '\ud7ff',
      '\ue000',
      '\uffff',
      '\u{10000}',
      '😀',
    ];
    await astral.insertAll([...order].reverse().map((text) => thing({ id: `astral ${text}` })));
    const ids: string[] = [];
    for await (const { id } of astral.all({ index: 'byId' }, 3)) ids.push(id);
    expect(ids).toEqual(order.map((text) => `astral ${text}`));
    const range = { field: 'id', after: 'astral \ue000' } as const;
    const { rows: behind } = await astral.find({ index: 'byId', range }, 2);
    expect(behind.map(({ id }) => id)).toEqual(['astral \uffff', 'astral \u{10000}']);
  });

  it('orders text by its bytes: capitals first, then other letters by code point', async () => {
    const global = one().global(signs);
    const texts = ['zebra', 'Äpfel', 'apple', 'Zoo', '😀', '\uffff', 'a\0b', 'a', ''];
    await global.insertAll(
      texts.map((text, index) => ({ id: `order-${index}`, text, partnership: 'x' })),
    );
    const found = await global.find({ index: 'byText', where: { text: texts } }, 100);
    expect(found.rows.map(({ text }) => text)).toEqual([
      '',
      'Zoo',
      'a',
      'a\0b',
      'apple',
      'zebra',
      'Äpfel',
      '\uffff',
      '😀',
    ]);
  });
}
