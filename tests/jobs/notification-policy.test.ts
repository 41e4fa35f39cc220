import { expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { followups } from '../../src/core/domain/followups/followup.ts';
import { newTalk, type Talk } from '../fixtures/bot.ts';
import { newWorker } from '../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London.

async function from(iso: string): Promise<Talk> {
  const talk = await newTalk();
  talk.clock.set(iso);
  return talk;
}

it('sends nothing on bank holidays but the digest, and tells the working day before what is due on them', async () => {
  const talk = await from('2026-12-23T12:00:00Z');
  const worker = await newWorker(talk);
  await talk.say('grace', 'digest schedule channel:<#news> day:monday at:9am');
  for (const day of ['25 Dec 2026', '28 Dec 2026', '29 Dec 2026'])
    await talk.say('tom', `followup add promise of ${day} by:"${day}"`);
  await worker.until('2026-12-24T09:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  expect(worker.inbox('tom')[0]).toContain('2 things');
  expect(worker.inbox('tom')[0]).not.toContain('promise of 29 Dec');
  await worker.until('2026-12-29T08:59:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  expect(worker.channel('news')).toHaveLength(1);
  await worker.until('2026-12-29T09:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(2);
  expect(worker.inbox('tom')[1]).toContain('promise of 29 Dec');
  expect(worker.errors).toEqual([]);
});

it('uses the bank holidays of the chosen calendar', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'settings calendar:scotland');
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add send the plan by:"30 Nov 2026"');
  await worker.until('2026-11-27T09:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  await worker.until('2026-11-30T12:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  await talk.say('grace', 'settings calendar:england-and-wales');
  await worker.until('2026-12-25T12:00:00Z');
  expect(await talk.member('tom')).toMatchObject({ briefDay: '2026-12-29' });
  await talk.say('grace', 'settings calendar:scotland');
  talk.clock.set('2026-12-31T12:00:00Z');
  await talk.say('tom', 'me time:9:15');
  expect(await talk.member('tom')).toMatchObject({ briefDay: '2027-01-05' });
});

it('a follow-up without a day is due on the first working day after a week', async () => {
  const talk = await from('2026-12-21T12:00:00Z');
  await talk.say('tom', 'followup add ring the school');
  const [row] = await collect(
    talk.store.of(followups).all({ index: 'byDueDay', where: { state: 'open' } }),
  );
  expect(row).toMatchObject({ dueDay: '2026-12-29' });
});

it('the weekly brief is sent on the first working day, and covers the week up to the next one', async () => {
  const talk = await from('2026-12-18T12:00:00Z');
  const worker = await newWorker(talk);
  await talk.say('maya', 'followup add ring the school by:"28 Dec 2026"');
  await talk.say('maya', 'followup add ring the library by:"3 Jan 2027"');
  await worker.until('2026-12-21T09:00:00Z');
  expect(worker.inbox('maya')).toHaveLength(1);
  expect(worker.inbox('maya')[0]).toContain('ring the school');
  expect(worker.inbox('maya')[0]).not.toContain('ring the library');
  await worker.until('2026-12-29T09:00:00Z');
  expect(worker.inbox('maya').at(-1)).toContain('ring the library');
});

it('holds requests and answers back in quiet hours, but not reminders with a time', async () => {
  const talk = await from('2026-11-18T21:00:00Z');
  const worker = await newWorker(talk);
  // His brief does not come within the hour, so it does not say it instead.
  await talk.say('tom', 'me time:11:00');
  await talk.say('tom', 'followup add feed the cat by:"today 10pm"');
  await talk.say('maya', 'followup add send the plan by:"30 Nov 2026" who:Tom');
  await worker.until('2026-11-19T07:59:59Z');
  expect(worker.inbox('tom')).toEqual([expect.stringContaining('A reminder: feed the cat')]);
  await worker.until('2026-11-19T08:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(2);
  expect(worker.inbox('tom')[1]).toContain('Maya asks');
});

it('does not send in the morning a request that was withdrawn in the night', async () => {
  const talk = await from('2026-11-18T21:00:00Z');
  const worker = await newWorker(talk);
  await talk.say('maya', 'followup add send the plan by:"30 Nov 2026" who:Tom');
  await worker.sweep();
  await talk.say('maya', 'followup cancel plan');
  await worker.until('2026-11-19T12:00:00Z');
  expect(worker.inbox('tom')).toEqual([]);
  expect(worker.errors).toEqual([]);
});

it('keeps to the cap also when several messages are due at once', async () => {
  const talk = await from('2026-11-18T19:50:00Z');
  const worker = await newWorker(talk);
  const things = ['tea', 'cake', 'chairs', 'tables', 'songs'];
  for (const thing of things)
    await talk.say('maya', `followup add bring ${thing} by:"18 Dec 2026" who:Tom`);
  talk.clock.set('2026-11-18T21:00:00Z');
  for (const thing of things) {
    await talk.say('tom', `followup decline ${thing}`);
    talk.clock.move({ seconds: 1 });
  }
  await worker.until('2026-11-20T12:00:00Z');
  expect(worker.inbox('maya')).toHaveLength(3);
  await worker.until('2026-11-23T12:00:00Z');
  expect(worker.inbox('maya')).toHaveLength(4);
  expect(worker.inbox('maya')[3]).toContain('bring songs');
});

it('requests of one night are one message, which counts once', async () => {
  const talk = await from('2026-11-18T21:00:00Z');
  const worker = await newWorker(talk);
  for (const thing of ['tea', 'cake', 'chairs', 'tables', 'songs']) {
    await talk.say('tom', `followup add bring ${thing} by:"18 Dec 2026" who:Maya`);
    talk.clock.move({ seconds: 1 });
  }
  await worker.until('2026-11-19T08:30:00Z');
  expect(worker.inbox('maya')).toHaveLength(1);
  expect(worker.inbox('maya')[0]).toContain('5 requests are waiting for you.');
  expect(worker.inbox('maya')[0]).toContain('bring songs');
});

it('ends quiet hours in the reader’s zone, also when the clocks change', async () => {
  const talk = await from('2027-03-27T20:30:00Z');
  const worker = await newWorker(talk);
  await talk.say('tom', 'me zone:America/New_York');
  await talk.say('maya', 'followup add send the plan by:"30 Apr 2027" who:Tom');
  await talk.say('tom', 'followup add ring the school by:"30 Apr 2027" who:Maya');
  await worker.sweep();
  // Half past four in the afternoon in New York; half past eight in the evening in London.
  expect(worker.inbox('tom')).toHaveLength(1);
  expect(worker.inbox('maya')).toEqual([]);
  await worker.until('2027-03-28T06:59:59Z');
  expect(worker.inbox('maya')).toEqual([]);
  await worker.until('2027-03-28T07:00:00Z');
  expect(worker.inbox('maya')).toHaveLength(1);
});

it('has no quiet hours for a member who wants none', async () => {
  const talk = await from('2026-11-18T21:00:00Z');
  const worker = await newWorker(talk);
  const answer = await talk.say('tom', 'me quiet-hours:none');
  expect(answer.text).toContain('No quiet hours');
  await talk.say('maya', 'followup add send the plan by:"30 Nov 2026" who:Tom');
  await worker.sweep();
  expect(worker.inbox('tom')).toHaveLength(1);
  expect((await talk.say('tom', 'me quiet-hours:usual')).text).toContain('20:00-08:00');
  expect((await talk.say('tom', 'me quiet-hours:evenings')).text).toContain('Try "20:00-08:00"');
});

it('a brief whose time is in quiet hours is sent at their end, and the settings say so', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  const answer = await talk.say('tom', 'me time:7:30');
  expect(answer.text).toContain('at 08:00 (07:30 is in your quiet hours');
  await talk.say('tom', 'followup add send the plan by:"19 Nov 2026"');
  await worker.until('2026-11-19T07:59:59Z');
  expect(worker.inbox('tom')).toEqual([]);
  await worker.until('2026-11-19T08:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  await talk.say('grace', 'settings quiet-hours:"21:00-07:00"');
  await worker.until('2026-11-20T07:30:00Z');
  expect(worker.inbox('tom')).toHaveLength(2);
});

it('after a downtime that ends in the night it waits for the morning, and then sends one brief', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add send the plan by:"19 Nov 2026"');
  talk.clock.set('2026-11-19T22:00:00Z');
  await worker.sweep();
  expect(worker.inbox('tom')).toEqual([]);
  await worker.until('2026-11-20T12:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
});

it('holds everything back in a pause but the reminders that the member set', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add send the plan by:"18 Dec 2026" who:Maya');
  await worker.sweep();
  await talk.say('tom', 'followup add ring the school by:"20 Nov 2026 3pm"');
  await talk.say('tom', 'me pause:"1 week"');
  await talk.say('maya', 'followup accept plan');
  await talk.say('maya', 'followup add book the hall by:"18 Dec 2026" who:Tom');
  await worker.until('2026-11-25T07:59:59Z');
  expect(worker.inbox('tom')).toEqual([expect.stringContaining('A reminder: ring the school')]);
  await worker.until('2026-11-25T08:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(2);
  expect(worker.inbox('tom')[1]).toContain('Maya will do it: send the plan');
  await worker.until('2026-11-25T12:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(3);
  expect(worker.inbox('tom')[2]).toContain('Maya asks: could you do this? book the hall');
});

it('a member gets no more than the cap in a week: the next weekly brief has the rest', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  for (const thing of ['tea', 'cake', 'chairs', 'tables', 'songs']) {
    await talk.say('maya', `followup add bring ${thing} by:"18 Dec 2026" who:Tom`);
    await talk.say('tom', `followup decline ${thing}`);
    await worker.sweep();
  }
  await talk.say('maya', 'followup add ring the school by:"20 Nov 2026"');
  expect(worker.inbox('maya')).toHaveLength(3);
  // A follow-up due that day is still answer.
  await worker.until('2026-11-20T09:00:00Z');
  expect(worker.inbox('maya')).toHaveLength(4);
  expect(worker.inbox('maya')[3]).toContain('ring the school');
  await talk.say('maya', 'followup done school');
  await worker.until('2026-11-23T08:59:00Z');
  expect(worker.inbox('maya')).toHaveLength(4);
  await worker.until('2026-11-23T15:00:00Z');
  expect(worker.inbox('maya')).toHaveLength(5);
  expect(worker.inbox('maya')[4]).toContain("Also: Tom can't take bring tables");
  expect(worker.inbox('maya')[4]).toContain("Also: Tom can't take bring songs");
  expect(worker.errors).toEqual([]);
});

it('sends what was over the cap by itself if no brief is sent, and has no cap if none is set', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('maya', 'me fewer:off');
  await talk.say('grace', 'settings cap:1');
  for (const thing of ['tea', 'cake']) {
    await talk.say('tom', `followup add bring ${thing} by:"18 Dec 2026" who:Maya`);
    await worker.sweep();
  }
  expect(worker.inbox('maya')).toHaveLength(1);
  await worker.until('2026-11-23T12:00:00Z');
  expect(worker.inbox('maya')).toHaveLength(2);
  await talk.say('grace', 'settings cap:none');
  await worker.until('2026-11-23T13:00:00Z');
  await talk.say('tom', 'followup add bring chairs by:"18 Dec 2026" who:Maya');
  await worker.sweep();
  expect(worker.inbox('maya')).toHaveLength(3);
  expect((await talk.say('maya', 'settings')).text).toContain('any number of messages');
});
