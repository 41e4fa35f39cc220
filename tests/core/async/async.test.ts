import { expect, it, vi } from 'vitest';
import { dedupe } from '../../../src/core/async/dedupe.ts';
import {
  TIMED_OUT,
  TimeoutError,
  withTimeout,
  withTimeoutOrThrow,
} from '../../../src/core/async/with-timeout.ts';

const never = new Promise<never>(() => {});

it('work that takes too long gives TIMED_OUT, or throws; else it gives its result or error', async () => {
  expect(await withTimeout(1, never)).toBe(TIMED_OUT);
  expect(await withTimeout(1_000, Promise.resolve('done'))).toBe('done');
  await expect(withTimeout(1_000, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await expect(withTimeoutOrThrow(1, never)).rejects.toThrow(TimeoutError);
  expect(await withTimeoutOrThrow(1_000, Promise.resolve('done'))).toBe('done');
});

it('work runs once for each key, also at the same time, and again after it failed or was forgotten', async () => {
  const { run, forget } = dedupe();
  const work = vi.fn(async () => 'done');
  expect(await Promise.all([run('a', work), run('a', work)])).toEqual(['done', 'done']);
  expect(await run('a', work)).toBe('done');
  expect(work).toHaveBeenCalledTimes(1);
  await run('b', work);
  forget('a');
  await run('a', work);
  expect(work).toHaveBeenCalledTimes(3);
  const failing = vi.fn(async () => Promise.reject(new Error('broken')));
  await expect(run('c', failing)).rejects.toThrow('broken');
  await expect(run('c', failing)).rejects.toThrow('broken');
  expect(failing).toHaveBeenCalledTimes(2);
});
