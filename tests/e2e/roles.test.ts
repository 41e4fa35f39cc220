import { expect, it, onTestFinished } from 'vitest';
import { openStoreProcess } from '../chaos/store-process.ts';
import { type ConvenorProcess, startConvenor } from '../fixtures/convenor-process.ts';
import { hasRedisServer, startRedis } from '../fixtures/redis.ts';

const WITHIN_20_S = { timeout: 20_000, interval: 100 };

/** The addresses of a store and a Redis that are not started yet. */
async function absentParts() {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const store = await openStoreProcess();
  onTestFinished(() => store.stop());
  await Promise.all([redis.kill(), store.kill()]);
  return { redis, store };
}

it.skipIf(!hasRedisServer)(
  'processes of any role may start before the store and Redis: they wait, say for what, and migrate once',
  async () => {
    const { redis, store } = await absentParts();
    const uri = `${store.uri}&serverSelectionTimeoutMS=500`;
    const settings = { MONGODB_URI: uri, REDIS_URL: redis.url };
    const all: ConvenorProcess[] = [];
    onTestFinished(async () => {
      await Promise.all(all.map((one) => one.stop()));
    });
    for (const roles of ['worker,web', 'worker,web', 'web']) {
      all.push(await startConvenor(roles, settings));
    }
    const waits = () => Promise.all(all.map((one) => one.waitingFor()));
    const both = ['redis', 'store'];
    await expect.poll(waits, WITHIN_20_S).toEqual([both, both, ['store']]);
    const said = () => all.map((one) => one.printed().includes('cannot be reached'));
    await expect.poll(said, WITHIN_20_S).toEqual([true, true, true]);
    const [, , web] = all;
    expect(await web?.stop()).toBe(0);
    web?.start();

    await Promise.all([store.start(), redis.start()]);
    await expect.poll(waits, WITHIN_20_S).toEqual([[], [], []]);
    const lines = all.flatMap((one) => one.printed().match(/store migrated: [^"]+/g) ?? []);
    expect(lines.length).toBeGreaterThan(0);
    expect(new Set(lines).size).toBe(lines.length);
  },
  90_000,
);
