import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { makeTwins, operations } from './twins.mjs';

const BATCH_SIZE = 500;

/** A BullMQ worker whose handler only makes the given driver operations, in copies of the collections. */
export async function openBare({ store, redis, concurrency, commands }) {
  const client = await new mongoose.mongo.MongoClient(store, { maxPoolSize: 20 }).connect();
  const db = client.db('convenor');
  await makeTwins(db, commands);
  const connection = new Redis(redis, { maxRetriesPerRequest: null });
  const options = { connection, prefix: '{bare}' };
  const queue = new Queue('bare', {
    ...options,
    defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
  });
  let count = 0;
  let late = [];
  let left = 0;
  let reportAllDone = () => {};
  const handler = async ({ data: { due } }) => {
    await operations(db, commands, count++);
    late.push(Date.now() - due);
    if (--left === 0) reportAllDone();
  };
  const worker = new Worker('bare', handler, { ...options, concurrency, autorun: false });
  worker.on('failed', (_, error) => {
    throw error;
  });

  /** Adds jobs for given instants; resolves when the last is done. */
  async function run(instants) {
    late = [];
    left = instants.length;
    const done = new Promise((resolve) => {
      reportAllDone = resolve;
    });
    for (let start = 0; start < instants.length; start += BATCH_SIZE) {
      await queue.addBulk(
        instants.slice(start, start + BATCH_SIZE).map((due) => ({
          name: 'reminder',
          data: { due },
          opts: { delay: Math.max(0, due - Date.now()) },
        })),
      );
    }
    const start = performance.now();
    void worker.resume();
    await done;
    const took = performance.now() - start;
    await worker.pause();
    return took;
  }

  return {
    async rate(total) {
      const now = Date.now();
      return (total / (await run(Array.from({ length: total }, () => now)))) * 1000;
    },
    async lateness(total, ahead) {
      const start = Date.now() + ahead;
      await run(Array.from({ length: total }, (_, index) => start + (index * 1000) / total));
      return late;
    },
    async stop() {
      await worker.close();
      await queue.close();
      connection.disconnect();
      await client.close();
    },
  };
}
