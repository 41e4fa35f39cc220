import { expect, it } from 'vitest';
import { deliveries } from '../../src/core/features/deliveries/store.ts';
import { followups } from '../../src/core/features/followups/store.ts';
import { newTalk, type Talk } from '../fixtures/bot.ts';
import { newWorker } from '../fixtures/worker.ts';

const DUE = '2026-11-18T15:00:00Z';
const AN_HOUR_ON = '2026-11-18T16:00:00Z';

async function withReminder() {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add ring the school by:"today 3pm"');
  return { talk, worker };
}

async function ledger(talk: Talk) {
  return talk.store.of(deliveries).find({ index: 'byRecipient' });
}

it('a lost answer is looked up, and the message is not sent again', async () => {
  const { talk, worker } = await withReminder();
  worker.platform.faults.push('lost answer');
  await worker.until(AN_HOUR_ON);
  expect(worker.inbox('tom')).toHaveLength(1);
  expect((await ledger(talk))[0]).toMatchObject({ state: 'sent', message: 'message-1' });
});

it('a message that is not to be found is sent again, marked as a possible repeat', async () => {
  const { talk, worker } = await withReminder();
  worker.platform.faults.push('lost message');
  await worker.until(AN_HOUR_ON);
  expect(worker.inbox('tom')).toHaveLength(1);
  expect(worker.inbox('tom')[0]).toMatch(/^\(This may be a repeat\.\)/);
  expect((await ledger(talk))[0]).toMatchObject({ state: 'sent', tries: 2 });
});

it('a digest of which nobody knows whether it was posted is not posted twice', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('grace', 'digest schedule channel:<#news> day:friday at:9am');
  await talk.say('tom', 'followup add send the plan by:"24 Nov 2026"');
  worker.platform.faults.push('lost message');
  await worker.until('2026-11-20T12:00:00Z');
  expect(worker.channel('news')).toEqual([]);
  const row = (await ledger(talk)).find(({ kind }) => kind === 'digest');
  expect(row).toMatchObject({ state: 'permanent', tries: 1 });
});

it('waits as long as the platform asks, then sends', async () => {
  const { worker } = await withReminder();
  worker.platform.faults.push({ later: 30_000 }, { later: 60_000 });
  await worker.until('2026-11-18T15:01:29Z');
  expect(worker.inbox('tom')).toEqual([]);
  await worker.until('2026-11-18T15:01:30Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  expect(worker.inbox('tom')[0]).not.toContain('repeat');
});

it('keeps what can never be delivered, with the reason, and tries no more', async () => {
  const { talk, worker } = await withReminder();
  worker.platform.faults.push('gone');
  await worker.until(AN_HOUR_ON);
  expect(worker.inbox('tom')).toEqual([]);
  expect(await ledger(talk)).toMatchObject([
    { state: 'permanent', reason: 'They have left.', tries: 1 },
  ]);
});

it('a claim whose worker died is taken up by another when its lease ends', async () => {
  const { talk, worker } = await withReminder();
  const rows = talk.store.of(followups);
  const [row] = await rows.find({ index: 'byDay', where: { state: 'open' } });
  if (!row) throw new Error('The follow-up is not there.');
  talk.clock.set(DUE);
  await rows.save({ ...row, claim: 'a-dead-worker', sweepAt: new Date('2026-11-18T15:00:05Z') });
  await worker.until('2026-11-18T15:00:04Z');
  expect(worker.inbox('tom')).toEqual([]);
  await worker.until('2026-11-18T15:00:05Z');
  expect(worker.inbox('tom')).toHaveLength(1);
});

it('two workers at once send one message', async () => {
  const { talk, worker } = await withReminder();
  const other = await newWorker(talk, worker.platform);
  talk.clock.set(DUE);
  await Promise.all([worker.sweep(), other.sweep(), worker.sweep(), other.sweep()]);
  expect(worker.inbox('tom')).toHaveLength(1);
});

it('an accepted change always wins over a reminder that is about to go out', async () => {
  for (const line of [
    'followup done school',
    'followup later school by:"20 Nov 2026"',
    'followup cancel school',
  ]) {
    const { talk, worker } = await withReminder();
    talk.clock.set('2026-11-18T14:59:58Z');
    const answer = await talk.say('tom', line);
    expect(answer.text).toMatch(/Done|Put off|Taken off/);
    await worker.until('2026-11-18T23:00:00Z');
    expect(worker.inbox('tom')).toEqual([]);
  }
});

it('while a message is on its way, a change is told so, and the message goes out', async () => {
  const { talk, worker } = await withReminder();
  let answer = '';
  worker.platform.onSend = async () => {
    answer = (await talk.say('tom', 'followup later school by:"20 Nov 2026"')).text;
  };
  await worker.until(DUE);
  expect(answer).toContain('just going out');
  expect(worker.inbox('tom')).toHaveLength(1);
  const again = await talk.say('tom', 'followup later school by:"20 Nov 2026"');
  expect(again.text).toContain('Put off');
});
