import { Binary, deserialize, ObjectId, serialize } from 'bson';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Collection } from '../../../src/adapters/embedded/catalog/collection.ts';
import type { IndexSpec } from '../../../src/adapters/embedded/catalog/field-index.ts';
import { readFilter } from '../../../src/adapters/embedded/query/filter.ts';
import { findRows } from '../../../src/adapters/embedded/query/query.ts';
import { readKeyFields } from '../../../src/adapters/embedded/query/sort.ts';
import { bySort, compare, type Doc, matches } from './naive.ts';

const scalar = fc.oneof(
  { arbitrary: fc.integer({ min: -3, max: 3 }), weight: 5 },
  { arbitrary: fc.constantFrom('', 'a', 'ab', 'b', 'a\0', 'a\0b', 'é', '\uffff', '😀'), weight: 5 },
  fc.constantFrom(-0.5, 0.5, -0, 2 ** 40, Number.NaN, Number.POSITIVE_INFINITY, -1e300, 5e-324),
  fc.constantFrom(null, true, false),
  fc.constantFrom(-1, 0, 1).map((ms) => new Date(ms)),
  fc.constantFrom('00', '7f', 'ff').map((byte) => new ObjectId(byte.repeat(12))),
  fc.uint8Array({ maxLength: 2 }).map((bytes) => new Binary(Buffer.from(bytes))),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { arbitrary: scalar, weight: 12 },
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('x', 'y', 'xy'), tie('value'), {
      maxKeys: 2,
      noNullPrototype: true,
    }),
  ),
}));
const fields = ['a', 'b', 'c'];
const doc = (values: fc.Arbitrary<unknown>) =>
  fc.record({ a: values, b: values, c: values }, { requiredKeys: [], noNullPrototype: true });
const operand = scalar.filter((one) => !Number.isNaN(one));
const range = fc.record(
  { $gt: operand, $gte: operand, $lt: operand, $lte: operand },
  { requiredKeys: [], noNullPrototype: true },
);
const wanted = fc.oneof(
  value,
  value.map(($eq) => ({ $eq })),
  fc.array(value, { maxLength: 4 }).map(($in) => ({ $in })),
  range.filter((operators) => Object.keys(operators).length > 0),
);
const filter = fc.record(
  { a: wanted, b: wanted, c: wanted },
  { requiredKeys: [], noNullPrototype: true },
);
const direction = fc.constantFrom<1 | -1>(1, -1);
const order = fc
  .tuple(
    fc.shuffledSubarray([...fields, '_id']),
    fc.array(direction, { minLength: 4, maxLength: 4 }),
  )
  .map(([names, turns]) => Object.fromEntries(names.map((name, i) => [name, turns[i] ?? 1])));
const index = order.filter((key) => Object.keys(key).length > 0);
const limit = fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 1, max: 5 }));

const bytes = (object: object) => Buffer.from(serialize(object));
const decode = (stored: Buffer) => deserialize(stored, { promoteBuffers: false }) as Doc;

function specs(keys: Record<string, 1 | -1>[]): IndexSpec[] {
  return keys.map((key, i) => ({
    name: `index ${i}`,
    fields: readKeyFields(bytes(key), 'an index'),
    unique: false,
  }));
}

/** What a random history of inserts, replacements and removals leaves. */
interface History {
  readonly docs: Doc[];
  readonly replaced: [at: number, by: Doc][];
  readonly removed: number[];
}

const history = (values: fc.Arbitrary<unknown>): fc.Arbitrary<History> =>
  fc.record({
    docs: fc.array(doc(values), { maxLength: 25 }),
    replaced: fc.array(fc.tuple(fc.nat({ max: 24 }), doc(values)), { maxLength: 8 }),
    removed: fc.array(fc.nat({ max: 24 }), { maxLength: 5 }),
  });

function play({ docs, replaced, removed }: History, keys: Record<string, 1 | -1>[]): Collection {
  const collection = new Collection('db.things');
  const [early, late] = [specs(keys).slice(0, 1), specs(keys).slice(1)];
  for (const spec of early) collection.declare(spec);
  const rows = docs.map((one, _id) => collection.insert(bytes({ _id, ...one })));
  for (const [at, by] of replaced)
    if (rows[at]) collection.replace(rows[at], bytes({ _id: at, ...by }));
  for (const spec of late) collection.declare(spec);
  for (const at of new Set(removed)) if (rows[at]) collection.unlink(rows[at]);
  return collection;
}

function playNaively({ docs, replaced, removed }: History): Doc[] {
  // Through bytes and back: BSON knows one zero fewer than nothing, and no undefined.
  const left = docs.map((one, _id) => decode(bytes({ _id, ...one })));
  for (const [at, by] of replaced) if (left[at]) left[at] = decode(bytes({ _id: at, ...by }));
  return left.filter((_, at) => !removed.includes(at));
}

function checkQueries(values: fc.Arbitrary<unknown>, runs: number): void {
  const query = fc.record({ filter, sort: order, limit });
  fc.assert(
    fc.property(
      history(values),
      fc.array(index, { maxLength: 3 }),
      fc.array(query, { minLength: 1, maxLength: 4 }),
      (past, keys, queries) => {
        const collection = play(past, keys);
        const all = playNaively(past);
        for (const { filter, sort, limit } of queries) {
          const found = findRows(collection, {
            filter: readFilter(bytes(filter)),
            sort: readKeyFields(bytes(sort), 'a sort'),
            limit,
          }).map((row) => decode(row.doc));
          const expected = all.filter((one) => matches(one, filter)).sort(bySort(sort));
          const byId = new Map(expected.map((one) => [one._id, one]));
          expect(new Set(found.map((one) => one._id)).size).toBe(Math.min(limit, byId.size));
          expect(found).toEqual(found.map((one) => byId.get(one._id)));
          // Of equal ones any may come first: in each place there must be an equal.
          const places = found.map((one, i) => bySort(sort)(one, expected[i] ?? {}));
          expect(places.every((place) => place === 0)).toBe(true);
        }
      },
    ),
    { numRuns: runs },
  );
}

test('GIVEN any documents of scalars and any indexes THEN every query finds what a plain reading finds', () => {
  checkQueries(scalar, 800);
});

test('GIVEN arrays and objects too THEN every query finds what a plain reading finds', () => {
  checkQueries(value, 600);
});

test('GIVEN any two values THEN they sort as BSON has it', () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      const collection = new Collection('db.things');
      collection.insert(bytes({ _id: { v: a, n: 1 } }));
      collection.insert(bytes({ _id: { v: b, n: 2 } }));
      const inOrder = Array.from(collection.rows(), (row) => (decode(row.doc)._id as Doc).n);
      const [one, other] = [decode(bytes({ v: a })), decode(bytes({ v: b }))];
      expect(inOrder).toEqual(compare(one, other) > 0 ? [2, 1] : [1, 2]);
    }),
    { numRuns: 1000 },
  );
});
