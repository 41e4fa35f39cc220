import { type TestContext, vi } from 'vitest';
import { connectStores } from '../../src/adapters/mongo/connect.ts';
import type { Clock } from '../../src/core/clock.ts';
import { collections } from '../../src/core/collections.ts';
import type { Store, Stores } from '../../src/core/store.ts';
import { type OwnRedis, startRedis } from '../fixtures/redis.ts';
import { seedPeople } from './reminders.ts';
import { seed } from './scale.ts';
import type { OpenSink, Sink } from './sink.ts';
import { openStoreProcess, type StoreProcess } from './store-process.ts';
import { startWorker, type Worker } from './worker.ts';

/** What may break: a Redis, a store and workers, each a process of its own. And the platform at the far end. */
export interface Stage {
  sink: Sink;
  redis: OwnRedis;
  storeProcess: StoreProcess;
  /** The test's own look into the store. */
  stores: Stores;
  store: Store;
  clock: Clock;
  /** All workers that were started. */
  workers: readonly Worker[];
  /** Starts a worker. @param skew how wrong its machine's clock is (ms; ahead is positive). */
  startWorker(skew?: number): Worker;
  /** How many deliveries have come, those that came again counted once. */
  came(): number;
  /** Waits for a condition. @throws Error after `ms`, or when a worker ends that nobody has killed. */
  until(what: string, condition: () => boolean | Promise<boolean>, ms: number): Promise<void>;
}

/** Opens a stage for a test, and takes it down after it. @param takes how long the platform takes for each message (ms). */
export async function openStage(
  test: TestContext,
  openSink: OpenSink,
  takes: () => number,
): Promise<Stage> {
  test.onTestFailed(() => console.error(`To throw the same dice again: SEED=${seed}`));
  const ends: (() => Promise<unknown>)[] = [];
  test.onTestFinished(async () => {
    for (const end of ends.toReversed()) await end();
  });
  const sink = await openSink(takes);
  ends.push(sink.stop);
  const redis = await startRedis();
  ends.push(redis.stop);
  const storeProcess = await openStoreProcess();
  ends.push(storeProcess.stop);
  const { uri } = storeProcess;
  const { stores, clock, close } = await connectStores({ uri, declarations: collections });
  ends.push(close);
  const store = stores.forPartnership('chaos');
  await seedPeople(store, sink);
  const workers: Worker[] = [];
  ends.push(() => Promise.all(workers.map((worker) => worker.kill())));
  const mishap = () => workers.map((worker) => worker.mishap()).find(Boolean);
  return {
    ...{ sink, redis, storeProcess, stores, store, clock, workers },
    startWorker(skew = 0) {
      const worker = startWorker({ store: uri, redis: redis.url, adapter: sink.adapter, skew });
      workers.push(worker);
      return worker;
    },
    came: () => new Set(sink.messages().map(({ delivery }) => delivery)).size,
    async until(what, condition, ms) {
      const look = async () => mishap() !== undefined || (await condition());
      await vi.waitUntil(look, { timeout: ms, interval: 20 }).catch((cause: unknown) => {
        throw new Error(`${what}: not within ${ms} ms.`, { cause });
      });
      if (mishap()) throw new Error(`A worker ${mishap()}`);
    },
  };
}
