import { expect, it } from 'vitest';
import { fairQueue, QueueFullError } from '../../../src/core/async/fair-queue.ts';

/** Starts work that ends when `end` is called. */
function startWork({ run }: ReturnType<typeof fairQueue>, count: number, workspace = 'riverside') {
  const started: number[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const done = Array.from({ length: count }, (_, index) =>
    run(workspace, async () => {
      started.push(index);
      await new Promise<void>((resolve, reject) => {
        ends[index] = (error) => (error ? reject(error) : resolve());
      });
      return index;
    }),
  );
  return { started, done, end: (index: number, error?: Error) => ends[index]?.(error) };
}

/** Waits until pending promises have settled. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

it('runs some at once, and the others in order, each as another ends', async () => {
  const { started, done, end } = startWork(fairQueue({ maxRunning: 2 }), 5);
  expect(started).toEqual([0, 1]);
  end(1);
  await settled();
  expect(started).toEqual([0, 1, 2]);
  // Work that fails makes room too.
  end(0, new Error('It broke.'));
  await expect(done[0]).rejects.toThrow('It broke.');
  await settled();
  expect(started).toEqual([0, 1, 2, 3]);
  for (const index of [3, 2]) end(index);
  await settled();
  end(4);
  expect(await Promise.all(done.slice(1))).toEqual([1, 2, 3, 4]);
});

it('refuses work at once while too many wait', async () => {
  const { run } = fairQueue({ maxRunning: 1, maxWaiting: 2 });
  const { started, done, end } = startWork({ run }, 4);
  await expect(done[3]).rejects.toThrow(QueueFullError);
  end(0);
  await settled();
  expect(started).toEqual([0, 1]);
  const late = run('riverside', async () => 'late');
  end(1);
  await settled();
  end(2);
  expect(await late).toBe('late');
  expect(await Promise.all(done.slice(0, 3))).toEqual([0, 1, 2]);
});

it('runs as many at once as before after all have ended', async () => {
  const shared = fairQueue({ maxRunning: 2 });
  const first = startWork(shared, 3);
  for (const index of [0, 1]) first.end(index);
  await settled();
  first.end(2);
  await Promise.all(first.done);
  expect(startWork(shared, 3).started).toEqual([0, 1]);
});

it('serves and admits other workspaces during a flood from one', async () => {
  const shared = fairQueue({ maxRunning: 1, maxWaiting: 10, maxWaitingPerWorkspace: 3 });
  const flood = startWork(shared, 6);
  const other = startWork(shared, 2, 'elsewhere');
  for (const index of [4, 5]) await expect(flood.done[index]).rejects.toThrow(QueueFullError);
  flood.end(0);
  await settled();
  flood.end(1);
  await settled();
  expect(other.started).toEqual([0]);
  other.end(0);
  await settled();
  flood.end(2);
  await settled();
  expect(other.started).toEqual([0, 1]);
  other.end(1);
  await settled();
  flood.end(3);
  expect(await Promise.all([...flood.done.slice(0, 4), ...other.done])).toEqual([0, 1, 2, 3, 0, 1]);
});
