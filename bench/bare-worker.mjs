import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';

const BATCH = 500;
/** Rows that are replaced in turn. */
const ROWS = 2_000;

/** A BullMQ worker whose handler makes the given driver operations, in twins of their collections, and nothing else. */
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
  let full = () => {};
  const handler = async ({ data: { due } }) => {
    await operations(db, commands, count++);
    late.push(Date.now() - due);
    if (--left === 0) full();
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
      full = resolve;
    });
    for (let start = 0; start < instants.length; start += BATCH) {
      await queue.addBulk(
        instants.slice(start, start + BATCH).map((due) => ({
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

/** What is written goes into a twin of its collection: the sweep reads the collections themselves. */
const twin = (collection) => `bare-${collection}`;

/** Twins have the same indexes, and rows to replace: each job its own, as each reminder has. */
async function makeTwins(db, commands) {
  const written = commands.filter(({ name }) => name !== 'find');
  for (const collection of new Set(written.map((command) => command.collection))) {
    const indexes = await db.collection(collection).indexes();
    const rows = await db.createCollection(twin(collection));
    const own = indexes.filter(({ name }) => name !== '_id_');
    if (own.length > 0) await rows.createIndexes(own.map(({ key, name }) => ({ key, name })));
    const { documents } = written.find((command) => command.collection === collection);
    await rows.insertMany(
      Array.from({ length: ROWS }, (_, index) => ({ ...documents[0], _id: `${index}` })),
    );
  }
}

async function operations(db, commands, job) {
  for (const [step, { name, collection, filter, documents }] of commands.entries()) {
    if (name === 'find') await db.collection(collection).findOne(filter);
    else if (name === 'insert') {
      await db.collection(twin(collection)).insertOne({ ...documents[0], _id: `new-${job}` });
    } else {
      // Another version each time: a replacement that changes nothing writes nothing.
      const version = job * commands.length + step;
      const _id = `${job % ROWS}`;
      const standing = { ...filter, _id, version: { $gte: 0 } };
      await db.collection(twin(collection)).replaceOne(standing, { ...documents[0], _id, version });
    }
  }
}
