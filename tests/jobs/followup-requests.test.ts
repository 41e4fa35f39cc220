import { expect, it } from 'vitest';
import { members } from '../../src/core/domain/members/member.ts';
import { partnerships } from '../../src/core/domain/partnerships/partnership.ts';
import { type Button, buttonsOf } from '../../src/core/message/reply.ts';
import { updateWithRetry } from '../../src/core/ports/store.ts';
import { memberId, newTalk, type Talk, type Who } from '../fixtures/bot.ts';
import { newWorker, type TestWorker } from '../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London.

interface Asked {
  talk: Talk;
  worker: TestWorker;
  yes: Button;
  cannot: Button;
}

/** Maya has asked Tom, and he has received the request. */
async function asked(words = ''): Promise<Asked> {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('maya', `followup add send the plan by:"27 Nov 2026" ${words}`);
  await talk.say('maya', 'followup ask plan who:Tom');
  await worker.sweep();
  const request = worker.platform.posted.at(-1);
  const [yes, cannot] = request ? buttonsOf(request.reply) : [];
  if (!yes || !cannot) throw new Error('Tom has no request.');
  return { talk, worker, yes, cannot };
}

/** A member leaves, according to the platform. */
async function leaves(talk: Talk, who: Who): Promise<void> {
  const gone = (row: { active: boolean }) => ({ ...row, active: false });
  await updateWithRetry(talk.store.of(members), memberId(talk.id, who), (row) => ({
    ...row,
    ...gone(row),
  }));
  await updateWithRetry(talk.store.of(partnerships), talk.id, (row) => ({
    ...row,
    namesVersion: row.namesVersion + 1,
  }));
}

const mayas = async (talk: Talk) => (await talk.say('maya', 'followup list')).text;

it('the answer to Yes replaces the request, and says what a repeating one brings', async () => {
  const { talk, worker, yes } = await asked('repeat:"every friday"');
  expect(worker.inbox('tom').at(-1)).toContain('It repeats every Friday');
  const answer = await talk.press('tom', yes);
  expect(answer.reply.replaces).toBe(true);
  expect(answer.text).toContain('is yours now');
  await worker.sweep();
  expect(worker.inbox('maya').at(-1)).toContain('Tom will do it: send the plan');
});

it('the same person is not asked twice; asking another withdraws the first request', async () => {
  const { talk, worker, yes } = await asked();
  const twice = await talk.say('maya', 'followup ask plan who:Tom');
  expect(twice.text).toContain('Tom has been asked already');
  await worker.sweep();
  expect(worker.inbox('tom')).toHaveLength(1);
  const other = await talk.say('maya', 'followup ask plan who:Grace');
  expect(other.text).toContain("I'm asking Grace instead of Tom");
  expect((await talk.press('tom', yes)).text).toContain('no longer open');
  expect(await mayas(talk)).toContain('asked Grace');
});

it.each([
  ['followup done plan', 'has been done in the meantime'],
  ['followup cancel plan', 'was taken off the list in the meantime'],
  ['followup edit plan by:"30 Nov 2026"', 'no longer open'],
])('%s takes the request back', async (line, sentence) => {
  const { talk, yes, cannot } = await asked();
  const answer = await talk.say('maya', line);
  expect(answer.text).not.toContain('asked Tom');
  expect((await talk.press('tom', yes)).text).toContain(sentence);
  expect((await talk.press('tom', cannot)).text).toContain(sentence);
  expect((await talk.say('tom', 'today')).text).toContain('Nothing is waiting');
  expect((await talk.say('tom', 'followup list')).text).toContain('no open follow-ups');
});

it('an edit says that the request is withdrawn, and asks again when a button is pressed', async () => {
  const { talk, worker } = await asked();
  const answer = await talk.say('maya', 'followup edit plan next:"send both plans"');
  expect(answer.text).toContain("I've withdrawn my question to Tom");
  expect((await talk.press('maya', 'Ask Tom again', answer)).text).toContain("I'm asking Tom");
  // He was asked less than an hour ago.
  await worker.until('2026-11-18T11:00:00Z');
  expect(worker.inbox('tom').at(-1)).toContain('send both plans');
});

it('Done on one of a series withdraws its request, and does not ask for the next one', async () => {
  const { talk, yes } = await asked('repeat:"every friday"');
  await talk.say('maya', 'followup done plan');
  expect((await talk.press('tom', yes)).text).toContain('has been done in the meantime');
  expect(await mayas(talk)).not.toContain('asked Tom');
});

it('a member who has left is not asked, and cannot be given anything', async () => {
  const talk = await newTalk();
  await talk.say('maya', 'followup add send the plan by:friday');
  await leaves(talk, 'tom');
  const who = `#${memberId(talk.id, 'tom')}`;
  const refused = await talk.invoke('maya', 'followup ask', { which: 'plan', who });
  expect(refused.text).toContain('Tom has left. Who else could do it?');
  const given = await talk.invoke('grace', 'followup add', { next: 'book the hall', who });
  expect(given.text).toContain('Tom has left');
  expect((await talk.say('grace', 'followup list everyone')).text).not.toContain('book the hall');
});

it('if the person asked has left, lists say so, and somebody else can be asked', async () => {
  const { talk, worker } = await asked();
  await leaves(talk, 'tom');
  expect(await mayas(talk)).toContain('asked Tom, who has left');
  await talk.say('maya', 'followup ask plan who:Grace');
  await worker.sweep();
  expect(worker.inbox('grace').at(-1)).toContain('Maya asks: could you do this? "send the plan"');
});

it('if the asker has left, Yes still takes it', async () => {
  const { talk, worker, yes } = await asked();
  await leaves(talk, 'maya');
  expect((await talk.press('tom', yes)).text).toContain('is yours now');
  await worker.sweep();
  expect(worker.inbox('maya')).toEqual([]);
  expect(worker.errors).toEqual([]);
});

it('if the asker has left, coordinators hear of a no, and can ask somebody else', async () => {
  const { talk, worker, cannot } = await asked();
  await leaves(talk, 'maya');
  expect((await talk.press('tom', cannot)).text).toContain("I've let the coordinators know");
  await worker.sweep();
  expect(worker.inbox('grace').at(-1)).toContain(
    "Tom can't take send the plan this time. It was Maya's, and Maya has left. Could somebody else?",
  );
  const notice = worker.platform.posted.at(-1);
  const ask = notice && buttonsOf(notice.reply)[0];
  if (!ask) throw new Error('The coordinator is offered nothing.');
  expect((await talk.press('grace', ask)).form?.fields.map(({ name }) => name)).toEqual(['who']);
});

it('a no tells the asker who still has it', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('grace', 'followup add send the plan by:friday');
  await talk.say('tom', 'followup ask plan who:Maya');
  await talk.press('maya', "Sorry, can't", await talk.say('maya', 'today'));
  await worker.sweep();
  expect(worker.inbox('tom').at(-1)).toContain("It's still Grace's");
});
