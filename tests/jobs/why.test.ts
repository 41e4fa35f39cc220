import { expect, it } from 'vitest';
import { type Button, buttonsOf } from '../../src/core/message/reply.ts';
import type { Posted } from '../doubles/chat-platform.ts';
import { newTalk } from '../fixtures/bot.ts';
import { newWorker } from '../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London.

/** The last button of a message. */
function lastButton(posted: Posted | undefined): Button {
  const last = posted && buttonsOf(posted.reply).at(-1);
  if (last?.label === 'Why?') return last;
  throw new Error(`The last button is ${last?.label}.`);
}

const lastBrief = (posted: readonly Posted[]) =>
  posted.findLast(({ reply }) => JSON.stringify(reply.text).includes('Hello'));

it('a reminder says what was promised, and how it was sent', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'partner add "Local Trust"');
  await talk.say('tom', 'followup add ring them with:"local trust" by:"today 3pm"');
  await worker.until('2026-11-18T15:00:00Z');
  const why = lastButton(worker.platform.posted[0]);
  const answer = await talk.press('tom', why);
  expect(answer.audience).toBe('actor');
  expect(answer.reply.replaces).toBe(false);
  expect(answer.text).toContain('A reminder today. Sent on Wed 18 Nov 2026, 15:00');
  expect(answer.text).toContain('as a direct message, at the first try');
  expect(answer.text).toContain('ring them (Local Trust): you promised it on Wed 18 Nov');
  expect(answer.text).toContain('gets its own reminder');

  expect((await talk.press('maya', why)).text).toContain('was not for you');
  expect((await talk.press('grace', why)).text).toContain('to Tom');
  await talk.say('grace', 'member tie @Grace local trust');
  const tied = await talk.press('grace', why);
  expect(tied.text).not.toMatch(/ring them|Local Trust/);
  expect(tied.text).toContain("a partner you're part of");
  expect(talk.errors).toEqual([]);
});

it('says that a message may be a repeat, was not found, or can never be sent', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  worker.platform.faults.push('lost message', { later: 30_000 });
  await talk.say('tom', 'followup add ring them by:"today 3pm"');
  await worker.until('2026-11-18T15:00:01Z');
  expect((await talk.say('tom', 'why')).text).toContain("I can't tell whether it arrived");
  await worker.until('2026-11-18T16:00:00Z');
  // It is also marked if the platform asked to wait in between.
  expect(worker.inbox('tom')[0]).toContain('(This may be a repeat.)');
  const answer = await talk.say('tom', 'why');
  expect(answer.text).toContain('at try 3, marked as a possible repeat');

  worker.platform.faults.push('gone');
  await talk.say('tom', 'followup add write to them by:"today 5pm"');
  await worker.until('2026-11-18T18:00:00Z');
  expect((await talk.say('tom', 'why')).text).toContain("I've stopped trying: They have left.");
});

it('a brief explains each of its lines by its rule', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('grace', 'settings rule every:"4 weeks" level:local');
  await talk.say('grace', 'partner add "Oakfield School" level:local lead:Tom');
  await talk.say('tom', 'log oakfield school a good talk when:"2026-10-02"');
  await talk.say('tom', 'followup add send the plan by:friday');
  await talk.say('maya', 'followup add book the hall by:friday who:Tom');
  await worker.until('2026-11-19T09:00:00Z');
  const thursday = await talk.press('tom', lastButton(lastBrief(worker.platform.posted)));
  expect(thursday.text).toContain('daily brief, like all workers, comes at 09:00');
  expect(thursday.text).toContain(
    'Oakfield School: you lead it; contact every 4 weeks, by the rule for local; last two-way contact Fri 2 Oct',
  );

  await worker.until('2026-11-20T09:00:00Z');
  const brief = lastBrief(worker.platform.posted);
  const friday = await talk.press('tom', lastButton(brief));
  expect(friday.text).toContain('send the plan: you promised it on Wed 18 Nov, due by Fri 20 Nov');
  expect(friday.text).toContain('book the hall: Maya promised it');
  expect(friday.text).toContain('Maya asked you to do it');
  expect(friday.text).not.toContain('Oakfield');

  await talk.say('tom', 'followup done plan');
  const later = await talk.press('tom', lastButton(brief));
  expect(later.text).toContain("due by Fri 20 Nov. It's done now.");
});

