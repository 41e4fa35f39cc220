import { expect, it } from 'vitest';
import { newTalk, type Talk, type Who } from '../fixtures/bot.ts';
import { newWorker } from '../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London.

const why = async (talk: Talk, who: Who, line = 'why') => (await talk.say(who, line)).text;

/** Maya has had three messages this week that she did not ask for, and now there is a fourth. */
async function capped() {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  for (const thing of ['tea', 'cake', 'chairs', 'songs']) {
    talk.clock.move({ minutes: 61 });
    await talk.say('tom', `followup add bring ${thing} by:"19 Nov 2026" who:Maya`);
    await worker.sweep();
  }
  expect(worker.inbox('maya')).toHaveLength(3);
  return { talk, worker };
}

it('says that the weekly cap holds a request and a brief back, and which message told of them in the end', async () => {
  const { talk, worker } = await capped();
  const held = 'Held back until Mon 23 Nov 2026, 10:00: the weekly limit';
  expect(await why(talk, 'maya')).toContain(`A request today: ${held}`);
  // The asker may know whether it was sent, and no more.
  const asked = await talk.say('tom', 'why songs');
  expect(asked.text).toContain(`A request today to Maya: ${held}`);
  expect(asked.buttons).toEqual([]);
  expect(await why(talk, 'tom', 'why cake')).toContain('A request today to Maya: Sent on Wed 18');

  await worker.until('2026-11-19T10:00:00Z');
  expect(worker.inbox('maya')).toHaveLength(3);
  const brief = '3 messages of this kind had been sent that week, which is the limit';
  const thursday = await why(talk, 'maya');
  expect(thursday).toContain(`None today: ${brief}`);
  expect(thursday).toContain(`A brief today: Not sent: ${brief}`);

  await worker.until('2026-11-23T12:00:00Z');
  const monday = await why(talk, 'maya');
  expect(monday).toContain('A brief today: Sent on Mon 23 Nov 2026, 09:00');
  expect(monday).toContain('Not sent as a message of its own. It was in the brief instead.');
  expect(worker.errors).toEqual([]);
  expect(talk.errors).toEqual([]);
});

it('a brief that was held back does not prevent another on that day', async () => {
  const { talk, worker } = await capped();
  await worker.until('2026-11-19T10:00:00Z');
  await talk.say('maya', 'followup add ring the school by:today');
  await talk.say('maya', 'me time:11:00');
  await worker.until('2026-11-19T12:00:00Z');
  expect(worker.inbox('maya')).toHaveLength(4);
  expect(worker.inbox('maya')[3]).toContain('1 thing');
});

it('says that quiet hours or a pause hold a message back', async () => {
  const talk = await newTalk();
  talk.clock.set('2026-11-18T21:00:00Z');
  const worker = await newWorker(talk);
  await talk.say('maya', 'followup add book the hall by:"30 Nov 2026" who:Tom');
  await worker.sweep();
  const night = 'Held back until Thu 19 Nov 2026, 08:00: that is when the quiet';
  expect(await why(talk, 'maya', 'why hall')).toContain(`A request today to Tom: ${night}`);

  talk.clock.set('2026-11-19T12:00:00Z');
  await worker.sweep();
  await talk.say('tom', 'me pause:"1 week"');
  await talk.say('tom', 'followup add send the plan by:"20 Nov 2026"');
  await talk.say('tom', 'followup ask plan who:Maya');
  await talk.say('maya', 'followup decline plan');
  await worker.until('2026-11-19T13:00:00Z');
  expect(await why(talk, 'tom')).toContain('08:00: that is when the pause ends.');
  expect(await why(talk, 'tom', 'why plan')).toContain(
    "It's in your brief, next on Thu 26 Nov 2026, 09:00, after the pause until Thu 26 Nov.",
  );
});

it('says that a brief that was due in a downtime waits for the morning', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add send the plan by:"19 Nov 2026"');
  talk.clock.set('2026-11-19T22:00:00Z');
  await worker.sweep();
  expect(await why(talk, 'tom')).toContain('One was due on Thu 19 Nov 2026, 09:00. Quiet hours');
});

it('says that briefs became rarer by themselves, until a rhythm is chosen', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add send the plan by:"19 Nov 2026"');
  await worker.until('2026-11-24T12:00:00Z');
  const rule = 'Your weekly brief since Tue 24 Nov, after three in a row without any reaction';
  expect(await why(talk, 'grace', 'why who:@Tom')).toContain(rule.replace('Your', "Tom's"));
  // After “That's fine” it is his own choice.
  await talk.say('tom', 'fewer weekly');
  expect(await why(talk, 'tom')).toContain('Your weekly brief, as it was set');
});

it('knows that a brief was sent today, however many messages came after it', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add send the plan by:"19 Nov 2026"');
  for (const hour of [1, 2, 3, 4, 5, 6])
    await talk.say('tom', `followup add thing ${hour} by:"19 Nov 2026 ${hour}pm"`);
  await worker.until('2026-11-19T19:00:00Z');
  expect(await why(talk, 'tom')).not.toContain('None today');
});

it('says who hears of a quiet partner and when, and which briefs have told of it', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('grace', 'partner add "Local Trust" every:"4 weeks" lead:Tom');
  await talk.say('tom', 'log local trust a good talk when:"2026-10-21"');
  expect(await why(talk, 'tom', 'why local trust')).toContain(
    "It has counted as quiet since Wed 18 Nov. It's in your brief, next on Thu 19 Nov 2026, 09:00.",
  );
  await worker.until('2026-11-19T12:00:00Z');
  const answer = await talk.say('grace', 'why local trust');
  expect(answer.text).toContain(
    "again from Thu 26 Nov. It's in Tom's brief, next on Thu 26 Nov 2026, 09:00.",
  );
  expect(answer.text).toContain('A brief today to Tom: Sent on Thu 19 Nov 2026, 09:00');
  // Only the recipient and the coordinators see whose message it was.
  expect(await why(talk, 'maya', 'why local trust')).not.toContain('A brief today');

  await talk.say('tom', 'me fewer:dated');
  expect(await why(talk, 'grace', 'why local trust')).toContain(
    "Tom's briefs have only things with a date, so it's in the coordinators' briefs, next on Thu 26 Nov 2026, 09:00.",
  );
  await talk.say('tom', 'me fewer:off');
  expect(await why(talk, 'grace', 'why local trust')).toContain(
    "Tom's briefs are switched off, so it's in the coordinators' briefs, next on",
  );
  await talk.say('grace', 'partner edit local trust lead:none');
  expect(await why(talk, 'tom', 'why local trust')).toContain(
    "Nobody leads it, so it's in the coordinators' briefs, next on Thu 26 Nov 2026, 09:00.",
  );
  // What it announces is what happens.
  await worker.until('2026-11-26T09:00:00Z');
  expect(worker.inbox('grace').at(-1)).toContain('Local Trust');
});
