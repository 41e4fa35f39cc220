import { expect, it } from 'vitest';
import type { Job, Jobs } from '../../src/core/ports/jobs.ts';
import { handlers } from '../../src/jobs/handlers.ts';
import { createSweep } from '../../src/jobs/sweep.ts';
import { newTalk, type Talk } from '../fixtures/bot.ts';
import { newWorker, onlyOf } from '../fixtures/worker.ts';

// The fixture's time begins on Wednesday 18 November 2026, 10:00 in London.

const log = { info: () => {}, warn: () => {}, error: () => {} };

/** A sweep whose queue only takes note. */
function sweepOver(talk: Talk) {
  const taken: { job: Job; delay: number }[] = [];
  const queue = { unfinished: 0 };
  const waiting = new Set<string>();
  const jobs: Jobs = {
    add: async (job, delay) => void taken.push({ job, delay }),
    work: () => {},
    waiting: async () => waiting,
    unfinished: async () => queue.unfinished,
    close: async () => {},
  };
  const sweep = createSweep({ stores: onlyOf(talk), clock: talk.clock, jobs, handlers, log });
  return { sweep, taken, waiting, queue };
}

it('what the queue has lost is handed over again when its lease ends, and at once', async () => {
  const talk = await newTalk();
  const { sweep, taken } = sweepOver(talk);
  await talk.say('tom', 'followup add ring the school by:"today 3pm"');
  talk.clock.set('2026-11-18T14:59:52Z');
  await sweep.once();
  expect(taken.map(({ delay }) => delay)).toEqual([8_000]);
  talk.clock.set('2026-11-18T15:00:04Z');
  await sweep.once();
  expect(taken).toHaveLength(1);
  talk.clock.set('2026-11-18T15:00:05Z');
  await sweep.once();
  expect(taken.map(({ delay }) => delay)).toEqual([8_000, 0]);
});

it('what still waits in a full queue is not handed over again, until the queue has lost it', async () => {
  const talk = await newTalk();
  const { sweep, taken, waiting } = sweepOver(talk);
  await talk.say('tom', 'followup add ring the school by:"today 3pm"');
  talk.clock.set('2026-11-18T15:00:00Z');
  await sweep.once();
  for (const { job } of taken) waiting.add(job.token);
  for (const instant of ['2026-11-18T15:00:05Z', '2026-11-18T15:00:30Z']) {
    talk.clock.set(instant);
    expect(await sweep.once()).toBe(0);
  }
  waiting.clear();
  expect(await sweep.once()).toBe(1);
});

it('a job that has waited longer than the lease in a full queue is still good, once', async () => {
  const talk = await newTalk();
  const { sweep, taken } = sweepOver(talk);
  await talk.say('tom', 'followup add ring the school by:"today 3pm"');
  for (const instant of ['2026-11-18T15:00:00Z', '2026-11-18T15:00:05Z', '2026-11-18T15:00:10Z']) {
    talk.clock.set(instant);
    await sweep.once();
  }
  expect(taken).toHaveLength(3);
  const worker = await newWorker(talk);
  const [first, ...rest] = taken.map(({ job }) => job);
  if (!first) throw new Error('Nothing was claimed.');
  await worker.run(first);
  expect(worker.inbox('tom')).toHaveLength(1);
  for (const job of rest) await worker.run(job);
  expect(worker.inbox('tom')).toHaveLength(1);
  expect(worker.errors).toEqual([]);
});

it('while more is due than can be done at once, briefs let reminders go first', async () => {
  const talk = await newTalk();
  await newWorker(talk);
  const { sweep, taken, queue } = sweepOver(talk);
  await talk.say('tom', 'followup add ring the school by:"2026-11-19 09:01"');
  talk.clock.set('2026-11-19T09:01:00Z');
  queue.unfinished = 2_100;
  await sweep.once();
  expect(taken.map(({ job }) => job.kind)).toEqual(['reminder']);
  queue.unfinished = 1_900;
  await sweep.once();
  expect(new Set(taken.map(({ job }) => job.kind))).toEqual(new Set(['reminder', 'brief']));
});

it('a queue that is nearly full is let drain before more is claimed', async () => {
  const talk = await newTalk();
  const { sweep, taken, queue } = sweepOver(talk);
  await talk.say('tom', 'followup add ring the school by:"today 3pm"');
  talk.clock.set('2026-11-18T15:00:00Z');
  queue.unfinished = 2_400;
  expect(await sweep.once()).toBe(0);
  queue.unfinished = 2_250;
  expect(await sweep.once()).toBe(1);
  expect(taken).toHaveLength(1);
});
