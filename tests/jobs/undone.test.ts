import { expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { deliveries } from '../../src/core/domain/deliveries/delivery.ts';
import { followups } from '../../src/core/domain/followups/followup.ts';
import { type Button, buttonsOf } from '../../src/core/message/reply.ts';
import { updateWithRetry } from '../../src/core/ports/store.ts';
import { newTalk, type Talk } from '../fixtures/bot.ts';
import { whileCommitting } from '../fixtures/while-committing.ts';
import { newWorker, type TestWorker } from '../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London.

it('a reminder that was moved forward and sent is sent again at its first time after an undo', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add ring the school by:"2026-11-18 17:00"');
  const answer = await talk.say('tom', 'followup later school by:"2026-11-18 15:00"');
  await worker.until('2026-11-18T16:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  expect((await talk.press('tom', 'Undo', answer)).text).toContain(
    'Undone: "ring the school" is due Wed 18 Nov 2026, 17:00 again.',
  );
  await worker.until('2026-11-18T16:59:59Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  await worker.until('2026-11-18T17:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(2);
});

it('a reminder that was put off after it was sent is not sent again after an undo', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add ring the school by:"2026-11-18 15:00"');
  await worker.until('2026-11-18T15:30:00Z');
  const answer = await talk.say('tom', 'followup later school by:"2026-11-18 17:00"');
  await talk.press('tom', 'Undo', answer);
  await worker.until('2026-11-18T18:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
});

const open = (talk: Talk) =>
  collect(talk.store.of(followups).all({ index: 'byDueDay', where: { state: 'open' } }));

it('a new follow-up can be undone also after its reminder was sent, and while a worker has claimed it', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  const came = await talk.say('tom', 'followup add ring the school by:"today 3pm"');
  const claimed = await talk.say('tom', 'followup add ring the library by:"today 5pm"');
  await worker.until('2026-11-18T16:00:00Z');
  const [row] = (await open(talk)).filter(({ title }) => title === 'ring the library');
  await updateWithRetry(talk.store.of(followups), row?.id ?? '', (now) => ({
    ...now,
    claim: 'a token',
  }));
  for (const answer of [came, claimed])
    expect((await talk.press('tom', 'Undo', answer)).text).toContain('is off your list');
  expect(await open(talk)).toEqual([]);
  await worker.until('2026-11-18T18:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
});

it('what is being sent cannot be undone, and undo says so', async () => {
  const talk = await newTalk();
  const answer = await talk.say('tom', 'followup add ring the school by:"today 3pm"');
  const later = await talk.say('tom', 'followup later school by:"today 4pm"');
  const [row] = await open(talk);
  const going = () =>
    updateWithRetry(talk.store.of(followups), row?.id ?? '', (now) => ({ ...now, sending: 'now' }));
  await talk.press('tom', 'Undo', later);
  whileCommitting(talk, followups, going);
  expect((await talk.press('tom', 'Undo', answer)).text).toContain('being sent right now');
  expect(await open(talk)).toHaveLength(1);
  expect((await talk.press('tom', 'Undo', later)).text).toContain('undone already');
  expect((await talk.press('tom', 'Undo', answer)).text).toContain('being sent right now');
  await updateWithRetry(talk.store.of(followups), row?.id ?? '', (now) => ({
    ...now,
    sending: null,
  }));
  expect((await talk.press('tom', 'Undo', answer)).text).toContain('is off your list');
});

it('a change cannot be undone while its reminder is being sent', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'followup add ring the school by:"today 5pm"');
  const later = await talk.say('tom', 'followup later school by:"today 3pm"');
  const [row] = await open(talk);
  await updateWithRetry(talk.store.of(followups), row?.id ?? '', (now) => ({
    ...now,
    sending: 'now',
  }));
  expect((await talk.press('tom', 'Undo', later)).text).toContain('being sent right now');
  expect((await open(talk))[0]).toMatchObject({ at: new Date('2026-11-18T15:00:00Z') });
});

const lastRequest = (worker: TestWorker): readonly [Button, Button] => {
  const posted = worker.platform.posted.at(-1);
  const [yes, cannot] = posted ? buttonsOf(posted.reply) : [];
  if (!yes || !cannot) throw new Error('There is no request.');
  return [yes, cannot];
};

it.each([
  ['a new promise', 'followup add send the plan by:"27 Nov 2026" who:Tom'],
  ['one that was there', 'followup ask hall who:Tom'],
])('a request that has gone out, for %s, is taken back with it', async (_, line) => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('maya', 'followup add book the hall by:"27 Nov 2026"');
  const answer = await talk.say('maya', line);
  await worker.sweep();
  const [yes, cannot] = lastRequest(worker);
  const undone = await talk.press('maya', 'Undo', answer);
  expect(undone.text).toMatch(
    /^Undone[.:].* I had already asked Tom\. If they answer now, they'll hear that it was taken back\.$/,
  );
  for (const button of [yes, cannot])
    expect((await talk.press('tom', button)).text).toContain('taken back');
  expect((await open(talk)).map(({ title, asked }) => [title, asked])).toEqual([
    ['book the hall', null],
  ]);
  await worker.sweep();
  expect(worker.inbox('maya')).toEqual([]);
});

it('a request that has not been sent is not sent after an undo', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  const answer = await talk.say('maya', 'followup add send the plan by:friday who:Tom');
  expect((await talk.press('maya', 'Undo', answer)).text).toBe(
    'Undone: "send the plan" is off your list.',
  );
  await worker.until('2026-11-19T12:00:00Z');
  expect(worker.inbox('tom')).toEqual([]);
});

it('a request that is being sent counts as sent', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  const answer = await talk.say('maya', 'followup add send the plan by:friday who:Tom');
  whileCommitting(talk, deliveries, () => worker.sweep());
  expect((await talk.press('maya', 'Undo', answer)).text).toContain('I had already asked Tom');
  expect(worker.inbox('tom')).toHaveLength(1);
});

it('after a yes the follow-up stays, and undoing the yes says who was told', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  const answer = await talk.say('maya', 'followup add send the plan by:friday who:Tom');
  await worker.sweep();
  const yes = await talk.press('tom', lastRequest(worker)[0]);
  expect((await talk.press('maya', 'Undo', answer)).text).toBe(
    'Undone, except what has changed since ("send the plan"): I left that as it is.',
  );
  await worker.sweep();
  const undone = await talk.press('tom', 'Undo', yes);
  expect(undone.text).toBe(
    'Undone: Maya has "send the plan" again. I had already told Maya, so please let them know yourself.\nMaya asks: could you do this? send the plan · by Fri 20 Nov',
  );
});

it('undoing a change of the brief’s time after a brief was sent restores the old time at once', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add send the plan by:"19 Nov 2026"');
  const earlier = await talk.say('tom', 'me time:8:00');
  await worker.until('2026-11-19T08:30:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  const undone = await talk.press('tom', 'Undo', earlier);
  expect(undone.text).toContain('your settings are as they were before');
  await worker.until('2026-11-20T08:59:59Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  await worker.until('2026-11-20T09:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(2);
});
