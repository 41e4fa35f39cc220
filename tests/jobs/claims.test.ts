import { expect, it } from 'vitest';
import type { Job, Jobs } from '../../src/core/ports.ts';
import { kinds } from '../../src/jobs/kinds.ts';
import { createSweep } from '../../src/jobs/sweep.ts';
import { newTalk, type Talk } from '../fixtures/bot.ts';
import { newWorker, onlyOf } from '../fixtures/worker.ts';

// The fixture's time begins on Wednesday 18 November 2026, 10:00 in London.

const log = { info: () => {}, warn: () => {}, error: () => {} };

/** A sweep whose queue only takes note. */
function sweepOver(talk: Talk) {
  const taken: { job: Job; delay: number }[] = [];
  const jobs: Jobs = {
    add: async (job, delay) => void taken.push({ job, delay }),
    work: () => {},
    unfinished: async () => 0,
    close: async () => {},
  };
  const sweep = createSweep({ stores: onlyOf(talk), clock: talk.clock, jobs, kinds, log });
  return { sweep, taken };
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
