import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readRedisAddress } from '../../../src/config/redis-address.ts';
import { randomKey } from '../../../src/core/base/id.ts';
import { bullmqJobs } from '../../../src/jobs/queue/bullmq.ts';
import { troubleInInfo } from '../../../src/jobs/queue/redis-errors.ts';
import { TIMINGS } from '../../../src/jobs/timings.ts';
import { createWorker } from '../../../src/jobs/worker.ts';
import { ChatPlatform } from '../../doubles/chat-platform.ts';
import { newTalk } from '../../fixtures/bot.ts';
import { hasRedisServer, type RedisProcess, startRedis } from '../../fixtures/redis.ts';
import { storesOfOnePartnership } from '../../fixtures/worker.ts';

const POLL = { timeout: 15_000, interval: 20 };

describe.skipIf(!hasRedisServer)('a Redis in trouble', () => {
  let server: RedisProcess;
  let admin: Redis;
  beforeAll(async () => {
    server = await startRedis();
    admin = new Redis(server.url);
    admin.on('error', () => {});
  });
  afterAll(async () => {
    admin?.disconnect();
    await server?.stop();
  });

  /** A queue on the server, with all that it logs as warnings and errors. */
  function newQueue(url = server.url) {
    const redis = readRedisAddress(url);
    if (!redis) throw new Error('The address cannot be read.');
    const troubles: string[] = [];
    const note = (_: object, event: string) => void troubles.push(event);
    const log = { info: () => {}, warn: note, error: note };
    const jobs = bullmqJobs({ redis, log, name: randomKey() });
    return { jobs, log, troubles };
  }

  it.each<[string, () => Promise<unknown>, () => Promise<unknown>, RegExp]>([
    [
      'is full',
      () => admin.config('SET', 'maxmemory', '1mb'),
      () => admin.config('SET', 'maxmemory', '0'),
      /is full\. Give it more memory \(maxmemory\)/,
    ],
    [
      'is a replica',
      () => admin.replicaof('127.0.0.1', 1),
      () => admin.replicaof('NO', 'ONE'),
      /is a replica, .*Name its master in REDIS_URL/,
    ],
  ])(
    'that %s is named with what to do, logged once, and loses no reminder',
    async (_name, breakIt, mend, words) => {
      const talk = await newTalk();
      await talk.say('tom', 'followup add ring the school by:"today 3pm"');
      const { jobs, log, troubles } = newQueue();
      const platform = new ChatPlatform();
      const worker = createWorker({
        stores: storesOfOnePartnership(talk),
        ...{ clock: talk.clock, jobs, log, timings: { ...TIMINGS, openClaimsIntervalMs: 20 } },
      });
      onTestFinished(() => worker.stop());
      worker.adapters.set(platform.platform, platform);
      const state = () => jobs.ping().then(() => 'works', String);
      await expect.poll(state, POLL).toBe('works');

      await breakIt();
      expect(await state()).toMatch(words);
      talk.clock.set('2026-11-18T15:00:00Z');
      await expect(worker.sweep.once()).rejects.toThrow(words);
      worker.sweep.start();
      for (let time = 0; time < 20; time++) await expect(state()).resolves.toMatch(words);
      expect(platform.posted).toEqual([]);
      expect(troubles).toEqual([expect.stringMatching(words)]);

      await mend();
      expect(await state()).toBe('works');
      // The lease of the claim that brought no job has to end.
      const sweepLater = async () => {
        talk.clock.move({ seconds: 20 });
        worker.sweep.wake();
        return platform.posted.length;
      };
      await expect.poll(sweepLater, POLL).toBe(1);
      talk.clock.move({ hours: 1 });
      await worker.sweep.once();
      await expect.poll(() => jobs.unfinished(), POLL).toBe(0);
      expect(platform.posted).toHaveLength(1);
      expect(troubles).toHaveLength(1);
    },
  );

  it('that may throw jobs away is named and logged, and works all the same', async () => {
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const { jobs, troubles } = newQueue();
    onTestFinished(() => jobs.close());
    const words =
      /throws jobs away when it is full \(maxmemory-policy allkeys-lru\)\. Set .* noeviction/;
    // It looks by itself as soon as it is connected.
    await expect.poll(() => troubles, POLL).toEqual([expect.stringMatching(words)]);
    await expect(jobs.ping()).rejects.toThrow(words);
    await jobs.add({ kind: 'reminder', row: 'r', partnership: 'p', token: 't' }, 60_000);
    expect(await jobs.unfinished()).toBe(1);
    await admin.config('SET', 'maxmemory-policy', 'noeviction');
    await jobs.ping();
    expect(troubles).toHaveLength(1);
  });

  it('that refuses the password is named, and the password is not', async () => {
    await admin.config('SET', 'requirepass', 'right');
    onTestFinished(() => void admin.config('SET', 'requirepass', ''));
    const { jobs, troubles } = newQueue(server.url.replace('//', '//:wrong-secret@'));
    onTestFinished(() => jobs.close());
    const state = () => jobs.ping().then(() => 'works', String);
    await expect.poll(state, POLL).toMatch(/refuses the user or the password in REDIS_URL/);
    expect(`${await state()} ${troubles}`).not.toContain('wrong-secret');
    expect(troubles).toEqual(['redis is out of reach: waiting for it']);
  });

  it('that is gone is named with its address', async () => {
    const { jobs } = newQueue();
    onTestFinished(() => jobs.close());
    await expect.poll(() => jobs.ping().then(() => 'works', String), POLL).toBe('works');
    await server.kill();
    onTestFinished(() => server.start());
    const state = () => jobs.ping().then(() => 'works', String);
    await expect
      .poll(state, POLL)
      .toMatch(/127\.0\.0\.1:\d+ is not connected \(.*REDIS_URL names it/);
  });
});

it.each([
  ['role:master\r\nmaxmemory:0\r\nmaxmemory_policy:noeviction', undefined],
  ['maxmemory:100\r\nused_memory:99\r\nmaxmemory_policy:noeviction', undefined],
  ['maxmemory:100\r\nused_memory:100\r\nmaxmemory_policy:noeviction', 'full'],
  ['maxmemory:0\r\nmaxmemory_policy:volatile-lru', 'evicting'],
  ['role:slave\r\nslave_read_only:1', 'read-only'],
  ['role:slave\r\nslave_read_only:0', undefined],
  ['', undefined],
])('reads what Redis says of itself: %j', (info, trouble) => {
  expect(troubleInInfo(info, 'redis:6379')?.trouble).toBe(trouble);
});
