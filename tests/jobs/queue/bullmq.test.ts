import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRedisAddress } from '../../../src/config/redis-address.ts';
import { randomKey } from '../../../src/core/base/id.ts';
import type { LogFields } from '../../../src/core/base/log.ts';
import type { Job, Jobs } from '../../../src/core/ports/jobs.ts';
import { type BullmqOptions, bullmqJobs } from '../../../src/jobs/queue/bullmq.ts';
import { jobsContract } from '../../contracts/jobs.contract.ts';
import {
  hasRedis,
  hasRedisServer,
  type RedisProcess,
  redisForTests,
  startRedis,
} from '../../fixtures/redis.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const job = (row: string): Job => ({ kind: 'reminder', row, partnership: 'p', token: `t-${row}` });

/** Opens a queue on a Redis: a new one, unless it is given the name of another. */
function open(url: string, options: Partial<Omit<BullmqOptions, 'redis'>> = {}) {
  const redis = readRedisAddress(url);
  if (!redis) throw new Error('The address of the Redis to test on cannot be read.');
  const { name = `test-${randomKey()}`, log = silent, ...rest } = options;
  return bullmqJobs({ redis, log, name, ...rest });
}

async function ready(jobs: Jobs, timeout = 10_000): Promise<Jobs> {
  await expect.poll(() => jobs.unfinished(), { timeout }).not.toBeUndefined();
  return jobs;
}

describe.skipIf(!hasRedis)('the jobs port on Redis', () => {
  let url = '';
  let stop = async () => {};
  beforeAll(async () => {
    ({ url, stop } = await redisForTests());
  });
  afterAll(() => stop());

  jobsContract({
    open: (concurrency) => open(url, concurrency === undefined ? {} : { concurrency }),
  });

  it('two processes share the work, and each job is run by one', async () => {
    const name = `test-${randomKey()}`;
    const [one, other] = [await ready(open(url, { name })), await ready(open(url, { name }))];
    const done: string[] = [];
    let reportOther = () => {};
    const otherHasRun = new Promise<void>((resolve) => {
      reportOther = resolve;
    });
    // The jobs of the first process wait until the other has run one: alone it would never end.
    one.work(async ({ row }) => {
      await otherHasRun;
      done.push(row);
    });
    other.work(async ({ row }) => {
      done.push(row);
      reportOther();
    });
    for (let index = 0; index < 100; index++) await one.add(job(`row-${index}`), 0);
    await expect.poll(() => done, { timeout: 10_000 }).toHaveLength(100);
    expect(new Set(done).size).toBe(100);
    await Promise.all([one.close(), other.close()]);
  });

  it('holds ids only, and leaves nothing behind when the work is done', async () => {
    const name = `test-${randomKey()}`;
    const jobs = await ready(open(url, { name }));
    const extra = { ...job('row'), title: 'ring the school' };
    await jobs.add(extra, 60_000);
    const redis = new Redis(url);
    const [key = ''] = await redis.keys(`{${name}}:due:t-row~*`);
    const held = await redis.hgetall(key);
    expect(JSON.parse(held.data ?? '')).toEqual(job('row'));
    expect(JSON.stringify(held)).not.toContain('school');

    let runs = 0;
    jobs.work(async () => void runs++);
    await jobs.add(job('now'), 0);
    await expect.poll(() => runs).toBe(1);
    await expect.poll(() => redis.keys(`{${name}}:due:t-now~*`)).toEqual([]);
    redis.disconnect();
    await jobs.close();
  });
});

describe.skipIf(!hasRedisServer)('when Redis goes away', () => {
  let redis: RedisProcess;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.stop());

  it('adding fails at once, and works again soon after Redis is back', async () => {
    const lines: string[] = [];
    const record = (_: LogFields, event: string) => void lines.push(event);
    const jobs = await ready(
      open(redis.url, { log: { info: record, warn: record, error: record } }),
    );
    const done: string[] = [];
    jobs.work(async ({ row }) => void done.push(row));
    await jobs.add(job('before'), 0);
    await expect.poll(() => done).toEqual(['before']);

    await redis.kill();
    await expect.poll(() => jobs.unfinished(), { timeout: 5_000 }).toBeUndefined();
    // It fails within the same turn of the event loop: nothing is sent, and nothing is waited for.
    const nextTurn = new Promise((resolve) => setImmediate(resolve, 'waited'));
    const adding = jobs.add(job('during'), 0);
    await expect(Promise.race([adding, nextTurn])).rejects.toThrow('not connected');

    await redis.start();
    await ready(jobs, 5_000);
    await jobs.add(job('after'), 0);
    await expect.poll(() => done, { timeout: 5_000, interval: 20 }).toEqual(['before', 'after']);
    // An outage is two lines in the log, not one for each attempt to reconnect.
    expect(lines).toEqual(['redis connected', 'redis disconnected', 'redis connected']);
    await jobs.close();
  });

  it('a process may start before its Redis', async () => {
    await redis.kill();
    const jobs = open(redis.url);
    const done: string[] = [];
    jobs.work(async ({ row }) => void done.push(row));
    expect(await jobs.unfinished()).toBeUndefined();
    await expect(jobs.add(job('early'), 0)).rejects.toThrow('not connected');
    await redis.start();
    await ready(jobs);
    await jobs.add(job('late'), 0);
    await expect.poll(() => done, { timeout: 5_000 }).toEqual(['late']);
    await jobs.close();
  });

  it('closing does not wait for a Redis that is down', async () => {
    const jobs = await ready(open(redis.url, { closeTimeoutMs: 50 }));
    jobs.work(async () => {});
    await redis.kill();
    // Without its time limit it would wait for a connection for ever.
    await jobs.close();
  });
});
