import { serialize } from 'bson';
import { expect, test } from 'vitest';
import { Collection } from '../../../src/adapters/embedded/catalog/collection.ts';
import { Sorted } from '../../../src/adapters/embedded/catalog/sorted.ts';
import { readFilter } from '../../../src/adapters/embedded/query/filter.ts';
import { choosePlan } from '../../../src/adapters/embedded/query/plan.ts';
import { findRows } from '../../../src/adapters/embedded/query/query.ts';
import { readKeyFields } from '../../../src/adapters/embedded/query/sort.ts';

const bytes = (object: object) => Buffer.from(serialize(object));

/** A collection of `size` rows that counts how many of them are looked at. */
function newCollection(size: number) {
  const collection = new Collection('db.things');
  const declare = (name: string, key: object, unique = false) =>
    collection.declare({ name, fields: readKeyFields(bytes(key), 'an index'), unique });
  declare('byName', { p: 1, name: 1 }, true);
  declare('byTime', { p: 1, at: -1 });
  declare('byState', { p: 1, state: 1, at: 1 });
  declare('byList', { list: 1 });
  for (let i = 0; i < size; i++)
    collection.insert(
      bytes({ _id: i, p: i % 10, name: `name ${i}`, at: i, state: i % 3, list: i, other: i }),
    );
  let looked = 0;
  for (const { entries } of collection.indexes) {
    const range = entries.range.bind(entries);
    entries.range = function* (...args) {
      for (const row of range(...args)) {
        looked++;
        yield row;
      }
    };
  }
  const ask = (filter: object, sort: object = {}, limit = Number.POSITIVE_INFINITY) => {
    const query = {
      filter: readFilter(bytes(filter)),
      sort: readKeyFields(bytes(sort), 'a sort'),
      limit,
    };
    looked = 0;
    const found = findRows(collection, query).length;
    const plan = choosePlan(collection, query.filter, query.sort);
    return { found, looked, index: plan.index.spec.name, sorted: plan.sorted };
  };
  return { collection, ask };
}

test.each([
  ['an _id', { _id: 77 }, {}, 1, '_id_', 1],
  ['an _id and its tenant', { _id: 77, p: 7 }, {}, 1, '_id_', 1],
  ['several ids', { _id: { $in: [1, 2, 3, -1] } }, {}, 9, '_id_', 3],
  ['a unique key', { p: 7, name: 'name 77' }, {}, 1, 'byName', 1],
  ['an equality, a range and a sort', { p: 3, at: { $gt: 50 } }, { at: 1 }, 5, 'byTime', 5],
  ['the same, descending', { p: 3, at: { $lte: 900 } }, { at: -1 }, 5, 'byTime', 5],
  ['two equalities and a sort', { p: 3, state: 1 }, { at: 1 }, 5, 'byState', 5],
  ['a sort that names a fixed field', { p: 3, state: 1 }, { p: -1, at: 1 }, 5, 'byState', 5],
  ['a sort that goes on by _id', { p: 3, state: 1 }, { at: 1, _id: 1 }, 5, 'byState', 5],
  ['a sort alone', {}, { p: 1, at: -1 }, 5, 'byTime', 5],
  ['a sort alone, backwards', {}, { p: -1, at: 1 }, 5, 'byTime', 5],
  ['a page of all', { _id: { $gt: 500 } }, { _id: 1 }, 5, '_id_', 5],
  ['a page of a tenant', { p: 3, state: 1, at: 103, _id: { $gt: 5 } }, { _id: 1 }, 5, 'byState', 1],
  ['$in and a sort', { p: 3, state: { $in: [0, 1, 2] } }, { at: 1 }, 5, 'byState', 15],
])('GIVEN %s THEN an index answers it, looking at no more than it must', (...given) => {
  const [, filter, sort, limit, index, looked] = given;
  for (const size of [1000, 5000]) {
    const answer = newCollection(size).ask(filter, sort, limit);
    expect(answer).toMatchObject({ index, looked, sorted: true });
  }
});

test('GIVEN no index that fits THEN all rows are looked at, and the answer is right', () => {
  const { ask } = newCollection(1000);
  expect(ask({ other: 5 })).toMatchObject({ found: 1, looked: 1000, index: '_id_' });
  expect(ask({}, { other: -1 }, 3)).toMatchObject({ found: 3, sorted: false });
});

test('GIVEN an array in an indexed field THEN that index is left alone until it is gone', () => {
  const { collection, ask } = newCollection(100);
  expect(ask({ list: 5 })).toMatchObject({ found: 1, index: 'byList' });
  const row = collection.insert(bytes({ _id: 'x', p: -1, name: 'x', list: [5, 6] }));
  expect(ask({ list: 5 })).toMatchObject({ found: 2, index: '_id_' });
  collection.replace(row, bytes({ _id: 'x', p: -1, name: 'x', list: 5 }));
  expect(ask({ list: 5 })).toMatchObject({ found: 2, index: 'byList' });
});

test('GIVEN very long lists THEN look-ups are not multiplied without end', () => {
  const { ask } = newCollection(1000);
  const list = Array.from({ length: 500 }, (_, i) => i);
  const started = performance.now();
  const { found } = ask({ p: { $in: list }, state: { $in: list }, at: { $in: list } });
  expect(found).toBe(500);
  expect(performance.now() - started).toBeLessThan(2000);
});

test('GIVEN keys in any order THEN the map holds them sorted and gives any range both ways', () => {
  const sorted = new Sorted<number>();
  const size = 5000;
  const key = (n: number) => String(n).padStart(5, '0');
  for (let i = 0; i < size; i++) sorted.set(key((i * 2099) % size), (i * 2099) % size);
  for (let n = 0; n < size; n += 3) expect(sorted.delete(key(n))).toBe(true);
  expect(sorted.delete(key(0))).toBe(false);
  const left = Array.from({ length: size }, (_, n) => n).filter((n) => n % 3 !== 0);
  expect([...sorted.range('', 'x')]).toEqual(left);
  expect([...sorted.range('', 'x', true)]).toEqual([...left].reverse());
  expect([...sorted.range(key(1000), key(1007))]).toEqual([1000, 1001, 1003, 1004, 1006]);
  expect([...sorted.range(key(1000), key(1007), true)]).toEqual([1006, 1004, 1003, 1001, 1000]);
  expect([...sorted.range(key(7), key(3))]).toEqual([]);
  expect([...sorted.range(key(7), key(3), true)]).toEqual([]);
  sorted.set(key(4000), -1);
  expect([...sorted.range(key(4000), key(4001))]).toEqual([-1]);
  for (const n of left) sorted.delete(key(n));
  expect([...sorted.range('', 'x', true)]).toEqual([]);
});
