import { expect, it } from 'vitest';
import { buttonsOf } from '../../../src/core/message/reply.ts';
import { newTalk, type Talk, type Who } from '../../fixtures/bot.ts';
import { newWorker, type TestWorker } from '../../fixtures/worker.ts';

// What partners promised us. The clock starts on Wednesday 18 November 2026, 10:00 in London.

/** Riverside Council has promised the garden plan by Thursday 19 November. Tom keeps an eye on it. */
async function promised(words = 'garden plan'): Promise<{ talk: Talk; worker: TestWorker }> {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('grace', 'partner add "Riverside Council" lead:Tom');
  await talk.say(
    'tom',
    `followup add next:"${words}" with:"Riverside Council" whose:theirs by:"19 Nov 2026"`,
  );
  return { talk, worker };
}

const lastTo = (worker: TestWorker, who: Who) => {
  const last = worker.platform.posted.findLast(
    ({ address }) => address.to === 'user' && address.identity.user === who,
  );
  if (!last) throw new Error(`${who} has no message.`);
  return last.reply;
};

const press = async (talk: Talk, worker: TestWorker, who: Who, label: string) => {
  const button = buttonsOf(lastTo(worker, who)).find((one) => one.label === label);
  if (!button) throw new Error(`No ${label}.`);
  return talk.press(who, button);
};

it('gives the keeper a message to send on, and does not call it late', async () => {
  const { worker } = await promised();
  await worker.until('2026-11-20T09:00:00Z');
  const brief = worker.inbox('tom').at(-1);
  expect(brief).toContain("1 thing promised to us hasn't come yet.");
  expect(brief).toContain(
    '"Hello, could you let me know how the garden plan is getting on? Thank you."',
  );
  expect(brief).not.toContain('late');
  const labels = buttonsOf(lastTo(worker, 'tom')).map(({ label }) => label);
  expect(labels.slice(0, 4)).toEqual([
    "I've asked",
    'It came',
    'New day',
    'Ask someone else to help',
  ]);
});

it.each([
  [
    'Jo to send the garden plan',
    'Hello Jo, could you let me know when you can send the garden plan?',
  ],
  [
    'Riverside will send us the plan',
    'Hello, could you let me know when you can send us the plan?',
  ],
  ['Send us the lease.', 'Hello, could you let me know when you can send us the lease?'],
  ['draft plan', 'Hello, could you let me know how the draft plan is getting on?'],
  ['review the lease', 'Hello, could you let me know when you can review the lease?'],
  ['the photos', 'Hello, could you let me know how the photos are getting on?'],
  ['Their answer', 'Hello, could you let me know how their answer is getting on?'],
  ['ten chairs', 'Hello, could you let me know how the ten chairs are getting on?'],
])('of "%s" it makes a sentence that one can send', async (words, sentence) => {
  const { worker } = await promised(words);
  await worker.until('2026-11-20T09:00:00Z');
  expect(worker.inbox('tom').at(-1)).toContain(sentence);
});

it('suggests it once a week, and not in the week after somebody has asked', async () => {
  const { talk, worker } = await promised();
  await worker.until('2026-11-20T09:00:00Z');
  const mentions = () => worker.inbox('tom').filter((text) => text.includes('garden plan')).length;
  const before = mentions();
  await worker.until('2026-11-23T12:00:00Z');
  expect(mentions()).toBe(before);
  const answer = await talk.say('tom', 'followup chased garden plan');
  expect(answer.text).toContain(
    "I've noted that you asked today: garden plan. If it hasn't come, it's in your brief on Mon 30 Nov at 09:00.",
  );
  await worker.until('2026-11-30T08:59:00Z');
  expect(mentions()).toBe(before);
  await worker.until('2026-11-30T09:00:00Z');
  expect(mentions()).toBe(before + 1);
  expect(worker.inbox('tom').at(-1)).toContain('We asked on Mon 23 Nov 2026.');
  expect(worker.errors).toEqual([]);
});

it('in between it stands in today', async () => {
  const { talk, worker } = await promised();
  await worker.until('2026-11-20T09:00:00Z');
  await press(talk, worker, 'tom', "I've asked");
  const overview = await talk.say('tom', 'today');
  expect(overview.text).toContain('We asked on Fri 20 Nov.');
  expect(overview.buttons).toContain('It came');
});

