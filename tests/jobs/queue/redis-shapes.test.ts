import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readRedisAddress } from '../../../src/config/redis-address.ts';
import { randomKey } from '../../../src/core/base/id.ts';
import type { Job, Jobs } from '../../../src/core/ports/jobs.ts';
import { bullmqJobs } from '../../../src/jobs/queue/bullmq.ts';
import { hasRedisServer, startRedis } from '../../fixtures/redis.ts';
import { startCluster, startSentinel, startTls, whyNoTls } from '../../fixtures/redis-shapes.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const job = (row: string): Job => ({ kind: 'reminder', row, partnership: 'p', token: `t-${row}` });
const worker = fileURLToPath(new URL('../../fixtures/queue-worker.mjs', import.meta.url));
const POLL = { timeout: 15_000, interval: 20 };

/** A queue in this process. It is closed at the end of the test. */
function queueOn(url: string, name = randomKey()): Jobs {
  const redis = readRedisAddress(url);
  if (!redis) throw new Error('The address cannot be read.');
  const jobs = bullmqJobs({ redis, log: silent, name });
  onTestFinished(() => jobs.close());
  return jobs;
}

const ready = (jobs: Jobs) => expect.poll(() => jobs.unfinished(), POLL).not.toBeUndefined();

/** Adds a job as soon as the queue takes one. */
async function addWhenReady(jobs: Jobs, row: string): Promise<void> {
  const add = () =>
    jobs.add(job(row), 0).then(
      () => 'added',
      () => 'refused',
    );
  await expect.poll(add, POLL).toBe('added');
}

/** Starts a worker in a process of its own. */
function startWorker(settings: Record<string, string>) {
  const child = fork(worker, { env: { ...process.env, ...settings } });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, firstJob: once(child, 'message').then(([row]) => row as string) };
}

describe.skipIf(!hasRedisServer)('each kind of Redis that REDIS_URL can name', () => {
  it('behind a sentinel jobs run, and go on when another becomes the master', async () => {
    const { url, master, stop } = await startSentinel();
    onTestFinished(stop);
    const jobs = queueOn(url);
    const done: string[] = [];
    jobs.work(async ({ row }) => void done.push(row));
    await addWhenReady(jobs, 'before');
    await expect.poll(() => done, POLL).toEqual(['before']);
    await master.kill();
    // The last jobs may be lost with the old master, so add another until one has run.
    const run = async () => {
      await addWhenReady(jobs, 'after');
      return done.at(-1);
    };
    await expect.poll(run, POLL).toBe('after');
  });

  it('on a cluster jobs run, also with a delay, and are counted', async () => {
    const { url, stop } = await startCluster();
    onTestFinished(stop);
    const jobs = queueOn(url);
    const done: string[] = [];
    await addWhenReady(jobs, 'one');
    await jobs.add(job('two'), 300);
    expect(await jobs.unfinished()).toBe(2);
    jobs.work(async ({ row }) => void done.push(row));
    await expect.poll(() => done, POLL).toEqual(['one', 'two']);
    await expect.poll(() => jobs.unfinished(), POLL).toBe(0);
  });

  const noTls = hasRedisServer ? whyNoTls() : undefined;
  it('over TLS jobs run if the certificate is trusted', async ({ skip }) => {
    if (noTls) skip(noTls);
    const { url, certificate, stop } = await startTls();
    onTestFinished(stop);
    const settings = { REDIS_URL: url, QUEUE: randomKey(), ADD: 'encrypted' };
    const trusting = startWorker({ ...settings, NODE_EXTRA_CA_CERTS: certificate });
    const other = queueOn(url);
    expect(await trusting.firstJob).toBe('encrypted');
    // This process does not trust the certificate.
    expect(await other.unfinished()).toBeUndefined();
  });
});

describe.skipIf(!hasRedisServer)('a worker that dies', () => {
  it('does not lose its job, however often that happens', async () => {
    const redis = await startRedis();
    onTestFinished(redis.stop);
    const name = randomKey();
    const jobs = queueOn(redis.url, name);
    await addWhenReady(jobs, 'late');
    const client = new Redis(redis.url);
    onTestFinished(() => client.disconnect());
    for (let death = 1; death <= 3; death++) {
      const { child, firstJob } = startWorker({ REDIS_URL: redis.url, QUEUE: name, HANG: 'yes' });
      expect(await firstJob).toBe('late');
      child.kill('SIGKILL');
      await expireLock(client, `{${name}}:due`);
    }
    const done: string[] = [];
    jobs.work(async ({ row }) => void done.push(row));
    await expect.poll(() => done, POLL).toEqual(['late']);
  });
});

/** What happens within half a minute to a job whose worker is gone: its lock expires, and the next check finds that. */
async function expireLock(redis: Redis, queue: string): Promise<void> {
  const [id = ''] = await redis.lrange(`${queue}:active`, 0, -1);
  await redis.del(`${queue}:${id}:lock`, `${queue}:stalled-check`);
  await redis.sadd(`${queue}:stalled`, id);
}

describe.skipIf(!hasRedisServer)('closing', () => {
  it('lets running jobs end, and leaves waiting ones to other workers', async () => {
    const redis = await startRedis();
    onTestFinished(redis.stop);
    const name = randomKey();
    const [one, other] = [queueOn(redis.url, name), queueOn(redis.url, name)];
    let [begun, ended] = [0, 0];
    let end = () => {};
    const gate = new Promise<void>((resolve) => {
      end = resolve;
    });
    one.work(async () => {
      begun++;
      await gate;
      ended++;
    });
    await ready(other);
    // More than one process runs at once.
    for (let row = 0; row < 15; row++) await addWhenReady(one, `row-${row}`);
    await expect.poll(() => begun, POLL).toBe(10);
    const closing = one.close();
    end();
    await closing;
    expect([begun, ended]).toEqual([10, 10]);
    const done: string[] = [];
    other.work(async ({ row }) => void done.push(row));
    await expect.poll(() => done, POLL).toHaveLength(5);
    await expect.poll(() => other.unfinished(), POLL).toBe(0);
  });
});
