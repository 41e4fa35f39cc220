import { expect, it } from 'vitest';
import { buttonsOf } from '../../src/core/message/reply.ts';
import { newTalk, type Talk } from '../fixtures/bot.ts';
import { newWorker, type TestWorker } from '../fixtures/worker.ts';

/** A follow-up of Tom's, due on Thursday 19 November 2026: five working days late on the 26th, seven on the 30th. */
async function latePromise(): Promise<{ talk: Talk; worker: TestWorker }> {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add send the plan by:"19 Nov 2026"');
  for (const day of ['20', '25']) {
    await worker.until(`2026-11-${day}T12:00:00Z`);
    await talk.say('tom', 'today');
  }
  return { talk, worker };
}

it('tells the owner first, then the coordinator, once and then weekly, until Later ends it', async () => {
  const { talk, worker } = await latePromise();
  expect(worker.inbox('tom').join()).not.toContain('tell the coordinators');
  await worker.until('2026-11-26T09:00:00Z');
  expect(worker.inbox('tom').at(-1)).toContain(
    "If it is still open on Mon 30 Nov 2026, I'll tell the coordinators.",
  );
  await talk.say('tom', 'today');
  await worker.until('2026-11-30T08:59:00Z');
  expect(worker.inbox('grace')).toEqual([]);
  await worker.until('2026-11-30T09:00:00Z');
  expect(worker.inbox('grace')).toHaveLength(1);
  expect(worker.inbox('grace')[0]).toContain('1 thing needs a hand');
  expect(worker.inbox('grace')[0]).toMatch(/Needs a hand: send the plan .* Tom/);
  await worker.until('2026-12-04T12:00:00Z');
  expect(worker.inbox('grace')).toHaveLength(1);
  await worker.until('2026-12-07T12:00:00Z');
  expect(worker.inbox('grace')).toHaveLength(2);

  const glance = ['Change', 'Digest preview', 'Members', 'Settings'];
  expect((await talk.say('grace', 'today')).buttons).toEqual([
    ...['Ask someone else', 'Later', 'Done'],
    ...glance,
  ]);
  await talk.say('grace', 'followup later plan by:"18 Dec 2026"');
  await worker.until('2026-12-23T12:00:00Z');
  expect(worker.inbox('grace')).toHaveLength(2);
  expect(worker.errors).toEqual([]);
});

it('is still shown as somebody else’s in the coordinator’s brief after another line of it was done', async () => {
  const { talk, worker } = await latePromise();
  await talk.say('grace', 'followup add order the cake by:"30 Nov 2026"');
  await worker.until('2026-11-30T09:00:00Z');
  const brief = worker.platform.posted.findLast(
    ({ address }) => address.to === 'user' && address.identity.user === 'grace',
  );
  const done = brief && buttonsOf(brief.reply).find(({ label }) => label === 'Done');
  if (!done) throw new Error('Grace has no brief.');
  const answer = await talk.press('grace', done);
  expect(answer.text).toContain('Done, thank you: order the cake');
  expect(answer.text).toMatch(/Needs a hand: send the plan .* Tom/);
  expect(answer.buttons).not.toContain('Move all to…');
});

it('an old brief does not show a promise that is hidden since: the coordinator belongs to the partner now', async () => {
  const { talk, worker } = await latePromise();
  await talk.say('grace', 'partner add "Borough Council"');
  await talk.say('tom', 'followup edit plan with:"Borough Council"');
  await talk.say('grace', 'followup add order the cake by:"30 Nov 2026"');
  await worker.until('2026-11-30T09:00:00Z');
  expect(worker.inbox('grace').at(-1)).toContain('send the plan');
  const brief = worker.platform.posted.findLast(
    ({ address }) => address.to === 'user' && address.identity.user === 'grace',
  );
  const done = brief && buttonsOf(brief.reply).find(({ label }) => label === 'Done');
  if (!done) throw new Error('Grace has no brief.');
  await talk.say('grace', 'member tie @Grace "Borough Council"');
  const answer = await talk.press('grace', done);
  expect(answer.text).toContain('Done, thank you: order the cake');
  expect(answer.text).not.toContain('send the plan');
});

it('does not tell the coordinator what was done in time', async () => {
  const { talk, worker } = await latePromise();
  await worker.until('2026-11-27T12:00:00Z');
  await talk.say('tom', 'followup done plan');
  await worker.until('2026-12-11T12:00:00Z');
  expect(worker.inbox('grace')).toEqual([]);
});

it('tells every coordinator once', async () => {
  const { talk, worker } = await latePromise();
  await talk.say('grace', 'member role Maya coordinator');
  await worker.until('2026-12-04T12:00:00Z');
  for (const who of ['grace', 'maya'] as const) {
    expect(worker.inbox(who)).toHaveLength(1);
    expect(worker.inbox(who)[0]).toContain('Needs a hand: send the plan');
  }
});

it('tells a new owner first', async () => {
  const { talk, worker } = await latePromise();
  await worker.until('2026-11-30T12:00:00Z');
  expect(worker.inbox('grace')).toHaveLength(1);
  await talk.say('grace', 'followup ask plan who:Maya');
  await worker.until('2026-12-07T12:00:00Z');
  expect(worker.inbox('grace')).toHaveLength(1);
  expect(worker.inbox('maya').at(-1)).toContain("on Tue 8 Dec 2026, I'll tell the coordinators");
  await worker.until('2026-12-08T12:00:00Z');
  expect(worker.inbox('grace')).toHaveLength(2);
});

it('tells the owner also if their briefs have dated things only', async () => {
  const { talk, worker } = await latePromise();
  await talk.say('tom', 'me fewer:dated');
  const before = worker.inbox('tom').length;
  await worker.until('2026-12-04T12:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(before + 1);
  expect(worker.inbox('tom').at(-1)).toContain("I'll tell the coordinators");
  expect(worker.inbox('grace')).toHaveLength(1);
});

it('warns a member who turns briefs off, when they do so', async () => {
  const { talk, worker } = await latePromise();
  const answer = await talk.say('tom', 'me fewer:off');
  expect(answer.text).toContain("If something stays overdue, I'll tell the coordinators");
  const before = worker.inbox('tom').length;
  await worker.until('2026-11-30T09:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(before);
  expect(worker.inbox('grace')).toHaveLength(1);
});

it('does not escalate what coordinators promised themselves', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('grace', 'followup add ring the school by:"19 Nov 2026"');
  for (const day of ['23', '26', '30']) {
    await worker.until(`2026-11-${day}T12:00:00Z`);
    await talk.say('grace', 'today');
  }
  await worker.until('2026-12-04T12:00:00Z');
  expect(worker.inbox('grace').join()).not.toMatch(/needs? a hand|tell the coordinators/i);
});
