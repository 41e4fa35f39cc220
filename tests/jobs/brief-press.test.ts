import { expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { followups } from '../../src/core/domain/followups/followup.ts';
import { type Button, buttonsOf, type Card, type Reply } from '../../src/core/message/reply.ts';
import { plainText } from '../../src/core/message/rich-text.ts';
import { newTalk, type Said, type Talk, type Who, ZONE } from '../fixtures/bot.ts';
import { newWorker, type TestWorker } from '../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London. Briefs are sent at nine.

/** The last brief that a member was sent. */
function briefOf(worker: TestWorker, who: Who): Reply {
  const sent = worker.platform.posted.findLast(
    ({ address, reply }) =>
      address.to === 'user' &&
      address.identity.user === who &&
      buttonsOf(reply).some(({ label }) => label === 'Fewer of these'),
  );
  if (!sent) throw new Error(`${who} has had no brief.`);
  return sent.reply;
}

/** A button of the row that is about something, or of the whole message. */
function button(reply: Reply, label: string, about?: string): Button {
  const blocks: Card = (reply.card ?? []).filter(
    (block) => !about || ('text' in block && plainText(block.text, ZONE).includes(about)),
  );
  const found = buttonsOf({ text: [], card: blocks }).find((each) => each.label.startsWith(label));
  if (!found) throw new Error(`No ${label} about ${about ?? 'all'}.`);
  return found;
}

const lines = (reply: Reply) =>
  (reply.card ?? [])
    .map((block) => ('text' in block ? plainText(block.text, ZONE) : ''))
    .join('\n');

async function withBrief(titles: readonly string[]): Promise<{ talk: Talk; worker: TestWorker }> {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  for (const title of titles) await talk.say('tom', `followup add ${title} by:"19 Nov 2026"`);
  await worker.until('2026-11-19T09:00:00Z');
  return { talk, worker };
}

const byDays = async (talk: Talk) => {
  const rows = await collect(
    talk.store.of(followups).all({ index: 'byDueDay', where: { state: 'open' } }),
  );
  return rows.map(({ title, dueDay }) => `${title} ${dueDay}`).toSorted();
};

it('Done in a brief is answered in that brief with an Undo, which brings the row back', async () => {
  const { talk, worker } = await withBrief(['send the plan', 'book the hall']);
  const brief = briefOf(worker, 'tom');
  const done = await talk.press('tom', button(brief, 'Done', 'send the plan'));
  expect(done.reply.replaces).toBe(true);
  expect(plainText(done.reply.text, ZONE)).toBe('Hello Tom. 1 of 2 is still waiting for you.');
  expect(lines(done.reply)).toMatch(/Done, thank you: send the plan[\s\S]*Done: send the plan/);
  expect(() => button(done.reply, 'Done', 'Done: send the plan')).toThrow();

  const both = await talk.press('tom', button(done.reply, 'Done', 'book the hall'));
  expect(plainText(both.reply.text, ZONE)).toContain('All sorted, Tom');

  const undone = await talk.press('tom', button(done.reply, 'Undo'));
  expect(undone.reply.replaces).toBe(true);
  expect(lines(undone.reply)).toContain('Undone');
  expect(button(undone.reply, 'Done', 'send the plan')).toBeDefined();
  expect(lines(undone.reply)).toContain('Done: book the hall');
  expect(talk.errors).toEqual([]);
});

it('Later asks and is answered in the brief, also by the date form', async () => {
  const { talk, worker } = await withBrief(['send the plan', 'book the hall']);
  const brief = briefOf(worker, 'tom');
  const when = await talk.press('tom', button(brief, 'Later', 'send the plan'));
  expect(when.reply.replaces).toBe(true);
  expect(button(when.reply, 'Done', 'book the hall')).toBeDefined();
  const form = await talk.press('tom', button(when.reply, 'A date…'));
  expect(form.reply.replaces ?? false).toBe(false);
  const moved = await talk.submit('tom', form.form, { by: '14 Dec 2026' });
  expect(moved.reply.replaces).toBe(true);
  expect(lines(moved.reply)).toMatch(/Later: send the plan · by Mon 14 Dec/);
  const twenty = await talk.press('tom', button(when.reply, 'In 20 minutes'));
  expect(lines(twenty.reply)).toMatch(/Brought forward[\s\S]*09:20/);
});

it('a press on a row that was done elsewhere says so in the brief', async () => {
  const { talk, worker } = await withBrief(['send the plan', 'book the hall']);
  await talk.say('grace', 'followup done plan');
  const pressed = await talk.press('tom', button(briefOf(worker, 'tom'), 'Done', 'send the plan'));
  expect(pressed.reply.replaces).toBe(true);
  expect(lines(pressed.reply)).toMatch(/is done already[\s\S]*Done: send the plan/);
});

it('a request, a quiet partner and a follow-up given to somebody else are shown as they are now', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('grace', 'partner add Local Trust lead:Tom every:"4 weeks"');
  await talk.say('tom', 'log Local Trust a talk when:"1 Oct 2026"');
  await talk.say('maya', 'followup add bake a cake by:"19 Nov 2026" who:Tom');
  await talk.say('tom', 'followup add book the hall by:"19 Nov 2026"');
  await worker.until('2026-11-19T09:00:00Z');
  const brief = briefOf(worker, 'tom');
  const yes = await talk.press('tom', button(brief, 'Yes'));
  expect(lines(yes.reply)).toContain('Yours now: bake a cake');
  const ask = await talk.press('tom', button(yes.reply, 'Ask someone else', 'book the hall'));
  const asked = await talk.submit('tom', ask.form, { who: 'Maya' });
  expect(lines(asked.reply)).toMatch(/book the hall.*asked Maya/);
  await talk.press('maya', 'Yes', await talk.say('maya', 'today'));
  const log = await talk.press('tom', button(brief, "We've spoken"));
  const logged = await talk.submit('tom', log.form, { note: 'a good talk' });
  expect(lines(logged.reply)).toContain('In touch again: Local Trust');
  expect(lines(logged.reply)).toContain('With somebody else: book the hall');
  expect(talk.errors).toEqual([]);
});

