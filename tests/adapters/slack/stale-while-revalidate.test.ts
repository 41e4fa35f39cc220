import { expect, it } from 'vitest';
import { staleWhileRevalidate } from '../../../src/adapters/slack/installing/stale-while-revalidate.ts';

it('reads a value once, until it is forgotten; a value that was missing is read again', async () => {
  const reads: string[] = [];
  const held = staleWhileRevalidate(async (key) => {
    reads.push(key);
    return key === 'nothing' ? undefined : `${key} ${reads.length}`;
  }, 10);
  expect(await held.get('a')).toBe('a 1');
  expect(await held.get('a')).toBe('a 1');
  await held.get('nothing');
  await held.get('nothing');
  held.forget('a');
  expect(await held.get('a')).toBe('a 4');
  expect(reads).toEqual(['a', 'nothing', 'nothing', 'a']);
});

it('holds a limited number of values, and drops the least recently used', async () => {
  const reads: string[] = [];
  const held = staleWhileRevalidate(async (key) => {
    reads.push(key);
    return key;
  }, 2);
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await held.get(key);
  expect(reads).toEqual(['a', 'b', 'c', 'b']);
});

it('does not keep a value that was being read when it was forgotten', async () => {
  let answer = (_: string) => {};
  const held = staleWhileRevalidate(() => new Promise<string>((resolve) => (answer = resolve)), 2);
  const first = held.get('a');
  answer('old');
  expect(await first).toBe('old');
  held.forget('a');
  const second = held.get('a');
  answer('new');
  expect(await second).toBe('new');
  expect(await held.get('a')).toBe('new');
});

it('a read that fails is reported, and tried again', async () => {
  let fails = true;
  const held = staleWhileRevalidate(async () => {
    if (fails) throw new Error('away');
    return 'there';
  }, 2);
  await expect(held.get('a')).rejects.toThrow('away');
  fails = false;
  expect(await held.get('a')).toBe('there');
});
