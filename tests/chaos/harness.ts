import { type TestContext, vi } from 'vitest';
import { connectStores } from '../../src/adapters/mongo/connect.ts';
import type { Clock } from '../../src/core/base/clock.ts';
import { collections } from '../../src/core/domain/collections.ts';
import type { Store, Stores } from '../../src/core/ports/store.ts';
import type { Timings } from '../../src/jobs/timings.ts';
import { seed, sized } from '../fixtures/proof.ts';
import { type RedisProcess, startRedis } from '../fixtures/redis.ts';
import { seedMembers } from './reminders.ts';
import { workerTimings } from './short-form.ts';
import { openStoreProcess, type StoreProcess } from './store-process.ts';
import type { OpenTestPlatform, TestPlatform } from './test-platform.ts';
import { startWorker, type Worker } from './worker.ts';

/** How long two workers take to load on two idle cores. In the short form the workers of several tests load at once. */
const USUAL_LOAD_MS = sized(6_000, 2_500);
/** How long they may take on a busy machine. */
const LOAD_TIMEOUT_MS = 60_000;

/** The parts that may break, each a process of its own: a Redis, a store and workers. And the platform they send to. */
export interface Harness {
  platform: TestPlatform;
  redis: RedisProcess;
  storeProcess: StoreProcess;
  /** The test's own access to the store. */
  stores: Stores;
  store: Store;
  clock: Clock;
  /** All workers that were started, also those that were killed. */
  workers: readonly Worker[];
  /** Starts a worker, which waits for `begin(timings())`. @param skew how wrong its machine's clock is (ms; ahead is positive). */
  startWorker(skew?: number): Worker;
  /**
   * Starts workers and waits until all are ready, so that loading is not part of what the test measures.
   * @param skews how wrong each one's clock is (ms). @returns a function that makes all of them begin.
   */
  prepareWorkers(skews: readonly number[]): Promise<() => void>;
  /** How many times longer than usual the workers took to load, at least 1: time limits are multiplied by it. */
  slowness(): number;
  /** The timings of the workers. */
  timings(): Timings;
  /** How many deliveries were posted; a repeat is not counted again. */
  deliveredCount(): number;
  /** Waits for a condition. @throws Error after `ms`, or when a worker exits that was not killed. */
  waitFor(what: string, condition: () => boolean | Promise<boolean>, ms: number): Promise<void>;
}

/** Opens a harness, and closes it after the test. @param latencyMs how long the platform takes for the next message (ms). */
export async function openHarness(
  test: TestContext,
  openPlatform: OpenTestPlatform,
  latencyMs: () => number,
): Promise<Harness> {
  test.onTestFailed(() => console.error(`To repeat this run: SEED=${seed}`));
  const cleanups: (() => Promise<unknown>)[] = [];
  test.onTestFinished(async () => {
    for (const cleanup of cleanups.toReversed()) await cleanup();
  });
  const platform = await openPlatform(latencyMs);
  cleanups.push(platform.stop);
  const redis = await startRedis();
  cleanups.push(redis.stop);
  const storeProcess = await openStoreProcess();
  cleanups.push(storeProcess.stop);
  const { uri } = storeProcess;
  const { stores, clock, close } = await connectStores({ uri, declarations: collections });
  cleanups.push(close);
  const store = stores.forPartnership('chaos');
  await seedMembers(store, platform);
  const workers: Worker[] = [];
  cleanups.push(() => Promise.all(workers.map((worker) => worker.kill())));
  const unexpectedExit = () => workers.map((worker) => worker.exitReason()).find(Boolean);
  let loadMs = 0;
  const harness: Harness = {
    ...{ platform, redis, storeProcess, stores, store, clock, workers },
    startWorker(skew = 0) {
      const { adapter } = platform;
      const worker = startWorker({ store: uri, redis: redis.url, adapter, skew });
      workers.push(worker);
      return worker;
    },
    async prepareWorkers(skews) {
      const start = performance.now();
      const started = skews.map(harness.startWorker);
      const allReady = () => started.every((worker) => worker.isReady());
      await harness.waitFor('all workers are ready', allReady, LOAD_TIMEOUT_MS);
      loadMs = performance.now() - start;
      return () => {
        for (const worker of started) worker.begin(harness.timings());
      };
    },
    slowness: () => Math.max(1, loadMs / USUAL_LOAD_MS),
    timings: () => workerTimings(loadMs),
    deliveredCount: () => new Set(platform.messages().map(({ delivery }) => delivery)).size,
    async waitFor(what, condition, ms) {
      const check = async () => unexpectedExit() !== undefined || (await condition());
      await vi.waitUntil(check, { timeout: ms, interval: 20 }).catch((cause: unknown) => {
        throw new Error(`${what}: not within ${ms} ms.`, { cause });
      });
      if (unexpectedExit()) throw new Error(`A worker ${unexpectedExit()}`);
    },
  };
  return harness;
}