it('a press by somebody else does not show the brief', async () => {
  const { talk, worker } = await withBrief(['send the plan', 'book the hall']);
  const pressed = await talk.press(
    'grace',
    button(briefOf(worker, 'tom'), 'Done', 'send the plan'),
  );
  expect(pressed.text).toContain('Done, thank you');
  expect(pressed.text).not.toContain('book the hall');
});

it('shows eight that are new, folds the rest, and opens it in pages', async () => {
  const titles = Array.from({ length: 19 }, (_, index) => `task number ${index + 1}`);
  const { talk, worker } = await withBrief(titles);
  const brief = briefOf(worker, 'tom');
  expect(brief.card?.filter(({ kind }) => kind === 'row')).toHaveLength(8);
  const pages: Said[] = [await talk.press('tom', button(brief, 'See the rest (11)'))];
  for (
    let page = pages[0];
    page?.buttons.some((label) => label.startsWith('More'));
    page = pages.at(-1)
  )
    pages.push(await talk.press('tom', 'More', page));
  const shown = pages.map(({ text }) => text.match(/task number \d+/g) ?? []);
  expect(shown.map(({ length }) => length)).toEqual([8, 8, 3]);
  expect(new Set(shown.flat()).size).toBe(19);
});

it('moves everything that is late or due, leaves later ones, and one Undo undoes all', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add send the plan by:"18 Nov 2026"');
  await talk.say('tom', 'followup add book the hall by:"19 Nov 2026"');
  await talk.say('tom', 'followup add order the tent by:"4 Dec 2026"');
  await talk.say('tom', 'followup add open up repeat:"every thursday"');
  await worker.until('2026-11-19T09:00:00Z');
  const before = await byDays(talk);
  const where = await talk.press('tom', button(briefOf(worker, 'tom'), 'Move all to…'));
  const moved = await talk.press('tom', button(where.reply, 'Tomorrow'));
  expect(lines(moved.reply)).toContain('Moved to Fri 20 Nov 2026: send the plan');
  expect(await byDays(talk)).toEqual([
    'book the hall 2026-11-20',
    'open up 2026-11-20',
    'order the tent 2026-12-04',
    'send the plan 2026-11-20',
  ]);
  expect(plainText(moved.reply.text, ZONE)).toContain('All sorted');
  await talk.press('tom', button(moved.reply, 'Undo'));
  expect(await byDays(talk)).toEqual(before);
});

it('names those that are being sent, and leaves them unchanged', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add send the plan by:"18 Nov 2026"');
  await talk.say('tom', 'followup add ring the school by:"18 Nov 2026 3pm"');
  let answer: Said | undefined;
  worker.platform.onSend = async () => {
    answer ??= await talk.say('tom', 'today move tomorrow');
  };
  await worker.until('2026-11-18T15:00:00Z');
  expect(answer?.text).toContain('Moved to Thu 19 Nov: send the plan');
  expect(answer?.text).toContain('being sent right now, so I left it alone: ring the school');
});

it('not in today: no brief before the next working day, and what is due moves to it', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add send the plan by:"19 Nov 2026"');
  await talk.say('tom', 'followup add book the hall by:"20 Nov 2026"');
  await talk.say('tom', 'followup add ring the school by:"20 Nov 2026 3pm"');
  await worker.until('2026-11-20T09:00:00Z');
  const off = await talk.press('tom', button(briefOf(worker, 'tom'), "I'm not in today"));
  expect(lines(off.reply)).toContain('See you on Mon 23 Nov 2026');
  // What was late before stays late. The rest moves past the weekend.
  expect((await talk.say('grace', 'followup list late')).text).toContain('1 follow-up late');
  expect(await byDays(talk)).toEqual([
    'book the hall 2026-11-23',
    'ring the school 2026-11-23',
    'send the plan 2026-11-19',
  ]);
  const sent = worker.inbox('tom').length;
  await worker.until('2026-11-23T08:59:59Z');
  expect(worker.inbox('tom')).toHaveLength(sent);
  expect((await talk.say('grace', 'followup list late')).text).toContain('1 follow-up late');
  await worker.until('2026-11-23T09:00:00Z');
  expect(worker.inbox('tom').at(-1)).toContain('1 thing is late, and 2 things');
});

it('Undo of not being in restores the brief and the days', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add send the plan by:"18 Nov 2026"');
  await talk.say('tom', 'followup add book the hall by:"19 Nov 2026"');
  const off = await talk.say('tom', 'today off');
  expect(off.text).toContain('See you on Thu 19 Nov');
  await talk.press('tom', 'Undo', off);
  expect(await byDays(talk)).toEqual(['book the hall 2026-11-19', 'send the plan 2026-11-18']);
  expect((await talk.member('tom')).pausedUntil).toBeNull();
  await worker.until('2026-11-19T09:00:00Z');
  expect(worker.inbox('tom')[0]).toContain('1 thing is late, and 1 thing');
});
