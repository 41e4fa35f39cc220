import { expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { deliveries } from '../../src/core/domain/deliveries/delivery.ts';
import { newTalk } from '../fixtures/bot.ts';
import { newWorker } from '../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London.

it('sends a reminder once, at its clock time, and the answer to Done replaces it', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add ring the school by:"today 3pm"');

  await worker.until('2026-11-18T14:59:59Z');
  expect(worker.inbox('tom')).toEqual([]);
  await worker.until('2026-11-18T15:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  expect(worker.inbox('tom')[0]).toContain('A reminder: ring the school');
  await worker.until('2026-11-19T08:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);

  const [sent] = worker.platform.posted;
  const buttons =
    sent?.reply.card?.flatMap((block) => ('buttons' in block ? block.buttons : [])) ?? [];
  const done = buttons.find((button) => button.label === 'Done');
  if (!done) throw new Error('The reminder has no Done.');
  const first = await talk.press('tom', done);
  expect(first.text).toContain('Done, thank you: ring the school');
  expect(first.reply.replaces).toBe(true);
  const second = await talk.press('tom', done);
  expect(second.text).toContain('is done already');
  expect(worker.errors).toEqual([]);
});

it('sends a worker one brief on working mornings, only if there is something', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await worker.until('2026-11-19T12:00:00Z');
  expect(worker.inbox('tom')).toEqual([]);

  await talk.say('tom', 'followup add send the plan by:friday');
  await talk.say('tom', 'followup add book the hall by:saturday');
  await worker.until('2026-11-20T08:59:59Z');
  expect(worker.inbox('tom')).toEqual([]);
  await worker.until('2026-11-20T09:00:00Z');
  // On a Friday also what is due before Monday.
  expect(worker.inbox('tom')).toHaveLength(1);
  expect(worker.inbox('tom')[0]).toContain('2 things');
  expect(worker.inbox('tom')[0]).toContain('send the plan');
  expect(worker.inbox('tom')[0]).toContain('book the hall');

  await worker.until('2026-11-22T23:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  await worker.until('2026-11-23T09:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(2);
  expect(worker.inbox('tom')[1]).toContain('2 things are late');
  expect(worker.inbox('maya')).toEqual([]);
});

it('sends it at nine also after both changes of the London clock', async () => {
  const talk = await newTalk();
  talk.clock.set('2026-10-23T12:00:00Z');
  const worker = await newWorker(talk);
  await talk.say('tom', 'me days:mon,tue,wed,thu,fri,sat,sun');
  await talk.say('tom', 'followup add send the plan by:"24 Oct 2026"');
  await worker.until('2026-10-24T08:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  await worker.until('2026-10-25T08:59:59Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  await worker.until('2026-10-25T09:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(2);

  talk.clock.set('2027-03-27T12:00:00Z');
  await worker.sweep();
  const before = worker.inbox('tom').length;
  await worker.until('2027-03-28T07:59:59Z');
  expect(worker.inbox('tom')).toHaveLength(before);
  await worker.until('2027-03-28T08:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(before + 1);
});

it('after a downtime sends one brief and every timed reminder, but no digest over a day late', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('grace', 'digest schedule channel:<#news> day:friday at:9am');
  await talk.say('tom', 'log "Local Trust" rang them', 'first');
  await talk.say('tom', 'followup add send the plan by:"19 Nov 2026"');
  await talk.say('tom', 'followup add ring the school by:"19 Nov 2026 3pm"');
  await talk.say('tom', 'followup add ring the library by:"20 Nov 2026 3pm"');

  talk.clock.set('2026-11-24T12:00:00Z');
  await worker.sweep();
  const inbox = worker.inbox('tom');
  expect(inbox.filter((text) => text.startsWith('A reminder'))).toHaveLength(2);
  expect(inbox.filter((text) => text.startsWith('Hello'))).toHaveLength(1);
  expect(worker.channel('news')).toEqual([]);
  await worker.until('2026-11-27T09:00:00Z');
  expect(worker.channel('news')).toHaveLength(1);
});

it('posts the digest on its day: facts, without notes or titles; and says so after a long time without news', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('grace', 'partner add Local Trust');
  await talk.say('grace', 'digest schedule channel:<#news> day:friday at:9am');
  await talk.say(
    'tom',
    'log Local Trust rang Jane about the grant next:"send Jane the budget" by:"24 Nov 2026"',
  );
  await worker.until('2026-11-20T09:00:00Z');
  const [digest] = worker.channel('news');
  expect(digest).toContain('In touch with Local Trust');
  expect(digest).toContain('1 promise is due');
  expect(digest).not.toMatch(/Jane|grant|budget/);

  await talk.say('tom', 'followup cancel budget');
  await worker.until('2026-12-18T08:00:00Z');
  expect(worker.channel('news')).toHaveLength(1);
  await worker.until('2026-12-18T09:00:00Z');
  expect(worker.channel('news')).toHaveLength(2);
  expect(worker.channel('news')[1]).toContain('no contact has been noted for 4 weeks');
});

it('tells the lead that a partner has gone quiet, not too early, not daily, and not after a contact', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'partner add Local Trust lead:me every:"4 weeks"');
  await talk.say('tom', 'log Local Trust a good talk when:today');
  await worker.until('2026-12-15T12:00:00Z');
  expect(worker.inbox('tom')).toEqual([]);
  await worker.until('2026-12-16T09:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  expect(worker.inbox('tom')[0]).toContain('Local Trust');
  await worker.until('2026-12-22T12:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  await worker.until('2026-12-23T09:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(2);

  // A contact without an answer does not count.
  await talk.say('tom', 'log Local Trust tried again noreply');
  await worker.until('2026-12-30T09:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(3);
  await talk.say('tom', 'log Local Trust spoke at last');
  await worker.until('2027-01-20T12:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(3);
});

it('asks the other first: it is theirs only after a yes, and the asker is told', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('maya', 'followup add send the plan by:"20 Nov 2026" who:Tom');
  await worker.sweep();
  expect(worker.inbox('tom')[0]).toContain('Maya asks: could you do this? "send the plan"');
  const request = worker.platform.posted[0]?.reply.card?.flatMap((block) =>
    'buttons' in block ? block.buttons : [],
  );
  const yes = request?.find((button) => button.label === 'Yes');
  if (!yes) throw new Error('The request has no Yes.');
  await talk.press('tom', yes);
  await worker.sweep();
  expect(worker.inbox('maya')[0]).toContain('Tom will do it: send the plan');
  await worker.until('2026-11-20T09:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(2);
  expect(worker.inbox('maya')).toHaveLength(1);
});

it('records every message in the ledger', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add ring the school by:"today 3pm"');
  await worker.until('2026-11-18T15:00:00Z');
  const [row] = await collect(talk.store.of(deliveries).all({ index: 'byRecipient' }));
  expect(row).toMatchObject({
    kind: 'reminder',
    state: 'sent',
    messageId: 'message-1',
    attempts: 1,
  });
});
