import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../fixtures/proof.ts';
import type { Subject } from './subject.ts';
import { type Thing, thing, things } from './things.ts';

const text = fc.string({ unit: 'binary', maxLength: 40 });
const nasty = fc.constantFrom(
  'NUL \0 inside',
  '\0',
  '',
  '👩‍👩‍👧 emoji, 🇬🇧',
  'שלום, مرحبا \u202e‮',
  '$gt',
  'a.b',
  "'); drop--",
  '{"$ne":null}',
  '\u2028\ufeff\uffff',
);
const key = fc.oneof(
  text,
  fc.constantFrom('$gt', '$', 'a.b', '.', '%', '%d', '\0', '__proto__', 'constructor', '_id', 'id'),
  // Keys by which the driver and mongoose recognise their own objects.
  fc.constantFrom(
    '_bsontype',
    'isMongooseArray',
    'isMongooseBuffer',
    'toObject',
    'toBSON',
    'valueOf',
  ),
);
const { plain } = fc.letrec<{ plain: unknown }>((tie) => ({
  plain: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(text, nasty, fc.boolean(), fc.constant(null), fc.maxSafeInteger()),
    fc.date({ noInvalidDate: true }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie('plain'), { maxLength: 4 }),
    fc.dictionary(key, tie('plain'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const nullable = <T>(values: fc.Arbitrary<T>) => fc.option(values, { freq: 8 });

/** Strict equality that also works for a key called `constructor`. */
const same = (value: unknown, wanted: unknown) => {
  if (!isDeepStrictEqual(value, wanted)) expect(value).toStrictEqual(wanted);
  expect(isDeepStrictEqual(value, wanted)).toBe(true);
};

export function values({ one }: Subject): void {
  const rows = () => one().forPartnership('values').of(things);

  const returns = async (given: Partial<Thing>) => {
    const row = thing(given);
    const inserted = await rows().insert(row);
    same(inserted, { ...row, version: 1 });
    same(await rows().get(row.id), inserted);
    const saved = await rows().save(inserted);
    same(saved, { ...row, version: 2 });
    same(await rows().get(row.id), saved);
    const [again] = await rows().saveAll([saved!]);
    same(again, { ...row, version: 3 });
    same(await rows().get(row.id), again);
  };

  it('any value of every kind', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          group: nullable(fc.oneof(text, nasty)),
          rank: nullable(fc.maxSafeInteger().map((value) => value || 0)),
          done: nullable(fc.boolean()),
          at: nullable(fc.date({ noInvalidDate: true })),
          tags: nullable(fc.array(fc.oneof(text, nasty, fc.integer()), { maxLength: 5 })),
          body: plain,
        }),
        returns,
      ),
      { numRuns: runs(60) },
    );
  });

  it('any text as an id and as a unique key', async () => {
    for (const id of ['\0', 'a\0b', '😀', '$gt', 'a.b', '{"$ne":null}', '‮abc', ' ']) {
      await returns({ id: `values ${id}`, key: `values ${id}` });
      const query = { index: 'byKey', where: { key: `values ${id}` } } as const;
      expect((await rows().find(query, 10)).rows).toHaveLength(1);
    }
  });

  it.each([
    0,
    -1,
    2 ** 31 - 1,
    2 ** 31,
    -(2 ** 31) - 1,
    Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER,
  ])('the whole number %d', async (rank) => {
    await returns({ rank, body: { rank } });
    const query = { index: 'byGroup', where: { group: null, rank } } as const;
    expect(await rows().count(query)).toBeGreaterThan(0);
  });

  it('dates to the millisecond, also far ones', async () => {
    for (const at of ['0001-01-01', '1969-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z']) {
      await returns({ at: new Date(at) });
    }
  });

  it('a text of 1 MB, and data of the same size', async () => {
    const large = 'ä😀 '.repeat(150_000);
    expect(Buffer.byteLength(large)).toBeGreaterThan(1_000_000);
    await returns({ group: null, body: { large }, tags: [large] });
  });

  it('empty values as empty, not as missing', async () => {
    await returns({ group: '', tags: [], body: {} });
    await returns({ body: { empty: {}, none: [], nothing: null, text: '' } });
  });

  it('keys without a value are left out of data, as in JSON', async () => {
    const row = await rows().insert(thing({ body: { a: undefined, b: [undefined] } }));
    expect(row.body).toStrictEqual({ b: [null] });
    expect((await rows().get(row.id))?.body).toStrictEqual({ b: [null] });
  });
}
