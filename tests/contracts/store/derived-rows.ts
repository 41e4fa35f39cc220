import fc from 'fast-check';
import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { mendDerivedRows } from '../../../src/core/ports/derived-rows.ts';
import type { New, Store, Stores, Write } from '../../../src/core/ports/store.ts';
import { runs, seed } from '../../fixtures/proof.ts';
import type { Subject } from './subject.ts';
import { type Note, notes, type Word, words } from './things.ts';

/** Ids and words are few, so that steps meet one another. */
const id = fc.constantFrom('a', 'a-b', 'b', 'b!', 'c');
const text = fc.array(fc.constantFrom('fair', 'garden', 'lease'), { maxLength: 3 });
const change = fc.record({
  how: fc.constantFrom('insert', 'save', 'stale save', 'remove', 'taken key'),
  id,
  text: text.map((all) => all.join(' ')),
});
const step = fc.record({
  together: fc.constantFrom('commit', 'all', 'one by one'),
  changes: fc.array(change, { minLength: 1, maxLength: 3 }),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
type Change = Step['changes'][number];

export function derivedRows({ one, other, failAfter }: Subject): void {
  let count = 0;
  const newTenant = () => one().forPartnership(`derived-${++count}`);

  it('are those that follow from the rows, however these were written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
        const store = newTenant();
        await store.of(notes).insertAll(['a', 'b', 'c'].map((id) => note(id, 'the fair', store)));
        for (const next of steps) {
          await run(next, store, one());
          await expectDerived(store);
        }
      }),
      { numRuns: runs(20), seed },
    );
  });

  it('are there before the row is read again', async () => {
    const store = newTenant();
    const row = await store.of(notes).insert(note('a', 'the fair', store));
    expect(await wordsIn(store)).toEqual(['fair', 'the']);
    await store.of(notes).save({ ...row, text: 'the garden' });
    expect(await wordsIn(store)).toEqual(['garden', 'the']);
    await store.of(notes).remove(row.id);
    expect(await wordsIn(store)).toEqual([]);
  });

  it('stay right when two processes change a row at once', async () => {
    const store = newTenant();
    const elsewhere = other().forPartnership(store.partnership);
    const row = await store.of(notes).insert(note('a', 'the fair', store));
    await Promise.all([
      store.of(notes).save({ ...row, text: 'a garden' }),
      elsewhere.of(notes).save({ ...row, text: 'the lease' }),
    ]);
    await expectDerived(store);
  });

  it('are mended where they are missing, and where nothing has them', async () => {
    const store = newTenant();
    const texts = ['the fair', 'a garden', '', 'lease', 'the lease'];
    await store.of(notes).insertAll(texts.map((text, at) => note(`n${at}`, text, store)));
    for await (const row of store.of(words).all({ index: 'byId' }))
      if (row.word !== 'fair') await store.of(words).remove(row.id);
    for (const id of ['m', 'n1', 'n3-b', 'z'])
      await store.of(words).insert({ id: `notes ${store.partnership}/${id} old`, word: 'old' });
    let after: string | null | undefined = null;
    while (after !== undefined)
      after = await mendDerivedRows(notes as never, { after, limit: 2 }, store);
    await expectDerived(store);
  });

  it.skipIf(!failAfter)('are mended after a commit that was cut off', async () => {
    const store = newTenant();
    const { partnership } = store;
    const stored = await store.of(notes).insert(note('a', 'the fair', store));
    const write = { partnership, declaration: notes } as const;
    for (let writes = 0; writes < 5; writes++) {
      const goOn = failAfter?.(writes);
      const save = { ...stored, text: 'garden lease' } as Note;
      await one()
        .commit([
          { ...write, insert: note(`b${writes}`, 'fair', store) },
          { ...write, save },
        ] as Write[])
        .catch(() => {});
      goOn?.();
      await mendDerivedRows(notes as never, { after: null, limit: 100 }, store);
      await expectDerived(store);
    }
  });
}

/** A note of a partnership. An id is unique in the whole store. */
const note = (id: string, text: string, { partnership }: Store, key = id): New<Note> => ({
  id: `${partnership}/${id}`,
  text,
  key,
});

const wordsIn = async (store: Store): Promise<string[]> =>
  (await collect(store.of(words).all({ index: 'byWord' }))).map(({ word }) => word);

async function expectDerived(store: Store): Promise<void> {
  const rows = await collect(store.of(notes).all({ index: 'byId' }));
  const wanted = rows.flatMap((row) => (notes.derived?.rowsOf(row) ?? []) as New<Word>[]);
  const standing = await collect(store.of(words).all({ index: 'byId' }));
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  expect(standing.toSorted(byId)).toEqual(
    wanted.map((row) => ({ ...row, version: 1 })).toSorted(byId),
  );
}

async function run({ together, changes }: Step, store: Store, stores: Stores): Promise<void> {
  const rows = store.of(notes);
  const stored = new Map((await collect(rows.all({ index: 'byId' }))).map((row) => [row.id, row]));
  const nextOf = (change: Change) => rowOf(change, stored, store);
  if (together === 'commit') {
    const write = { partnership: store.partnership, declaration: notes };
    await stores.commit(changes.map((change) => ({ ...write, ...nextOf(change) }) as Write));
    return;
  }
  if (together === 'all') {
    const all = changes.map(nextOf);
    await rows.insertAll(all.flatMap((next) => ('insert' in next ? next.insert : [])));
    await rows.saveAll(all.flatMap((next) => ('save' in next ? next.save : [])));
    return;
  }
  for (const change of changes) {
    const next = nextOf(change);
    if ('insert' in next) await rows.insert(next.insert).catch(() => {});
    else if ('save' in next) await rows.save(next.save).catch(() => {});
    else await rows.remove(next.remove.id, next.remove.version);
  }
}

type Next = { insert: New<Note> } | { save: Note } | { remove: { id: string; version: number } };

function rowOf({ how, id, text }: Change, stored: ReadonlyMap<string, Note>, store: Store): Next {
  const row = note(id, text, store);
  const version = stored.get(row.id)?.version ?? 1;
  if (how === 'insert') return { insert: row };
  if (how === 'taken key') return { insert: note(`${id}2`, text, store, id) };
  if (how === 'remove') return { remove: { id: row.id, version } };
  return { save: { ...row, version: how === 'save' ? version : version + 7 } };
}
