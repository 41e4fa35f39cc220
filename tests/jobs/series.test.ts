import { expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { deliveries } from '../../src/core/domain/deliveries/delivery.ts';
import { buttonsOf } from '../../src/core/message/reply.ts';
import { newTalk, type Talk } from '../fixtures/bot.ts';
import { newWorker, type TestWorker } from '../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London.

/** Tom's reminders, without his briefs. */
const reminders = (worker: TestWorker) =>
  worker.inbox('tom').filter((text) => text.startsWith('A reminder'));

/** Presses a button of the last reminder. */
async function pressLast(talk: Talk, worker: TestWorker, label: string) {
  const last = worker.platform.posted.findLast(({ reply }) =>
    buttonsOf(reply).some((each) => each.label === label && each.args.swap),
  );
  const button = last && buttonsOf(last.reply).find((each) => each.label === label);
  if (!button) throw new Error(`No message has ${label}.`);
  return talk.press('tom', button);
}

it('each one of a series has one reminder, at the same clock time also after the clocks change', async () => {
  const talk = await newTalk();
  talk.clock.set('2026-10-23T12:00:00Z');
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add open the hall repeat:"every day at 9:30am"');
  for (const instant of ['2026-10-24T08:30:00Z', '2026-10-25T09:30:00Z', '2026-10-26T09:30:00Z']) {
    const before = reminders(worker).length;
    await worker.until(new Date(Date.parse(instant) - 1).toISOString());
    expect(reminders(worker)).toHaveLength(before);
    await worker.until(instant);
    expect(reminders(worker)).toHaveLength(before + 1);
    expect(reminders(worker).at(-1)).toContain('every day at 09:30');
    const done = await pressLast(talk, worker, 'Done');
    expect(done.reply.replaces).toBe(true);
  }
  const rows = await collect(talk.store.of(deliveries).all({ index: 'byRecipient' }));
  const occurrences = rows.filter(({ kind }) => kind === 'reminder').map((row) => row.occurrence);
  expect([occurrences.length, new Set(occurrences).size]).toEqual([3, 3]);
  expect(worker.errors).toEqual([]);
});

it('Later in a reminder moves only this one, and a skipped one has no reminder', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add open the hall repeat:"every day at 3pm"');
  await worker.until('2026-11-18T15:00:00Z');
  const later = await pressLast(talk, worker, 'Later');
  await talk.press('tom', 'In 20 minutes', later);
  await worker.until('2026-11-18T15:20:00Z');
  expect(reminders(worker)).toHaveLength(2);
  await pressLast(talk, worker, 'Done');
  await talk.say('tom', 'followup skip hall');
  await worker.until('2026-11-19T23:00:00Z');
  expect(reminders(worker)).toHaveLength(2);
  await worker.until('2026-11-20T15:00:00Z');
  expect(reminders(worker)).toHaveLength(3);
});

it('one that stays open has a reminder at each time, and when it is done the next one goes on', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add open the hall repeat:"every day at 3pm"');
  await worker.until('2026-11-20T20:00:00Z');
  expect(reminders(worker)).toHaveLength(3);
  await talk.say('tom', 'followup done hall');
  await worker.until('2026-11-21T15:00:00Z');
  expect(reminders(worker)).toHaveLength(4);
});

it('one that goes to somebody in another time zone has one reminder that day, at its clock time there', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  const remindersOf = (who: 'tom' | 'grace') =>
    worker.inbox(who).filter((text) => text.startsWith('A reminder'));
  await talk.say('tom', 'me zone:Europe/Paris');
  await talk.say('tom', 'followup add water plants repeat:"every monday at 9:15"');
  await worker.until('2026-11-25T12:00:00Z');
  expect(remindersOf('tom')).toHaveLength(1);
  await talk.say('grace', 'member left <@tom> to:<@grace>');
  await worker.until('2026-11-30T09:14:00Z');
  expect(remindersOf('grace')).toEqual([]);
  await worker.until('2026-11-30T23:00:00Z');
  expect(remindersOf('grace')).toHaveLength(1);
});

it('one that is accepted in another time zone has one reminder that day', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'me zone:Europe/Paris');
  await talk.say('tom', 'followup add water plants repeat:"every monday at 9:15"');
  await worker.until('2026-11-25T12:00:00Z');
  await talk.say('tom', 'followup ask water plants who:<@grace>');
  await talk.press('grace', 'Yes', await talk.say('grace', 'today'));
  await worker.until('2026-11-30T09:14:00Z');
  const received = () => worker.inbox('grace').filter((text) => text.startsWith('A reminder'));
  expect(received()).toEqual([]);
  await worker.until('2026-11-30T23:00:00Z');
  expect(received()).toHaveLength(1);
});

it.each([
  ['the owner moves', 'tom', 'me zone:Europe/Paris', 'tom'],
  ['the partnership moves', 'grace', 'settings zone:Europe/Paris', 'grace'],
] as const)(
  'its next reminder keeps its clock time when %s to another zone, and after an undo',
  async (_, who, moves, undoer) => {
    const talk = await newTalk();
    const worker = await newWorker(talk);
    await talk.say('tom', 'followup add water plants repeat:"every day at 3pm"');
    await worker.until('2026-11-18T15:00:00Z');
    expect(reminders(worker)).toHaveLength(1);
    const moved = await talk.say(who, moves);
    await worker.until('2026-11-19T13:59:59Z');
    expect(reminders(worker)).toHaveLength(1);
    await worker.until('2026-11-19T14:00:00Z');
    expect(reminders(worker)).toHaveLength(2);
    await talk.press(undoer, 'Undo', moved);
    await worker.until('2026-11-20T14:59:59Z');
    expect(reminders(worker)).toHaveLength(2);
    await worker.until('2026-11-20T15:00:00Z');
    expect(reminders(worker)).toHaveLength(3);
  },
);
