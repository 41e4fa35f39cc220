import { expect, it } from 'vitest';
import { ConflictError, insertOnce, updateWithRetry } from '../../../src/core/ports/store.ts';
import type { Subject } from './subject.ts';
import { ranked, thing, things } from './things.ts';

export function races({ one, other }: Subject): void {
  const here = () => one().forPartnership('races').of(things);
  const there = () => other().forPartnership('races').of(things);
  const either = (index: number) => (index % 2 === 0 ? here() : there());

  it('exactly one of two savers wins', async () => {
    for (let round = 0; round < 20; round += 1) {
      const row = await here().insert(thing());
      const saved = await Promise.all([
        here().save({ ...row, group: 'here' }),
        there().save({ ...row, group: 'there' }),
      ]);
      const won = saved.filter((result) => result !== undefined);
      expect(won).toHaveLength(1);
      expect(await here().get(row.id)).toEqual(won[0]);
    }
  });

  it('exactly one of many inserts gets an id, and one a unique key', async () => {
    const row = thing();
    const attempts = (of: (index: number) => ReturnType<typeof thing>) =>
      Promise.allSettled(Array.from({ length: 20 }, (_, index) => either(index).insert(of(index))));
    for (const settled of [
      await attempts((index) => ({ ...row, rank: index })),
      await attempts(() => thing({ key: 'the only one' })),
    ]) {
      const lost = settled.filter((result) => result.status === 'rejected');
      expect(lost).toHaveLength(19);
      for (const { reason } of lost) expect(reason).toBeInstanceOf(ConflictError);
    }
  });

  it('counts each of 50 updates at once', async () => {
    const row = await here().insert(thing({ rank: 0 }));
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        updateWithRetry(either(index), row.id, (current) => ({
          ...current,
          rank: (current.rank ?? 0) + 1,
        })),
      ),
    );
    expect(await here().get(row.id)).toMatchObject({ rank: 50, version: 51 });
  });

  it('an update of a missing row, or without a change, writes nothing', async () => {
    expect(await updateWithRetry(here(), 'nobody', (row) => row)).toBeUndefined();
    const row = await here().insert(thing());
    expect(await updateWithRetry(here(), row.id, () => undefined)).toEqual(row);
    expect(await here().get(row.id)).toEqual(row);
  });

  it('inserts once, however many try', async () => {
    const row = thing({ rank: 1 });
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, index) => insertOnce(either(index), row)),
    );
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  });

  it('when two insert the same rows at once, each row is inserted once', async () => {
    const rows = ranked('shared', 300);
    const [mine, theirs] = await Promise.all([here().insertAll(rows), there().insertAll(rows)]);
    const ids = [...mine, ...theirs].flatMap((row) => (row ? [row.id] : [])).sort();
    expect(ids).toEqual(rows.map(({ id }) => id));
  });

  it('when two save the same rows at once, each row has one saver, who is told so', async () => {
    const inserted = await here().insertAll(Array.from({ length: 300 }, () => thing()));
    const rows = inserted.map((row) => row!);
    const claimed = (claim: string) => rows.map((row) => ({ ...row, claim }));
    const [mine, theirs] = await Promise.all([
      here().saveAll(claimed('here')),
      there().saveAll(claimed('there').reverse()),
    ]);
    theirs.reverse();
    for (const [index, { id }] of rows.entries()) {
      const won = [mine[index], theirs[index]].filter((row) => row !== undefined);
      expect(won).toHaveLength(1);
      expect(await here().get(id)).toEqual(won[0]);
    }
  });

  it('exactly one of a saver and a remover of the same version wins', async () => {
    for (let round = 0; round < 20; round += 1) {
      const row = await here().insert(thing());
      const [saved, removed] = await Promise.all([
        here().save({ ...row, rank: 1 }),
        there().remove(row.id, row.version),
      ]);
      expect([saved !== undefined, removed].filter(Boolean)).toHaveLength(1);
      expect((await here().get(row.id)) === undefined).toBe(removed);
    }
  });

  it('does not bring back a row that was removed while it was being saved', async () => {
    for (let round = 0; round < 20; round += 1) {
      const row = await here().insert(thing());
      await Promise.all([here().save({ ...row, rank: 1 }), there().remove(row.id)]);
      expect(await here().get(row.id)).toBeUndefined();
    }
  });
}