it('shows in the brief what was done with it, and takes it back', async () => {
  const { talk, worker } = await promised();
  await worker.until('2026-11-20T09:00:00Z');
  const answer = await press(talk, worker, 'tom', "I've asked");
  expect(answer.text).toContain('Asked for it: garden plan');
  const undone = await talk.press('tom', 'Undo', answer);
  expect(undone.text).not.toContain('Asked for it');
  expect((await talk.say('tom', 'today')).text).not.toContain('We asked');
});

it('asking is no contact: the partner goes quiet all the same', async () => {
  const { talk, worker } = await promised();
  await talk.say('tom', 'log "Riverside Council" met them when:"12 Oct 2026"');
  await worker.until('2026-11-20T09:00:00Z');
  await talk.say('tom', 'followup chased garden plan');
  await worker.until('2026-11-23T09:00:00Z');
  expect((await talk.say('tom', 'quiet')).text).toContain('Riverside Council');
});

it('the coordinator hears after the keeper was told, of what was done and without blame', async () => {
  const { talk, worker } = await promised();
  await worker.until('2026-11-20T09:00:00Z');
  await talk.say('tom', 'followup chased garden plan');
  await worker.until('2026-11-27T09:00:00Z');
  expect(worker.inbox('tom').at(-1)).toContain(
    "If it hasn't come by Mon 30 Nov 2026, I'll tell the coordinators, so that they can help.",
  );
  await talk.say('tom', 'followup chased garden plan');
  expect(worker.inbox('grace')).toEqual([]);
  await worker.until('2026-11-30T09:00:00Z');
  const brief = worker.inbox('grace').at(-1);
  expect(brief).toContain(
    "Riverside Council promised: garden plan by Thu 19 Nov 2026. It hasn't come yet. We have asked twice, last on Fri 27 Nov 2026. Tom keeps an eye on it.",
  );
  expect(brief).not.toMatch(/late|overdue/);
  const labels = buttonsOf(lastTo(worker, 'grace')).map(({ label }) => label);
  expect(labels.slice(0, 3)).toEqual(['Ask someone else to help', 'It came', 'Show']);
  await worker.until('2026-12-04T12:00:00Z');
  expect(worker.inbox('grace')).toHaveLength(1);
});

it('hears nothing of what came, or has a new day', async () => {
  for (const line of ['followup done garden plan', 'followup later garden plan by:"10 Dec 2026"']) {
    const { talk, worker } = await promised();
    await worker.until('2026-11-27T12:00:00Z');
    await talk.say('tom', line);
    await worker.until('2026-12-09T12:00:00Z');
    expect(worker.inbox('grace')).toEqual([]);
  }
});

it('a new day that passes is asked about again', async () => {
  const { talk, worker } = await promised();
  await worker.until('2026-11-20T09:00:00Z');
  await talk.say('tom', 'followup chased garden plan');
  await talk.say('tom', 'followup later garden plan by:"23 Nov 2026"');
  await worker.until('2026-11-24T09:00:00Z');
  expect(worker.inbox('tom').at(-1)).toContain('could you let me know how the garden plan');
});

it('a coordinator who belongs to the partner hears nothing of it', async () => {
  const { talk, worker } = await promised();
  await talk.say('grace', 'member role Maya coordinator');
  await talk.say('maya', 'member tie @Grace "Riverside Council"');
  await worker.until('2026-12-07T12:00:00Z');
  expect(worker.inbox('grace').join()).not.toContain('garden plan');
  expect(worker.inbox('maya').join()).toContain('Riverside Council promised: garden plan');
});

it('cannot be said of what is ours', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'followup add send the plan by:"19 Nov 2026"');
  const answer = await talk.say('tom', 'followup chased plan');
  expect(answer.text).toContain('send the plan is ours to do');
});

it('in a holiday of the partner nobody is told to ask', async () => {
  const { talk, worker } = await promised();
  await talk.say('grace', 'settings holiday "20 Nov - 4 Dec" with:"Riverside Council"');
  await worker.until('2026-12-04T12:00:00Z');
  expect(worker.inbox('tom').join()).not.toContain('could you let me know');
  await worker.until('2026-12-07T09:00:00Z');
  expect(worker.inbox('tom').at(-1)).toContain('could you let me know');
});
