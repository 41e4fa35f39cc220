import { expect, it } from 'vitest';
import type { Job, Jobs } from '../../src/core/ports/jobs.ts';
import { inProcessJobs } from '../../src/jobs/queue/in-process.ts';
import { createSweep } from '../../src/jobs/sweep.ts';
import { TIMINGS } from '../../src/jobs/timings.ts';
import { handlers } from '../../src/jobs/worker.ts';
import { newTalk, type Talk } from '../fixtures/bot.ts';
import { newWorker, storesOfOnePartnership } from '../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London.

const log = { info: () => {}, warn: () => {}, error: () => {} };

/** A sweep whose queue only records the jobs. */
function sweepOver(talk: Talk) {
  const added: { job: Job; delay: number }[] = [];
  const queue = { unfinished: 0 };
  const waiting = new Set<string>();
  const jobs: Jobs = {
    add: async (job, delay) => void added.push({ job, delay }),
    work: () => {},
    waiting: async () => waiting,
    unfinished: async () => queue.unfinished,
    close: async () => {},
  };
  const sweep = createSweep({
    stores: storesOfOnePartnership(talk),
    clock: talk.clock,
    jobs,
    handlers,
    log,
    timings: TIMINGS,
  });
  return { sweep, added, waiting, queue };
}

it('a job that the queue has lost is added again when its lease ends', async () => {
  const talk = await newTalk();
  const { sweep, added } = sweepOver(talk);
  await talk.say('tom', 'followup add ring the school by:"today 3pm"');
  talk.clock.set('2026-11-18T14:59:52Z');
  await sweep.once();
  expect(added.map(({ delay }) => delay)).toEqual([8_000]);
  talk.clock.set('2026-11-18T15:00:04Z');
  await sweep.once();
  expect(added).toHaveLength(1);
  talk.clock.set('2026-11-18T15:00:05Z');
  await sweep.once();
  expect(added.map(({ delay }) => delay)).toEqual([8_000, 0]);
});

it('a job that still waits in a full queue is not added again, until the queue has lost it', async () => {
  const talk = await newTalk();
  const { sweep, added, waiting } = sweepOver(talk);
  await talk.say('tom', 'followup add ring the school by:"today 3pm"');
  talk.clock.set('2026-11-18T15:00:00Z');
  await sweep.once();
  for (const { job } of added) waiting.add(job.token);
  for (const instant of ['2026-11-18T15:00:05Z', '2026-11-18T15:00:30Z']) {
    talk.clock.set(instant);
    expect(await sweep.once()).toBe(0);
  }
  waiting.clear();
  expect(await sweep.once()).toBe(1);
});

it('a job that has waited longer than the lease in a full queue is still run, once', async () => {
  const talk = await newTalk();
  const { sweep, added } = sweepOver(talk);
  await talk.say('tom', 'followup add ring the school by:"today 3pm"');
  for (const instant of ['2026-11-18T15:00:00Z', '2026-11-18T15:00:05Z', '2026-11-18T15:00:10Z']) {
    talk.clock.set(instant);
    await sweep.once();
  }
  expect(added).toHaveLength(3);
  const worker = await newWorker(talk);
  const [first, ...rest] = added.map(({ job }) => job);
  if (!first) throw new Error('Nothing was claimed.');
  await worker.run(first);
  expect(worker.inbox('tom')).toHaveLength(1);
  for (const job of rest) await worker.run(job);
  expect(worker.inbox('tom')).toHaveLength(1);
  expect(worker.errors).toEqual([]);
});

it('when more is due than fits into the queue, reminders go before briefs', async () => {
  const talk = await newTalk();
  await newWorker(talk);
  const { sweep, added, queue } = sweepOver(talk);
  await talk.say('tom', 'followup add ring the school by:"2026-11-19 09:01"');
  talk.clock.set('2026-11-19T09:01:00Z');
  queue.unfinished = 2_100;
  await sweep.once();
  expect(added.map(({ job }) => job.kind)).toEqual(['reminder']);
  queue.unfinished = 1_900;
  await sweep.once();
  expect(new Set(added.map(({ job }) => job.kind))).toEqual(new Set(['reminder', 'brief']));
});

it('nothing is claimed while the queue is nearly full', async () => {
  const talk = await newTalk();
  const { sweep, added, queue } = sweepOver(talk);
  await talk.say('tom', 'followup add ring the school by:"today 3pm"');
  talk.clock.set('2026-11-18T15:00:00Z');
  queue.unfinished = 2_400;
  expect(await sweep.once()).toBe(0);
  queue.unfinished = 2_250;
  expect(await sweep.once()).toBe(1);
  expect(added).toHaveLength(1);
});

it('a claim whose job the queue refused is found again when its lease ends, and is sent once', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add ring the school by:"today 3pm"');
  await talk.say('tom', 'followup add ring the library by:"today 3pm"');
  talk.clock.set('2026-11-18T15:00:00Z');

  const warnings: string[] = [];
  const log = {
    info() {},
    warn: (_: object, event: string) => void warnings.push(event),
    error() {},
  };
  const { clock } = talk;
  let attempts = 0;
  const refuse = async (_: Job) => {
    attempts++;
    throw new Error('Redis is not connected.');
  };
  const jobs = { ...inProcessJobs(clock), add: refuse };
  const sweep = createSweep({
    stores: storesOfOnePartnership(talk),
    clock,
    jobs,
    handlers,
    log,
    timings: TIMINGS,
  });
  expect(await sweep.once()).toBe(0);
  expect(attempts).toBe(2);
  expect(warnings).toEqual(['claim failed']);

  talk.clock.set('2026-11-18T15:00:04.999Z');
  expect(await sweep.once()).toBe(0);
  expect(attempts).toBe(2);
  talk.clock.set('2026-11-18T15:00:05Z');
  await sweep.once();
  expect(attempts).toBe(4);
  // Another worker has a queue that works.
  await worker.until('2026-11-18T16:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(2);
});
