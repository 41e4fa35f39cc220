import { expect, it } from 'vitest';
import { buttonsOf } from '../../src/core/message/reply.ts';
import { newTalk } from '../fixtures/bot.ts';
import { newWorker, type TestWorker } from '../fixtures/worker.ts';

const button = (worker: TestWorker, label: string) => {
  const last = worker.platform.posted.at(-1);
  const found = last && buttonsOf(last.reply).find((one) => one.label === label);
  if (!found) throw new Error(`No ${label}.`);
  return found;
};

async function withPromise() {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add send the plan by:"19 Nov 2026"');
  return { talk, worker };
}

it('makes briefs rarer after three that were ignored, says so once, and keeps the old rhythm on request', async () => {
  const { talk, worker } = await withPromise();
  await worker.until('2026-11-23T12:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(3);
  expect(worker.inbox('tom').join()).not.toContain('responded to your last');
  await worker.until('2026-11-24T12:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(4);
  expect(worker.inbox('tom')[3]).toContain(
    "You haven't responded to your last 3 briefs, so from now on I'll write once",
  );
  await worker.until('2026-11-30T08:59:00Z');
  expect(worker.inbox('tom')).toHaveLength(4);
  await worker.until('2026-11-30T09:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(5);
  expect(worker.inbox('tom')[4]).not.toContain('responded to your last');
  expect(worker.errors).toEqual([]);

  const keep = { command: 'fewer', args: { how: 'daily' }, label: '' };
  expect((await talk.press('tom', keep)).text).toContain('Your brief comes each day');
  await worker.until('2026-12-01T09:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(6);
});

it('offers both answers on the brief that says so', async () => {
  const { talk, worker } = await withPromise();
  await worker.until('2026-11-24T12:00:00Z');
  const fine = button(worker, "That's fine");
  expect((await talk.press('tom', fine)).text).toContain('once a week');
  const keep = button(worker, 'Keep them daily');
  await talk.press('tom', keep);
  expect(await talk.member('tom')).toMatchObject({ rhythm: 'daily', briefDay: '2026-11-25' });
});

it.each([
  ['a look at what is theirs', 'today'],
  ['a form that was opened', 'log'],
  ['a contact', 'log "Local Trust" rang them'],
  ['a question that was left', 'quiet'],
])('does not after %s', async (_, line) => {
  const { talk, worker } = await withPromise();
  await worker.until('2026-11-20T12:00:00Z');
  await talk.say('tom', line);
  await worker.until('2026-11-24T12:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(4);
  expect(worker.inbox('tom')[3]).not.toContain('responded to your last');
  expect(await talk.member('tom')).toMatchObject({ rhythm: 'daily' });
});

it('leaves a worker the weekly brief, which tells that a partner has gone quiet', async () => {
  const { talk, worker } = await withPromise();
  await talk.say('grace', 'partner add "Local Trust" lead:Tom every:"5 weeks"');
  await talk.say('maya', 'log "Local Trust" a good talk');
  await worker.until('2026-12-22T12:00:00Z');
  expect(await talk.member('tom')).toMatchObject({ rhythm: 'weekly' });
  expect(
    worker.inbox('tom').filter((text) => text.includes('responded to your last')),
  ).toHaveLength(1);
  const count = worker.inbox('tom').length;
  // Five weeks later is a Wednesday. The next weekly brief is on Tuesday, after a bank holiday.
  await worker.until('2026-12-28T12:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(count);
  await worker.until('2026-12-29T09:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(count + 1);
  expect(worker.inbox('tom').at(-1)).toContain('Local Trust');
});

it('for a member it goes on to dated things only', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('maya', 'followup add send the photos by:"19 Nov 2026"');
  await worker.until('2026-12-22T12:00:00Z');
  expect(await talk.member('maya')).toMatchObject({ rhythm: 'dated' });
  expect(
    worker.inbox('maya').filter((text) => text.includes('responded to your last')),
  ).toHaveLength(1);
});
