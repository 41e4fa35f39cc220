import { expect, it, vi } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { deliveries, preparedDelivery } from '../../src/core/domain/deliveries/delivery.ts';
import { followups } from '../../src/core/domain/followups/followup.ts';
import { buttonsOf, type Reply } from '../../src/core/message/reply.ts';
import { reminderHandler } from '../../src/jobs/reminder.ts';
import { ChatPlatform } from '../doubles/chat-platform.ts';
import { newTalk, type Talk } from '../fixtures/bot.ts';
import { newWorker } from '../fixtures/worker.ts';

const DUE = '2026-11-18T15:00:00Z';
const HOUR_LATER = '2026-11-18T16:00:00Z';

async function withReminder() {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add ring the school by:"today 3pm"');
  return { talk, worker };
}

async function ledger(talk: Talk) {
  return collect(talk.store.of(deliveries).all({ index: 'byRecipient' }));
}

it('after a lost answer the message is looked for, and not sent again', async () => {
  const { talk, worker } = await withReminder();
  worker.platform.faults.push('lost answer');
  await worker.until(HOUR_LATER);
  expect(worker.inbox('tom')).toHaveLength(1);
  expect((await ledger(talk))[0]).toMatchObject({ state: 'sent', messageId: 'message-1' });
});

it('a message that is not found is sent again, marked as a possible repeat', async () => {
  const { talk, worker } = await withReminder();
  worker.platform.faults.push('lost message');
  await worker.until(HOUR_LATER);
  expect(worker.inbox('tom')).toHaveLength(1);
  expect(worker.inbox('tom')[0]).toMatch(/^\(This may be a repeat\.\)/);
  expect((await ledger(talk))[0]).toMatchObject({ state: 'sent', attempts: 2 });
});

/** The send of a digest on Friday 20 November got no answer. It was not posted. */
async function withLostDigest() {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('grace', 'digest schedule channel:<#news> day:friday at:9am');
  await talk.say('tom', 'followup add send the plan by:"24 Nov 2026"');
  worker.platform.faults.push('lost message');
  await worker.until('2026-11-20T12:00:00Z');
  return { talk, worker };
}

it('a digest that may have been posted is not posted again', async () => {
  const { talk, worker } = await withLostDigest();
  expect(worker.channel('news')).toEqual([]);
  const row = (await ledger(talk)).find(({ kind }) => kind === 'digest');
  expect(row).toMatchObject({ state: 'unknown', attempts: 1, nextRunAt: null });
  // The coordinator is asked once, and the next week's digest is posted as usual.
  expect(worker.inbox('grace').filter((text) => text.includes("can't tell"))).toHaveLength(1);
  await worker.until('2026-11-27T12:00:00Z');
  expect(worker.channel('news')).toHaveLength(1);
  expect(worker.inbox('grace').filter((text) => text.includes("can't tell"))).toHaveLength(1);
});

async function withUnknownDigest() {
  const { talk, worker } = await withLostDigest();
  const asked = worker.platform.posted.find(({ reply }) => isQuestion(reply));
  const buttons = asked ? buttonsOf(asked.reply) : [];
  const [again, leave] = buttons;
  if (!again || !leave) throw new Error('The coordinator was not asked.');
  return { talk, worker, again, leave };
}

const isQuestion = (reply: Reply) =>
  buttonsOf(reply).some(({ label }) => label === 'Post it again');

it('the coordinator can have a digest that did not arrive posted again, once', async () => {
  const { talk, worker, again } = await withUnknownDigest();
  expect((await talk.press('grace', again)).text).toContain("I'm posting it now");
  expect((await talk.press('grace', again)).text).toContain('decided already');
  await worker.until('2026-11-20T13:00:00Z');
  expect(worker.channel('news')).toHaveLength(1);
  expect(worker.channel('news')[0]).not.toContain('repeat');
  expect((await talk.press('grace', again)).text).toContain('decided already');
  expect(worker.errors).toEqual([]);
});

it('or can leave it', async () => {
  const { talk, worker, again, leave } = await withUnknownDigest();
  expect((await talk.press('tom', leave)).text).toContain('only a coordinator');
  expect((await talk.press('grace', leave)).text).toContain('leave it');
  expect((await talk.press('grace', again)).text).toContain('decided already');
  await worker.until('2026-11-20T13:00:00Z');
  expect(worker.channel('news')).toEqual([]);
  expect((await ledger(talk)).find(({ kind }) => kind === 'digest')).toMatchObject({
    state: 'permanent',
  });
});

