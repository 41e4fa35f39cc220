import { beforeAll, expect, it } from 'vitest';
import type { Subject } from './subject.ts';
import { ranked, type Thing, thing, things } from './things.ts';

const total = 1_200;

export function pages({ one, other }: Subject): void {
  const rows = () => one().forPartnership('pages').of(things);

  beforeAll(async () => {
    expect(await rows().insertAll(ranked('g', total))).toHaveLength(total);
  });

  it('reads everything in pages, 500 rows each by default', async () => {
    const sizes: number[] = [];
    const seen: Thing[] = [];
    for await (const page of rows().pages({ index: 'byGroup', where: { group: 'g' } })) {
      sizes.push(page.length);
      seen.push(...page);
    }
    expect(sizes).toEqual([500, 500, 200]);
    expect(seen.map(({ rank }) => rank)).toEqual(ranked('g', total).map(({ rank }) => rank));
  });

  it('reads a range backwards', async () => {
    const seen: (number | null)[] = [];
    const query = {
      index: 'byGroup',
      where: { group: 'g' },
      range: { field: 'rank', after: 1_000, to: 1_150 },
      descending: true,
    } as const;
    for await (const page of rows().pages(query, 60)) {
      expect(page.length).toBeLessThanOrEqual(60);
      seen.push(...page.map(({ rank }) => rank));
    }
    expect(seen).toEqual(Array.from({ length: 150 }, (_, index) => 1_150 - index));
  });

  it('yields no page when there are no rows', async () => {
    for await (const page of rows().pages({ index: 'byGroup', where: { group: 'none' } })) {
      expect.fail(`a page of ${page.length}`);
    }
  });

  it('may be stopped early', async () => {
    for await (const page of rows().pages({ index: 'byId' }, 10)) {
      expect(page).toHaveLength(10);
      break;
    }
  });

  it('yields each row once, in order, while another process inserts and removes', async () => {
    const elsewhere = other().forPartnership('pages').of(things);
    const seen: Thing[] = [];
    let round = 0;
    for await (const page of rows().pages({ index: 'byId' }, 100)) {
      seen.push(...page);
      round += 1;
      await elsewhere.insertAll([
        thing({ id: `a-${round}` }),
        thing({ id: `g-00600-${round}` }),
        thing({ id: `z-${round}` }),
      ]);
      await elsewhere.remove(`a-${round - 1}`);
    }
    const ids = seen.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
    const expected = new Set(ids);
    expect(ranked('g', total).filter(({ id }) => !expected.has(id))).toEqual([]);
  });
}
