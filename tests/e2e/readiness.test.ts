import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, hasRedisServer, type RedisProcess, startRedis } from '../fixtures/redis.ts';
import { START_TIMEOUT_MS } from '../fixtures/start-process.ts';
import { envWithOwnStore, newDataFolder } from '../fixtures/try-process.ts';

describe.skipIf(!hasRedisServer)('npm start on Redis', () => {
  let redis: RedisProcess;
  let convenor: ChildProcess;
  let url = '';
  let remove = async () => {};

  beforeAll(async () => {
    redis = await startRedis();
    const folder = await newDataFolder();
    remove = folder.remove;
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const settings = { REDIS_URL: redis.url, PORT: String(port), DATA_DIR: folder.dataDir };
    convenor = spawn(process.execPath, ['dist/main.js'], { env: envWithOwnStore(settings) });
  });
  afterAll(async () => {
    if (convenor?.exitCode === null) {
      const ended = once(convenor, 'exit');
      convenor.kill('SIGTERM');
      await ended;
    }
    await redis?.stop();
    await remove();
  });

  const ready = async () => {
    const response = await fetch(`${url}/readyz`).catch(() => undefined);
    return response && { status: response.status, ...((await response.json()) as object) };
  };
  const isReady = { status: 200, ready: true, waitingFor: [] };

  it('names what is wrong with a Redis that answers, and what to do', async () => {
    await expect.poll(ready, { timeout: START_TIMEOUT_MS }).toEqual(isReady);
    const admin = new Redis(redis.url);
    const trouble = (words: RegExp) => ({
      ...{ status: 503, ready: false, waitingFor: ['redis'] },
      remedies: [expect.stringMatching(words)],
    });
    await admin.config('SET', 'maxmemory', '100kb');
    expect(await ready()).toEqual(trouble(/is full\. Give it more memory/));
    await admin.config('SET', 'maxmemory', '0');
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect(await ready()).toEqual(trouble(/Set maxmemory-policy to noeviction/));
    await admin.config('SET', 'maxmemory-policy', 'noeviction');
    await admin.replicaof('127.0.0.1', 1);
    expect(await ready()).toEqual(trouble(/is a replica/));
    await admin.replicaof('NO', 'ONE');
    expect(await ready()).toEqual(isReady);
    admin.disconnect();
  });

  it('says which part is missing, goes on by itself when it is back, and stops on SIGTERM', async () => {
    await expect.poll(ready, { timeout: START_TIMEOUT_MS }).toEqual(isReady);
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('convenor_queue_depth 0');
    await redis.kill();
    const remedies = [expect.stringMatching(/not connected .*See that it is running/)];
    const lost = { status: 503, ready: false, waitingFor: ['redis'], remedies };
    await expect.poll(ready, { timeout: 5_000 }).toEqual(lost);
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('convenor_queue_depth -1');
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    await redis.start();
    await expect.poll(ready, { timeout: 5_000 }).toEqual(isReady);
    const ended = once(convenor, 'exit');
    convenor.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });
});