it('without an argument it lists the last five messages with their reasons, the newest first', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  expect((await talk.say('tom', 'why')).text).toContain("haven't needed to send you anything");
  for (const hour of [1, 2, 3, 4, 5, 6]) {
    await talk.say('tom', `followup add thing ${hour} by:"today ${hour}pm"`);
  }
  await worker.until('2026-11-18T19:00:00Z');
  const answer = await talk.say('tom', 'why');
  expect(answer.text).toContain('Your daily brief, like all workers');
  expect(answer.text).toContain('The next one can come on Thu 19 Nov 2026, 09:00');
  expect(answer.buttons).toEqual(['Why?', 'Why?', 'Why?', 'Why?', 'Why?']);
  expect((await talk.press('tom', 'Why?', answer)).text).toContain('thing 6');

  expect((await talk.say('maya', 'why who:@Tom')).text).toContain('only a coordinator');
  const coordinators = await talk.say('grace', 'why who:@Tom');
  expect(coordinators.text).toContain("Tom's daily brief");
  expect(coordinators.buttons).toHaveLength(5);
  await talk.say('tom', 'me pause:"2 weeks"');
  expect((await talk.say('tom', 'why')).text).toContain('Paused until Wed 2 Dec');
});

it('explains a follow-up: its history, and when the next message is due', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add send the garden plan by:"today 3pm"');
  const first = await talk.say('tom', 'why garden plan');
  expect(first.text).toContain('a reminder of its own comes on Wed 18 Nov 2026, 15:00');
  expect(first.text).toContain("haven't sent you a message about it");
  await worker.until('2026-11-19T12:00:00Z');
  const answer = await talk.say('tom', 'why garden plan');
  expect(answer.text).toContain("It's in your brief, next on Fri 20 Nov");
  expect(answer.text).toMatch(/A brief today: Sent[\s\S]*A reminder on Wed 18 Nov: Sent/);
  // The messages of others are not shown. That it is promised is not secret.
  const others = await talk.say('maya', 'why garden plan');
  expect(others.text).toContain('Tom promised it');
  expect(others.text).not.toContain('A reminder');
  // What it announces is what happens.
  await worker.until('2026-11-20T09:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(3);
});

it('explains a partner and a digest, and asks which one if several match', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  for (const name of ['Riverside Borough Council', 'Riverside Parish Council'])
    await talk.say('grace', `partner add "${name}" lead:Tom`);
  expect((await talk.say('tom', 'why riverside council')).buttons).toEqual([
    'Riverside Borough Council',
    'Riverside Parish Council',
    'Cancel',
  ]);
  const partner = await talk.say('tom', 'why riverside parish council');
  expect(partner.text).toContain('you lead it; contact every 6 weeks');
  expect((await talk.say('tom', 'why xylophone')).text).toContain(
    "I can't find a partner or an open",
  );

  expect((await talk.say('maya', 'why digest')).text).toContain('No digest was ever scheduled');
  await talk.say('grace', 'digest schedule channel:<#news> day:friday');
  await talk.say('tom', 'log riverside parish council met them');
  await worker.until('2026-11-20T09:00:00Z');
  const digest = worker.platform.posted.find(({ address }) => address.to === 'channel');
  const answer = await talk.press('maya', lastButton(digest));
  expect(answer.text).toContain('The weekly digest today. Sent on Fri 20 Nov 2026, 09:00');
  expect(answer.text).toContain('in #news, at the first try');
  expect(answer.text).toContain('each week on Friday at 09:00');

  talk.clock.set('2026-12-01T12:00:00Z');
  await worker.sweep();
  expect((await talk.say('maya', 'why digest')).text).toContain('more than a day late');
  expect(worker.errors).toEqual([]);
  expect(talk.errors).toEqual([]);
});
