import { expect, it } from 'vitest';
import { newTalk, type Talk, type Who } from '../../fixtures/bot.ts';
import { newWorker, type TestWorker } from '../../fixtures/worker.ts';

// Who hears that a partner is quiet. The clock starts on Wednesday 18 November 2026, 10:00 in London.

/** Oakfield School goes quiet on Monday 23 November. @param lead the user who leads it */
async function goingQuiet(lead: string | null = 'Tom') {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  const leads = lead === null ? '' : ` lead:${lead}`;
  await talk.say('grace', `partner add "Oakfield School" every:"6 weeks"${leads}`);
  await talk.say('grace', 'log "Oakfield School" met them when:"12 Oct 2026"');
  return { talk, worker };
}

const heard = (worker: TestWorker, who: Who, text = 'Oakfield School: 6 weeks since') =>
  worker.inbox(who).filter((message) => message.includes(text));

it('its lead hears of it, and the coordinator does not', async () => {
  const { worker } = await goingQuiet();
  await worker.until('2026-11-23T12:00:00Z');
  expect(heard(worker, 'tom')).toHaveLength(1);
  expect(heard(worker, 'grace')).toEqual([]);
});

it.each([
  [
    'hears only of things with a date',
    'tom',
    'me fewer:dated',
    'hears only of things with a date.',
  ],
  ['gets no briefs', 'tom', 'me fewer:off', 'gets no briefs.'],
  ['is away', 'tom', 'me pause:"7 Dec 2026"', 'is away until Mon 7 Dec 2026.'],
])('if its lead %s, the coordinator hears of it, and why', async (_, who, line, why) => {
  const { talk, worker } = await goingQuiet();
  await talk.say(who, line);
  await worker.until('2026-11-23T12:00:00Z');
  expect(heard(worker, 'tom')).toEqual([]);
  expect(heard(worker, 'grace')).toHaveLength(1);
  expect(heard(worker, 'grace')[0]).toContain(`Tom leads it, and ${why}`);
  expect(heard(worker, 'grace')[0]).toContain('One partner has gone quiet.');
});

it('a lead who is back in a day or two hears of it then', async () => {
  const { talk, worker } = await goingQuiet();
  await talk.say('tom', 'me pause:"25 Nov 2026"');
  await worker.until('2026-11-25T12:00:00Z');
  expect(heard(worker, 'grace')).toEqual([]);
  expect(heard(worker, 'tom')).toHaveLength(1);
});

it('if its lead was stepped back to dated things, the coordinator hears of it', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('maya', 'followup add send the photos by:"19 Nov 2026"');
  await talk.say('grace', 'partner add "Oakfield School" every:"9 weeks" lead:Maya');
  await talk.say('grace', 'log "Oakfield School" met them when:"26 Oct 2026"');
  await worker.until('2026-12-27T12:00:00Z');
  expect(await talk.member('maya')).toMatchObject({ rhythm: 'dated' });
  await worker.until('2026-12-29T12:00:00Z');
  expect(heard(worker, 'maya', 'Oakfield School: 9 weeks since')).toEqual([]);
  expect(heard(worker, 'grace', 'Maya leads it, and hears only')).toHaveLength(1);
});

it('using it gives the old rhythm back', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add send the plan by:"19 Nov 2026"');
  await worker.until('2026-11-24T12:00:00Z');
  expect(worker.inbox('tom').at(-1)).toContain(
    "from now on I'll write once a week, until I hear from you.",
  );
  expect(await talk.member('tom')).toMatchObject({ rhythm: 'weekly' });
  await talk.say('tom', 'quiet');
  expect(await talk.member('tom')).toMatchObject({ rhythm: 'daily', steppedBackAt: null });
  const count = worker.inbox('tom').length;
  await worker.until('2026-11-25T12:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(count + 1);
});

it('gives a member the weekly brief back', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('maya', 'followup add send the photos by:"19 Nov 2026"');
  await worker.until('2026-12-22T12:00:00Z');
  expect(await talk.member('maya')).toMatchObject({ rhythm: 'dated' });
  const said = await talk.say('maya', 'today');
  expect(said.text).toContain('comes once a week');
  expect(await talk.member('maya')).toMatchObject({ rhythm: 'daily', steppedBackAt: null });
});

it('does not take back what was chosen on the brief that said so', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add send the plan by:"19 Nov 2026"');
  await worker.until('2026-11-24T12:00:00Z');
  await talk.say('tom', 'fewer weekly');
  await talk.say('tom', 'quiet');
  expect(await talk.member('tom')).toMatchObject({ rhythm: 'weekly', steppedBackAt: null });
});

