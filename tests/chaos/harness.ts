import { type TestContext, vi } from 'vitest';
import { connectStores } from '../../src/adapters/mongo/connect.ts';
import type { Clock } from '../../src/core/base/clock.ts';
import { collections } from '../../src/core/domain/collections.ts';
import type { Store, Stores } from '../../src/core/ports/store.ts';
import { type OwnRedis, startRedis } from '../fixtures/redis.ts';
import { seedPeople } from './reminders.ts';
import { seed, sized } from './scale.ts';
import type { OpenSink, Sink } from './sink.ts';
import { openStoreProcess, type StoreProcess } from './store-process.ts';
import { startWorker, type Worker } from './worker.ts';

/** Two workers load in so long on two free cores; in the short form those of several tests do at the same time. */
const LOADING_MS = sized(6_000, 2_500);
/** … and at most in so long on a busy machine. */
const LONGEST_LOADING_MS = 60_000;

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
  /** Starts a worker, which begins when told to. @param skew how wrong its machine's clock is (ms; ahead is positive). */
  startWorker(skew?: number): Worker;
  /**
   * Starts workers, and waits until all stand by: what is measured from then on is not how they load.
   * @param skews how wrong the clock of each one's machine is. @returns what has them all begin.
   */
  standBy(skews: readonly number[]): Promise<() => void>;
  /** How many times longer than on two free cores they took to load, at least 1: so much longer all else may take. */
  slowness(): number;
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
  let slowness = 1;
  const stage: Stage = {
    ...{ sink, redis, storeProcess, stores, store, clock, workers },
    startWorker(skew = 0) {
      const worker = startWorker({ store: uri, redis: redis.url, adapter: sink.adapter, skew });
      workers.push(worker);
      return worker;
    },
    async standBy(skews) {
      const start = performance.now();
      const some = skews.map(stage.startWorker);
      const all = () => some.every((one) => one.isReady());
      await stage.until('all stand by', all, LONGEST_LOADING_MS);
      slowness = Math.max(1, (performance.now() - start) / LOADING_MS);
      return () => {
        for (const worker of some) worker.begin();
      };
    },
    slowness: () => slowness,
    came: () => new Set(sink.messages().map(({ delivery }) => delivery)).size,
    async until(what, condition, ms) {
      const look = async () => mishap() !== undefined || (await condition());
      await vi.waitUntil(look, { timeout: ms, interval: 20 }).catch((cause: unknown) => {
        throw new Error(`${what}: not within ${ms} ms.`, { cause });
      });
      if (mishap()) throw new Error(`A worker ${mishap()}`);
    },
  };
  return stage;
}