it('if it is lost again the coordinator is asked again', async () => {
  const { talk, worker, again } = await withUnknownDigest();
  worker.platform.faults.push('lost message');
  await talk.press('grace', again);
  await worker.until('2026-11-20T13:00:00Z');
  expect(worker.channel('news')).toEqual([]);
  expect(worker.inbox('grace').filter((text) => text.includes("can't tell"))).toHaveLength(2);
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

it('records why a message can never be delivered, and does not try again', async () => {
  const { talk, worker } = await withReminder();
  worker.platform.faults.push('gone');
  await worker.until(HOUR_LATER);
  expect(worker.inbox('tom')).toEqual([]);
  const kept = (await ledger(talk)).find(({ kind }) => kind === 'reminder');
  expect(kept).toMatchObject({ state: 'permanent', reason: 'They have left.', attempts: 1 });
});

it('tells the coordinator once, however many messages fail for the same reason', async () => {
  const { talk, worker } = await withReminder();
  await talk.say('tom', 'followup add book the hall by:"today 3:30pm"');
  worker.platform.onSend = async ({ address }) => {
    if (address.to === 'user' && address.identity.user === 'tom')
      worker.platform.faults.push('gone');
  };
  await worker.until(HOUR_LATER);
  expect(worker.inbox('tom')).toEqual([]);
  expect((await ledger(talk)).filter(({ state }) => state === 'permanent')).toHaveLength(2);
  const notices = worker.inbox('grace');
  expect(notices).toHaveLength(1);
  expect(notices[0]).toContain("I couldn't deliver a reminder to Tom. They have left.");
});

it('tells the coordinator again when the same fails after more than a month', async () => {
  const { talk, worker } = await withReminder();
  worker.platform.onSend = async ({ address }) =>
    address.to === 'user' && address.identity.user === 'tom' ? 'gone' : undefined;
  await worker.until(HOUR_LATER);
  const told = () => worker.inbox('grace').filter((text) => text.includes('They have left.'));
  for (const [day, count] of [
    ['2026-12-10', 1],
    ['2026-12-21', 2],
    ['2026-12-22', 2],
  ] as const) {
    talk.clock.set(`${day}T10:00:00Z`);
    await talk.say('tom', `followup add ring on ${day} by:"today 3pm"`);
    await worker.until(`${day}T16:00:00Z`);
    expect(told()).toHaveLength(count);
  }
});

it('a coordinator who cannot be reached causes no further notice', async () => {
  const { talk, worker } = await withReminder();
  worker.platform.faults.push('gone', 'gone', 'gone', 'gone');
  await worker.until(HOUR_LATER);
  expect((await ledger(talk)).map(({ kind }) => kind).toSorted()).toEqual(['notice', 'reminder']);
});

it('a rate limit holds back messages to that channel, and no others', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  for (const [who, what] of [
    ['tom', 'ring the school'],
    ['tom', 'book the hall'],
    ['maya', 'water the garden'],
  ] as const) {
    await talk.say(who, `followup add ${what} by:"today 3pm"`);
  }
  let toTom = 0;
  worker.platform.onSend = async ({ address }) => {
    const isTom = address.to === 'user' && address.identity.user === 'tom';
    return isTom && ++toTom === 1 ? { later: 120_000 } : undefined;
  };
  await worker.until('2026-11-18T15:00:00Z');
  expect(worker.inbox('maya')).toHaveLength(1);
  // Another worker waits for that channel, too.
  const other = await newWorker(talk, worker.platform);
  await talk.say('tom', 'followup add post the letter by:"today 3:01pm"');
  const tries = toTom;
  await other.until('2026-11-18T15:01:59Z');
  expect(toTom).toBe(tries);
  await other.until('2026-11-18T15:02:00Z');
  expect(worker.inbox('tom')).toHaveLength(3);
  expect(worker.inbox('tom').join()).not.toContain('repeat');
});

it('a message that may have been posted stays a possible repeat, also after a rate limit', async () => {
  const { talk, worker } = await withReminder();
  worker.platform.faults.push('lost message', { later: 30_000 });
  await worker.until(HOUR_LATER);
  expect(worker.inbox('tom')).toHaveLength(1);
  expect(worker.inbox('tom')[0]).toContain('This may be a repeat.');
  expect((await ledger(talk))[0]).toMatchObject({ state: 'sent', attempts: 3 });
});

it('while the platform cannot tell whether a message was posted, it is not sent again', async () => {
  const { talk, worker } = await withReminder();
  const { findSent } = worker.platform;
  worker.platform.findSent = async () => {
    throw new Error('The search is down.');
  };
  worker.platform.faults.push('lost answer');
  await worker.until('2026-11-18T15:30:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  expect((await ledger(talk))[0]).toMatchObject({ state: 'unknown' });
  worker.platform.findSent = findSent;
  await worker.until(HOUR_LATER);
  expect(worker.inbox('tom')).toHaveLength(1);
  expect((await ledger(talk))[0]).toMatchObject({ state: 'sent', attempts: 1 });
  expect(worker.errors).toEqual([]);
});

it('without the platform’s adapter the reminder waits, and can still be changed', async () => {
  const talk = await newTalk();
  const elsewhere = await newWorker(talk, new ChatPlatform('elsewhere'));
  await talk.say('tom', 'followup add ring the school by:"today 3pm"');
  await elsewhere.until('2026-11-18T15:05:00Z');
  expect(elsewhere.platform.posted).toEqual([]);
  expect((await talk.say('tom', 'followup done school')).text).toContain('Done');
  const here = await newWorker(talk);
  await here.until(HOUR_LATER);
  expect(here.inbox('tom')).toEqual([]);
});

it('a row that keeps failing is retried after a longer delay each time', async () => {
  const { talk, worker } = await withReminder();
  const broken = vi
    .spyOn(reminderHandler, 'composeReply')
    .mockRejectedValue(new Error('It broke.'));
  await worker.until(HOUR_LATER);
  // After 5 s, 10 s, 20 s and so on: nine or ten times in an hour, not seven hundred.
  expect(worker.errors.length).toBeGreaterThan(5);
  expect(worker.errors.length).toBeLessThan(12);
  broken.mockRestore();
  await worker.until('2026-11-18T18:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  expect((await ledger(talk))[0]).toMatchObject({ state: 'sent' });
});

it('a reminder that was put off and moved back to its time is sent', async () => {
  const { talk, worker } = await withReminder();
  const rows = talk.store.of(deliveries);
  worker.platform.onSend = async () => {};
  const [row] = await collect(
    talk.store.of(followups).all({ index: 'byDueDay', where: { state: 'open' } }),
  );
  if (!row?.at) throw new Error('The follow-up is not there.');
  const name = {
    kind: 'reminder',
    subject: row.id,
    occurrence: reminderHandler.occurrence(row),
    recipient: row.who ?? '',
  };
  const facts = {
    reply: null,
    items: [],
    createdAt: talk.clock.now(),
    nextRunAt: null,
    awaited: null,
  };
  await rows.insert({ ...preparedDelivery(talk.id, name, facts), state: 'withdrawn' });
  await worker.until(DUE);
  expect(worker.inbox('tom')).toHaveLength(1);
  expect(worker.inbox('tom')[0]).not.toContain('repeat');
});

it('when a worker dies, another takes its claim over when the lease ends', async () => {
  const { talk, worker } = await withReminder();
  const rows = talk.store.of(followups);
  const [row] = await collect(rows.all({ index: 'byDueDay', where: { state: 'open' } }));
  if (!row) throw new Error('The follow-up is not there.');
  talk.clock.set(DUE);
  await rows.save({ ...row, claim: 'a-dead-worker', nextRunAt: new Date('2026-11-18T15:00:05Z') });
  await worker.until('2026-11-18T15:00:04Z');
  expect(worker.inbox('tom')).toEqual([]);
  await worker.until('2026-11-18T15:00:05Z');
  expect(worker.inbox('tom')).toHaveLength(1);
});

it('two workers at the same time send one message', async () => {
  const { talk, worker } = await withReminder();
  const other = await newWorker(talk, worker.platform);
  talk.clock.set(DUE);
  await Promise.all([worker.sweep(), other.sweep(), worker.sweep(), other.sweep()]);
  expect(worker.inbox('tom')).toHaveLength(1);
});

it('an accepted change always wins over a reminder that is about to be sent', async () => {
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

it('a change while a message is being sent is refused, and the message is sent', async () => {
  const { talk, worker } = await withReminder();
  let answer = '';
  worker.platform.onSend = async () => {
    answer = (await talk.say('tom', 'followup later school by:"20 Nov 2026"')).text;
  };
  await worker.until(DUE);
  expect(answer).toContain('being sent right now');
  expect(worker.inbox('tom')).toHaveLength(1);
  const again = await talk.say('tom', 'followup later school by:"20 Nov 2026"');
  expect(again.text).toContain('Put off');
});
