import { beforeEach, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { interests } from '../../../src/core/domain/interests/interest.ts';
import { buttonsOf } from '../../../src/core/message/reply.ts';
import { newTalk, type Talk } from '../../fixtures/bot.ts';
import { newWorker } from '../../fixtures/worker.ts';

// The fixture's time begins on Wednesday 18 November 2026, 10:00 in London.

let talk: Talk;
beforeEach(async () => {
  talk = await newTalk();
  await talk.say('grace', 'partner add "The Shores Centre"');
  await talk.say('grace', 'partner add "Oakfield School"');
  return () => expect(talk.errors).toEqual([]);
});

it('is declared by oneself, listed with its day, and ended', async () => {
  const said = await talk.say('tom', 'me interest shores centre trustee');
  expect(said.text).toContain(
    'Noted: you have an interest in The Shores Centre (trustee, since Wed 18 Nov).',
  );
  talk.clock.move({ days: 1 });
  await talk.say('tom', 'me interest shores centre family');
  await talk.say('maya', 'me interest oakfield school job');
  expect((await talk.say('tom', 'interests')).text).toContain(
    'You: The Shores Centre (trustee, since Wed 18 Nov)\n' +
      'You: The Shores Centre (family, since Thu 19 Nov)',
  );
  // Members see their own, coordinators see all.
  expect((await talk.say('maya', 'interests')).text).not.toContain('Shores');
  const all = await talk.say('grace', 'interests');
  expect(all.text).toContain('Tom: The Shores Centre (trustee, since Wed 18 Nov)');
  expect(all.text).toContain('Maya: Oakfield School (works there, since Thu 19 Nov)');
  await talk.say('tom', 'me interest shores centre family off');
  const left = await talk.say('tom', 'interests');
  expect(left.text).toContain('trustee');
  expect(left.text).not.toContain('(family');
  await talk.press('tom', 'No longer', left);
  expect((await talk.say('tom', 'interests')).text).toContain('You have declared no interest.');
  const none = await talk.say('tom', 'me interest shores centre off');
  expect(none.text).toContain('You have declared no such interest');
});

it('declared twice is there once, with its first day; declared anew it has the new day', async () => {
  await talk.say('tom', 'me interest shores centre trustee');
  talk.clock.move({ days: 1 });
  await talk.say('tom', 'me interest shores centre trustee');
  expect((await talk.say('tom', 'interests')).text).toContain('since Wed 18 Nov');
  await talk.say('tom', 'me interest shores centre off');
  const again = await talk.say('tom', 'me interest shores centre trustee');
  expect(again.text).toContain('since Thu 19 Nov');
  await talk.press('tom', 'Undo', again);
  expect((await talk.say('tom', 'interests')).text).toContain('no interest');
});

it('is shown to whoever makes them lead or gives them something, and hides nothing', async () => {
  await talk.say('tom', 'me interest shores centre trustee');
  const sentence = 'Tom declared an interest in The Shores Centre (trustee, since Wed 18 Nov).';
  for (const line of [
    'partner edit shores centre lead:@Tom',
    'followup add send the plan with:"shores centre" who:@Tom',
    'followup add ring them with:"shores centre"',
    'followup ask ring them who:@Tom',
    'log shores centre met next:"book the hall" who:@Tom',
  ]) {
    const { text } = await talk.say('maya', line);
    if (line.includes('@Tom')) expect(text, line).toContain(sentence);
    else expect(text, line).not.toContain('declared');
  }
  expect((await talk.say('grace', 'partner edit oakfield school lead:@Tom')).text).not.toContain(
    'declared',
  );
  expect((await talk.say('tom', 'partner show shores centre')).text).toContain('send the plan');
});

it('is asked about again a year later, with one press, outside quiet hours', async () => {
  talk.clock.set('2026-11-18T23:00:00Z');
  const worker = await newWorker(talk);
  await talk.say('tom', 'me interest shores centre trustee');
  await talk.say('tom', 'me fewer:off');
  talk.clock.set('2027-11-18T12:00:00Z');
  await worker.until('2027-11-19T07:59:00Z');
  expect(worker.inbox('tom')).toEqual([]);
  await worker.until('2027-11-19T08:00:00Z');
  expect(worker.inbox('tom')).toEqual([
    'You declared an interest in The Shores Centre (trustee, since Wed 18 Nov 2026). Is it still so?',
  ]);
  const [still, no] = buttonsOf(worker.platform.posted.at(-1)?.reply ?? { text: [] });
  if (!still || !no) throw new Error('There are no buttons.');
  expect((await talk.press('tom', still)).text).toContain('You still have an interest');
  expect((await talk.press('maya', no)).text).toContain("I don't have that interest");
  talk.clock.set('2028-11-18T12:00:00Z');
  await worker.until('2028-11-19T09:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(2);
  expect((await talk.press('tom', no)).text).toContain('you no longer have an interest');
  talk.clock.set('2029-11-18T12:00:00Z');
  await worker.until('2029-11-20T09:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(2);
  expect(worker.errors).toEqual([]);
});

it('of somebody who has left ends when it would be asked about', async () => {
  const worker = await newWorker(talk);
  await talk.say('tom', 'me interest shores centre trustee');
  await talk.say('grace', 'member left @Tom to:none');
  expect((await talk.say('grace', 'interests')).text).toContain('Nobody has declared');
  talk.clock.set('2027-11-18T08:00:00Z');
  await worker.until('2027-11-20T09:00:00Z');
  expect(worker.inbox('tom')).toEqual([]);
  expect(await collect(talk.store.of(interests).all({ index: 'byDay' }))).toMatchObject([
    { endedAt: expect.any(Date), nextRunAt: null },
  ]);
});
