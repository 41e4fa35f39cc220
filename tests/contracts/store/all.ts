import { beforeAll, expect, it } from 'vitest';
import type { Subject } from './subject.ts';
import { ranked, type Thing, thing, things } from './things.ts';

const TOTAL = 1_200;
const LARGE_TOTAL = 10_000;

export function all({ one, other }: Subject): void {
  const rows = () => one().forPartnership('all').of(things);

  beforeAll(async () => {
    expect(await rows().insertAll(ranked('g', TOTAL))).toHaveLength(TOTAL);
  });

  it.each([undefined, 7, 499, 500, 1_199, 1_200, 1_201])(
    'reads every row once, in the order of the index (page size: %j)',
    async (pageSize) => {
      const seen: Thing[] = [];
      const query = { index: 'byGroup', where: { group: 'g' } } as const;
      for await (const row of rows().all(query, pageSize)) seen.push(row);
      const expected = ranked('g', TOTAL).map((row) => ({ ...row, version: 1 }));
      expect(seen).toEqual(expected);
    },
  );

  it('reads a range backwards', async () => {
    const seen: (number | null)[] = [];
    const query = {
      index: 'byGroup',
      where: { group: 'g' },
      range: { field: 'rank', after: 1_000, to: 1_150 },
      descending: true,
    } as const;
    for await (const { rank } of rows().all(query, 60)) seen.push(rank);
    expect(seen).toEqual(Array.from({ length: 150 }, (_, index) => 1_150 - index));
  });

  it.each([false, true])(
    'reads over pages that end at nulls and at equal values (descending: %j)',
    async (descending) => {
      const partnership = `all: nulls ${descending}`;
      const mixed = one().forPartnership(partnership).of(things);
      const groups = [null, null, null, 'a', 'a', 'b'];
      await mixed.insertAll(
        groups.flatMap((group, index) =>
          [null, null, 1, 1, 2].map((rank, place) =>
            thing({ id: `${partnership} ${index}${place}`, group, rank }),
          ),
        ),
      );
      const query = { index: 'byGroup', descending } as const;
      const whole = (await mixed.find(query, 100)).rows.map(({ id }) => id);
      expect(whole).toHaveLength(30);
      for (const pageSize of [1, 2, 3, 4, 7]) {
        const seen: string[] = [];
        for await (const { id } of mixed.all(query, pageSize)) seen.push(id);
        expect(seen).toEqual(whole);
      }
    },
  );

  it('yields nothing when there are no rows', async () => {
    const query = { index: 'byGroup', where: { group: 'none' } } as const;
    for await (const { id } of rows().all(query)) expect.fail(`a row: ${id}`);
  });

  it('may be stopped early', async () => {
    const seen: string[] = [];
    for await (const { id } of rows().all({ index: 'byId' }, 10)) {
      seen.push(id);
      if (seen.length === 25) break;
    }
    expect(seen).toEqual(ranked('g', 25).map(({ id }) => id));
  });

  it('yields each row once, in order, while another process inserts and removes', async () => {
    const elsewhere = other().forPartnership('all').of(things);
    const ids: string[] = [];
    for await (const { id } of rows().all({ index: 'byId' }, 100)) {
      ids.push(id);
      if (ids.length % 100 !== 0) continue;
      const round = ids.length / 100;
      await elsewhere.insertAll([
        thing({ id: `a-${round}` }),
        thing({ id: `g-00600-${round}` }),
        thing({ id: `z-${round}` }),
      ]);
      await elsewhere.remove(`a-${round - 1}`);
    }
    expect(ids).toEqual([...new Set(ids)].sort());
    const seen = new Set(ids);
    expect(ranked('g', TOTAL).filter(({ id }) => !seen.has(id))).toEqual([]);
  });

  it('inserts, finds, saves, counts and reads 10,000 rows', async () => {
    const large = one().forPartnership('all: large').of(things);
    const inserted = await large.insertAll(ranked('large', LARGE_TOTAL));
    const stored = inserted.flatMap((row) => row ?? []);
    expect(stored).toHaveLength(LARGE_TOTAL);
    const query = { index: 'byGroup', where: { group: 'large' } } as const;
    expect(await large.count(query)).toBe(LARGE_TOTAL);
    expect(await large.find(query, LARGE_TOTAL)).toEqual({ rows: stored, more: false });
    const last = await large.find({ ...query, descending: true }, 1);
    expect(last).toEqual({ rows: [stored.at(-1)], more: true });
    const some = stored.slice(0, 2_500);
    await large.remove(some[1_000]!.id);
    const saved = await large.saveAll(some);
    expect(saved.flatMap((row, index) => (row ? [] : [index]))).toEqual([1_000]);
    const versions = [0, 0, 0];
    for await (const { version } of large.all(query)) versions[version]! += 1;
    expect(versions).toEqual([0, 7_500, 2_499]);
  });
}
