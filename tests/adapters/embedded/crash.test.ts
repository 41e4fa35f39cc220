import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { newCollection, newFolder } from './fixture.ts';
import { end, serve } from './process.ts';

/** Writes from ten sides until the store is gone; keeps what was acknowledged. */
async function writeUntilKilled(uri: string, round: number, acknowledged: Map<string, number>) {
  const client = new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: 500 });
  const things = client.db().collection('things');
  let writes = 0;
  let enough: () => void = () => {};
  const busy = new Promise<void>((resolve) => {
    enough = resolve;
  });
  const sides = Array.from({ length: 10 }, async (_, side) => {
    for (let n = 0; ; n++) {
      const _id = `${round}.${side}.${n}`;
      await things.insertOne({ _id: _id as never, version: 1, text: 'x'.repeat(n % 500) });
      acknowledged.set(_id, 1);
      await things.updateOne({ _id: _id as never, version: 1 }, { $set: { version: 2 } });
      acknowledged.set(_id, 2);
      if (++writes === 60) enough();
    }
  });
  const ended = Promise.allSettled(sides).then(() => client.close());
  await busy;
  return { ended };
}

test('GIVEN kill -9 under load, five times THEN no acknowledged write is lost', async () => {
  const folder = await newFolder();
  const acknowledged = new Map<string, number>();
  for (let round = 0; round < 5; round++) {
    const { child, uri } = await serve('--data', folder);
    const { ended } = await writeUntilKilled(uri ?? '', round, acknowledged);
    await end(child, 'SIGKILL');
    await ended;
  }
  const { things } = await newCollection({ dataDir: folder });
  const kept = new Map(
    (await things.find().toArray()).map((doc) => [String(doc._id), doc.version]),
  );
  const lost = [...acknowledged].filter(([id, version]) => (kept.get(id) ?? 0) < version);
  expect(acknowledged.size).toBeGreaterThanOrEqual(300);
  expect(lost).toEqual([]);
  // At most the one write that each side was waiting for may be there beyond that.
  expect(kept.size - acknowledged.size).toBeLessThanOrEqual(5 * 10);
});
