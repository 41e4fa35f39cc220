import { expect, it } from 'vitest';
import type { Job } from '../../src/core/ports/jobs.ts';
import { handlers } from '../../src/jobs/handlers.ts';
import { inProcessJobs } from '../../src/jobs/queue/in-process.ts';
import { createSweep } from '../../src/jobs/sweep.ts';
import { newTalk } from '../fixtures/bot.ts';
import { newWorker, onlyOf } from '../fixtures/worker.ts';

// The fixture's time begins on Wednesday 18 November 2026, 10:00 in London.

it('a claim whose job no queue took is found again when its lease ends, and is sent once', async () => {
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
  let offered = 0;
  const refuse = async (_: Job) => {
    offered++;
    throw new Error('Redis is not connected.');
  };
  const jobs = { ...inProcessJobs(clock), add: refuse };
  const sweep = createSweep({ stores: onlyOf(talk), clock, jobs, handlers, log });
  expect(await sweep.once()).toBe(0);
  expect(offered).toBe(2);
  expect(warnings).toEqual(['claim failed']);

  talk.clock.set('2026-11-18T15:00:04.999Z');
  expect(await sweep.once()).toBe(0);
  expect(offered).toBe(2);
  talk.clock.set('2026-11-18T15:00:05Z');
  await sweep.once();
  expect(offered).toBe(4);
  // By then there is a queue again.
  await worker.until('2026-11-18T16:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(2);
});
