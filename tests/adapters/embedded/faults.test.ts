import { expect, test } from 'vitest';
import type { FaultPlan } from '../../../src/adapters/embedded/server.ts';
import { errorOf, newCollection } from './fixture.ts';

test('GIVEN planned failures THEN so many calls of that command fail, and change nothing', async () => {
  const faults: FaultPlan = { failures: [{ command: 'insert', code: 11000, times: 2 }] };
  const { things } = await newCollection({ faults });
  expect(await errorOf(things.insertOne({ n: 1 }))).toMatchObject({ code: 11000 });
  expect(await errorOf(things.insertMany([{ n: 1 }]))).toMatchObject({ code: 11000 });
  await things.insertOne({ n: 1 });
  faults.failures?.push({ command: 'find', code: 43, times: 1 });
  expect(await errorOf(things.findOne({}))).toMatchObject({ code: 43 });
  expect(await things.countDocuments({})).toBe(1);
});

test('GIVEN shuffleUnsorted THEN what is not sorted comes in any order, and what is keeps it', async () => {
  const { things } = await newCollection({ faults: { shuffleUnsorted: true } });
  const numbers = Array.from({ length: 100 }, (_, n) => n);
  await things.insertMany(numbers.map((n) => ({ n })));
  const unsorted = (await things.find().toArray()).map((doc) => doc.n);
  expect(unsorted).not.toEqual(numbers);
  expect([...unsorted].sort((a, b) => a - b)).toEqual(numbers);
  expect(
    await things
      .find({ n: { $lt: 50 } })
      .limit(10)
      .toArray(),
  ).toHaveLength(10);
  expect((await things.find().sort({ n: 1 }).toArray()).map((doc) => doc.n)).toEqual(numbers);
});
