import { expect, it } from 'vitest';
import { newTalk } from '../fixtures/bot.ts';
import { newWorker } from '../fixtures/worker.ts';

// The fixture's time begins on Wednesday 18 November 2026, 10:00 in London.

it('a reminder moved nearer, come, and taken back comes at its first time after all', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add ring the school by:"2026-11-18 17:00"');
  const said = await talk.say('tom', 'followup later school by:"2026-11-18 15:00"');
  await worker.until('2026-11-18T16:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  expect((await talk.press('tom', 'Undo', said)).text).toContain('as if it had not happened');
  await worker.until('2026-11-18T16:59:59Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  await worker.until('2026-11-18T17:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(2);
});

it('a reminder put off after it came, and taken back, does not come again', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add ring the school by:"2026-11-18 15:00"');
  await worker.until('2026-11-18T15:30:00Z');
  const said = await talk.say('tom', 'followup later school by:"2026-11-18 17:00"');
  await talk.press('tom', 'Undo', said);
  await worker.until('2026-11-18T18:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
});
