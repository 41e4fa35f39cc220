import { afterEach, expect, it, vi } from 'vitest';
import type { LogFields } from '../../src/core/base/log.ts';
import { deliveries } from '../../src/core/domain/deliveries/delivery.ts';
import { StoreError } from '../../src/core/ports/store.ts';
import { inProcessJobs } from '../../src/jobs/queue/in-process.ts';
import { createSweep } from '../../src/jobs/sweep.ts';
import { TIMINGS } from '../../src/jobs/timings.ts';
import { handlers } from '../../src/jobs/worker.ts';
import { newTalk } from '../fixtures/bot.ts';
import { type LimitedStore, openLimitedStore } from '../fixtures/limited-store.ts';
import { newWorker } from '../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London.

afterEach(() => void vi.useRealTimers());

/** Tom has a reminder at three, in a store on which writing can be made to fail. */
async function reminderAtThree() {
  const limited = await openLimitedStore();
  const talk = await newTalk(limited.stores);
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add ring the school by:"today 3pm"');
  await worker.until('2026-11-18T14:50:00Z');
  return { limited, talk, worker };
}

const isOver = (limited: LimitedStore) => limited.setReadOnly(false);

it('a reminder that is due while nothing can be stored comes once, when that is over', async () => {
  const { limited, talk, worker } = await reminderAtThree();
  limited.setReadOnly(true);
  for (let minute = 0; minute < 5; minute++) {
    talk.clock.set(`2026-11-18T15:0${minute}:00Z`);
    await expect(worker.sweep()).rejects.toBeInstanceOf(StoreError);
  }
  expect(worker.inbox('tom')).toEqual([]);
  isOver(limited);
  await worker.until('2026-11-18T15:06:00Z');
  await worker.until('2026-11-18T17:00:00Z');
  expect(worker.inbox('tom')).toEqual([expect.stringContaining('A reminder: ring the school')]);
  expect(worker.errors).toEqual([]);
  expect(limited.logged).toHaveLength(1);
});

it('a reminder whose send cannot be recorded is not sent, and comes later', async () => {
  const { limited, worker } = await reminderAtThree();
  limited.setReadOnlyAtInsert(deliveries.name);
  await worker.until('2026-11-18T15:00:00Z').catch(() => {});
  expect(worker.inbox('tom')).toEqual([]);
  expect(limited.logged).toHaveLength(1);
  isOver(limited);
  await worker.until('2026-11-18T15:01:00Z');
  await worker.until('2026-11-18T17:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  expect(worker.errors).toEqual([]);
});

it('a message whose posting could not be recorded is not posted again', async () => {
  const { limited, worker } = await reminderAtThree();
  worker.platform.onSend = async () => limited.setReadOnly(true);
  await worker.until('2026-11-18T15:00:00Z').catch(() => {});
  expect(worker.inbox('tom')).toHaveLength(1);
  worker.platform.onSend = async () => {};
  isOver(limited);
  await worker.until('2026-11-18T18:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  expect(worker.errors).toEqual([]);
});

it('the sweep backs off while the store fails, and logs nothing of its own', async () => {
  vi.useFakeTimers();
  let isFailing = true;
  let reads = 0;
  const stores = {
    async due() {
      reads++;
      if (isFailing) throw new StoreError('unreachable', 'The MongoDB is gone.');
      return [];
    },
  } as never;
  const lines: LogFields[] = [];
  const log = {
    info() {},
    warn: (line: LogFields) => void lines.push(line),
    error: (line: LogFields) => void lines.push(line),
  };
  const clock = { now: () => new Date(Date.now()) };
  const jobs = inProcessJobs(clock);
  const [handler] = handlers;
  const sweep = createSweep({
    stores,
    clock,
    jobs,
    handlers: handler ? [handler] : [],
    log,
    timings: TIMINGS,
  });
  sweep.start();
  await vi.advanceTimersByTimeAsync(600_000);
  // After 1 s, then every 2 s.
  expect(reads).toBe(1 + 1 + Math.floor((600 - 1) / 2));
  isFailing = false;
  await vi.advanceTimersByTimeAsync(15_000);
  reads = 0;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reads).toBe(60_000 / TIMINGS.sweepIntervalMs);
  await sweep.stop();
  expect(lines).toEqual([]);
});
