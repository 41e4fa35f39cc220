import { expect, it } from 'vitest';
import type { Subject } from './subject.ts';
import { thing, things } from './things.ts';

const at = (second: number) => new Date(Date.UTC(2026, 2, 1, 0, 0, second));

export function due({ one }: Subject): void {
  it('reads the due rows of all partnerships, the earliest first, up to an instant and a limit', async () => {
    const [a, b] = [
      one().forPartnership('due a').of(things),
      one().forPartnership('due b').of(things),
    ];
    await a.insertAll([
      thing({ id: 'due-2', nextRunAt: at(2) }),
      thing({ id: 'due-9', nextRunAt: at(9) }),
      thing({ id: 'due-never', nextRunAt: null }),
    ]);
    await b.insertAll([
      thing({ id: 'due-1', nextRunAt: at(1) }),
      thing({ id: 'due-3', nextRunAt: at(3) }),
    ]);
    const found = await one().due(things, at(3), 10);
    expect(found).toEqual([
      { id: 'due-1', partnership: 'due b', nextRunAt: at(1), claim: null },
      { id: 'due-2', partnership: 'due a', nextRunAt: at(2), claim: null },
      { id: 'due-3', partnership: 'due b', nextRunAt: at(3), claim: null },
    ]);
    const ids = async (second: number, limit: number) =>
      (await one().due(things, at(second), limit)).map(({ id }) => id);
    expect(await ids(3, 2)).toEqual(['due-1', 'due-2']);
    expect(await ids(0, 10)).toEqual([]);
    expect(await ids(9, 0)).toEqual([]);
    expect(await ids(60, 10)).toEqual(['due-1', 'due-2', 'due-3', 'due-9']);
  });

  it('names the partnership of a row, and does not find the row again after it moved on', async () => {
    const rows = one().forPartnership('due c').of(things);
    await rows.insert(thing({ id: 'due-c', nextRunAt: at(-60) }));
    const [first] = await one().due(things, at(-60), 10);
    const claimed = one().forPartnership(first!.partnership).of(things);
    const row = await claimed.get(first!.id);
    await claimed.save({ ...row!, nextRunAt: null });
    expect(await one().due(things, at(-60), 10)).toEqual([]);
  });

  it('reads more rows than a server’s first batch', async () => {
    const rows = one().forPartnership('due d').of(things);
    const many = Array.from({ length: 300 }, (_, index) =>
      thing({ nextRunAt: at(-9_000 + index) }),
    );
    await rows.insertAll(many);
    const found = await one().due(things, at(-8_000), 500);
    expect(found.map(({ id }) => id)).toEqual(many.map(({ id }) => id));
  });

  it('refuses a wrong date, a wrong limit, or a collection without due rows', async () => {
    await expect(one().due(things, null as unknown as Date, 1)).rejects.toThrow(TypeError);
    await expect(one().due(things, new Date(Number.NaN), 1)).rejects.toThrow(TypeError);
    await expect(one().due(things, at(0), -1)).rejects.toThrow(RangeError);
  });
}