it('briefs are not ignored when others do what they name', async () => {
  const { talk, worker } = await goingQuiet();
  await talk.say('tom', 'followup add send the plan by:"19 Nov 2026"');
  await talk.say('tom', 'followup add ring the school by:"19 Nov 2026"');
  await worker.until('2026-11-23T12:00:00Z');
  await talk.say('grace', 'followup done ring the school');
  await worker.until('2026-11-24T12:00:00Z');
  expect(worker.inbox('tom').join()).not.toContain('responded to your last');

  await worker.until('2026-11-25T12:00:00Z');
  await talk.say('maya', 'log "Oakfield School" had a good talk');
  await worker.until('2026-11-26T12:00:00Z');
  expect(worker.inbox('tom').join()).not.toContain('responded to your last');
});

it('once a week means once a week, but for what has a day', async () => {
  const { talk, worker } = await goingQuiet('Maya');
  await talk.say('grace', 'partner add "Hill Club" every:"6 weeks" lead:Maya');
  await talk.say('tom', 'log "Hill Club" met them when:"14 Oct 2026"');
  await talk.say('maya', 'followup add send the photos by:"10 Nov 2027"');
  await talk.say('tom', 'followup add bring cake by:"20 Jan 2027" who:Maya');
  await worker.until('2026-11-19T12:00:00Z');
  const before = worker.inbox('maya').length;
  const briefs = () =>
    worker
      .inbox('maya')
      .slice(before)
      .filter((text) => text.startsWith('Hello'));
  await worker.until('2026-11-29T12:00:00Z');
  expect(briefs()).toHaveLength(1);
  expect(briefs()[0]).toContain('Oakfield School');
  expect(briefs()[0]).not.toContain('Hill Club');
  await worker.until('2026-11-30T12:00:00Z');
  expect(briefs()).toHaveLength(2);
  expect(briefs()[1]).toContain('Hill Club');
  await talk.say('maya', 'followup add ring the library by:"3 Dec 2026"');
  await worker.until('2026-12-06T12:00:00Z');
  expect(briefs()).toHaveLength(3);
  expect(briefs()[2]).toContain('ring the library');
});

/** Tom is on leave until Wednesday 9 December, and has a promise that was due on 19 November. */
async function onLeave(): Promise<{ talk: Talk; worker: TestWorker }> {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add send the plan by:"19 Nov 2026"');
  await talk.say('tom', 'me pause:"9 Dec 2026"');
  return { talk, worker };
}

it('after leave, the first brief greets, calls nothing late and warns of nothing', async () => {
  const { talk, worker } = await onLeave();
  await talk.say('grace', 'followup add order the cake by:"9 Dec 2026" who:Tom');
  await worker.until('2026-12-09T09:00:00Z');
  const first = worker.inbox('tom').at(-1);
  expect(first).toContain(
    'Welcome back, Tom. 1 thing has waited for you, and 1 thing is due today.',
  );
  expect(first).toContain('send the plan');
  expect(first).not.toMatch(/late|coordinators/);
  expect((await talk.say('tom', 'today')).text).not.toContain('late');
  expect(worker.inbox('grace').join()).not.toContain('Needs a hand');
  await worker.until('2026-12-10T09:00:00Z');
  expect(worker.inbox('tom').at(-1)).toContain('Hello Tom. 2 things are late.');
  expect(worker.inbox('tom').at(-1)).toContain(
    "If it is still open on Fri 11 Dec 2026, I'll tell the coordinators.",
  );
  await worker.until('2026-12-10T12:00:00Z');
  expect(worker.inbox('grace').join()).not.toContain('Needs a hand');
  await worker.until('2026-12-11T12:00:00Z');
  expect(worker.inbox('grace').at(-1)).toContain('Needs a hand: send the plan');
});

it('nobody hears during leave what the owner was warned of before it, and the owner hears again first', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add send the plan by:"19 Nov 2026"');
  for (const day of ['20', '23', '25']) {
    await worker.until(`2026-11-${day}T12:00:00Z`);
    await talk.say('tom', 'today');
  }
  await worker.until('2026-11-26T12:00:00Z');
  expect(worker.inbox('tom').at(-1)).toContain('on Mon 30 Nov 2026, I');
  await talk.say('tom', 'me pause:"9 Dec 2026"');
  await worker.until('2026-12-09T12:00:00Z');
  expect(worker.inbox('grace')).toEqual([]);
  expect((await talk.say('grace', 'today')).text).not.toContain('send the plan');
  await worker.until('2026-12-10T09:00:00Z');
  expect(worker.inbox('tom').at(-1)).toContain('on Fri 11 Dec 2026, I');
  expect(worker.inbox('grace')).toEqual([]);
  await worker.until('2026-12-11T12:00:00Z');
  expect(worker.inbox('grace').at(-1)).toContain('Needs a hand: send the plan');
});

it('what was given to somebody on leave is not late on their first day back', async () => {
  const { talk, worker } = await onLeave();
  await talk.say('grace', 'followup add book the hall by:"25 Nov 2026" who:Tom');
  await worker.until('2026-12-09T12:00:00Z');
  const all = worker.inbox('tom').join();
  expect(all).toContain('book the hall');
  expect(all).not.toMatch(/late|tell the coordinators/);
});
