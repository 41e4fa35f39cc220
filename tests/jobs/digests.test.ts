import { expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { addToDay, dayOf } from '../../src/core/dates/day.ts';
import { deliveries, preparedDelivery } from '../../src/core/domain/deliveries/delivery.ts';
import { type Digest, digestId, digestRhythmOf } from '../../src/core/domain/digests/digest.ts';
import { postingRuleFrom, postingText } from '../../src/core/domain/digests/rules.ts';
import { postingDay, scheduleDigest } from '../../src/core/domain/digests/schedule.ts';
import { partnerships } from '../../src/core/domain/partnerships/partnership.ts';
import { compared } from '../../src/core/features/digests/cards.ts';
import { figureItems, readDigestWindow } from '../../src/core/features/digests/window.ts';
import { buttonsOf, say } from '../../src/core/message/reply.ts';
import { plainText } from '../../src/core/message/rich-text.ts';
import { newTalk, ZONE } from '../fixtures/bot.ts';
import { newWorker } from '../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London.

const monthly = (facts: Partial<Digest> = {}) =>
  ({ rhythm: 'monthly', weekday: 1, monthday: null, minute: 540, silent: 0, ...facts }) as Digest;

it.each([
  [monthly(), '2026-11-18', 0, '2026-11-02'],
  [monthly(), '2026-11-18', 1, '2026-12-07'],
  [monthly(), '2026-11-30', -1, '2026-10-05'],
  [monthly({ weekday: 7 }), '2026-11-18', 0, '2026-11-01'],
  [monthly({ monthday: 15 }), '2026-11-18', 1, '2026-12-15'],
  [monthly({ monthday: 31 }), '2026-11-18', 0, '2026-11-30'],
  [monthly({ monthday: 31 }), '2027-01-31', 1, '2027-02-28'],
  [monthly({ monthday: 30 }), '2028-01-31', 1, '2028-02-29'],
  [monthly({ rhythm: 'weekly', weekday: 3 }), '2026-11-18', 0, '2026-11-18'],
  [monthly({ rhythm: null, weekday: 2 }), '2026-11-18', 1, '2026-12-01'],
])('%o, seen from %s, %i on, is posted on %s', (rule, day, ahead, expected) => {
  expect(postingDay(rule, day, ahead)).toBe(expected);
});

it.each([
  { ...monthly({ monthday: 31 }) },
  { ...monthly({ monthday: 1 }) },
  { ...monthly({ weekday: 5 }) },
  { ...monthly({ rhythm: 'weekly', weekday: 5 }) },
])('over three years every instant is in one digest, and no more: %o', async (rule) => {
  const talk = await newTalk();
  const partnership = await talk.store.of(partnerships).get(talk.id);
  if (!partnership) throw new Error('There is no partnership.');
  const { store } = talk;
  const rhythm = digestRhythmOf(rule);
  const subject = digestId(talk.id, rhythm);
  const nextOf = (now: Date) => scheduleDigest(rule, partnership, now).nextAt as Date;
  let dueAt = nextOf(new Date('2026-01-01T12:00:00Z'));
  let last: Awaited<ReturnType<typeof readDigestWindow>> | undefined;
  for (let count = 0; count < 36; count++) {
    const window = await readDigestWindow(rhythm, { now: dueAt, dueAt }, { partnership, store });
    expect(window.today).toBe(dayOf(dueAt, partnership.zone));
    expect(window.isFirst).toBe(!last);
    expect(window.isRegular).toBe(true);
    if (last) expect(window.from).toEqual(last.until);
    expect(window.last).toEqual(last && { contacts: count - 1, kept: 2, from: last.from });
    const name = { kind: 'digest', subject, occurrence: dueAt.toISOString(), recipient: 'news' };
    const items = figureItems({ contacts: count, kept: 2 }, window);
    const facts = { reply: null, items, createdAt: dueAt, nextRunAt: null, awaited: null };
    await store
      .of(deliveries)
      .insert({ ...preparedDelivery(talk.id, name, facts), state: 'sent', sentAt: dueAt });
    last = window;
    dueAt = nextOf(dueAt);
  }
  expect(last && last.today > addToDay('2026-01-01', { weeks: 34 })).toBe(true);
});

it.each([
  [7, 4, ', 3 more than in the last digest'],
  [1, 4, ', 3 fewer than in the last digest'],
  [4, 4, ', as many as in the last digest'],
  [4, 0, '; the last digest had none'],
])('%i after %i: %s', (now, last, words) => {
  expect(compared(now, last)).toBe(words);
});

it('reads the days of a digest, and refuses impossible ones', () => {
  const given = { every: undefined, day: undefined, date: undefined };
  expect(postingText(postingRuleFrom(given))).toBe('each week on Monday');
  expect(postingText(postingRuleFrom({ ...given, every: 'month', day: 'friday' }))).toBe(
    'each month on the first Friday',
  );
  expect(postingText(postingRuleFrom({ ...given, date: 15 }))).toBe('each month on day 15');
  expect(postingText(postingRuleFrom({ ...given, date: 31 }))).toContain('or the last');
  expect(() => postingRuleFrom({ ...given, every: 'week', date: 2 })).toThrow();
  expect(() => postingRuleFrom({ ...given, day: 'monday', date: 2 })).toThrow();
});

it('compares a post with the last one, and leaves nothing out', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('grace', 'partner add Local Trust');
  await talk.say('grace', 'digest schedule channel:<#news> day:friday at:9am');
  await talk.say('tom', 'log Local Trust rang them');
  await talk.say('tom', 'followup add send the plan by:"24 Dec 2026"');
  await worker.until('2026-11-20T12:00:00Z');
  expect(worker.channel('news')[0]).toContain('In touch with Local Trust: 1 contact.');
  expect(worker.channel('news')[0]).toContain('1 partner is in the register.');
  expect(worker.channel('news')[0]).not.toContain('New partners');

  // After the digest of that day: it belongs to the next one.
  await talk.say('tom', 'log Local Trust wrote back');
  await talk.say('maya', 'log Local Trust met them when:"19 Nov 2026"');
  await worker.until('2026-11-24T12:00:00Z');
  await talk.say('tom', 'log Local Trust rang again');
  await talk.say('grace', 'partner add "Youth Club"');
  await talk.say('tom', 'followup done plan');
  await worker.until('2026-11-27T12:00:00Z');
  const [, second] = worker.channel('news');
  expect(second).toContain('In touch with Local Trust');
  expect(second).toContain('3 contacts, 2 more than in the last digest');
  expect(second).toContain('1 of them is from before Fri 20 Nov');
  expect(second).toContain('1 promise kept; the last digest had none');
  expect(second).toContain('New partners: Youth Club.');
  expect(second).not.toMatch(/rang|wrote|plan|Tom|Maya/);
  expect(worker.errors).toEqual([]);
});

it('posts a weekly and a monthly one, each in its channel; off stops one of them', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('grace', 'partner add Local Trust');
  await talk.say('grace', 'digest schedule channel:<#news> day:monday');
  const answer = await talk.say('grace', 'digest schedule channel:<#board> every:month day:monday');
  expect(answer.text).toContain('each month on the first Monday');
  expect(answer.text).toContain('7 Dec');
  await talk.say('tom', 'log Local Trust rang them');
  await worker.until('2026-12-07T09:00:00Z');
  expect(worker.channel('news')).toHaveLength(1);
  expect(worker.channel('board')).toHaveLength(1);
  expect(worker.channel('board')[0]).toContain('the month at a glance');
  expect(worker.channel('board')[0]).toContain('In touch with Local Trust: 1 contact.');

  const asked = await talk.say('grace', 'digest off');
  expect(asked.buttons).toEqual(['The weekly one', 'The monthly one', 'Cancel']);
  expect((await talk.say('grace', 'digest off which:monthly')).text).toContain('monthly');
  expect((await talk.say('grace', 'digest off which:monthly')).text).toContain('nothing to stop');
  expect((await talk.say('grace', 'digest off')).text).toContain('weekly digest is off');
  expect((await talk.say('grace', 'digest off')).text).toContain('nothing to stop');
});

it('the monthly digest says so after a month without news', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('grace', 'digest schedule channel:<#board> date:1');
  await worker.until('2026-12-01T09:00:00Z');
  expect(worker.channel('board')).toEqual([
    expect.stringContaining('no contact has been noted for a month'),
  ]);
});

it('shows a preview of both to one person, and posts both for everyone', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add Local Trust');
  await talk.say('tom', 'log Local Trust rang Jane');
  for (const [which, word] of [
    ['weekly', 'week'],
    ['monthly', 'month'],
  ]) {
    const preview = await talk.say('maya', `digest preview ${which}`);
    expect(preview.text).toContain(`the ${word} at a glance`);
    expect(preview.text).toContain('1 contact');
    expect(preview.audience).toBe('actor');
    const now = await talk.say('grace', `digest now ${which}`);
    expect(now.audience).toBe('everyone');
    expect(now.text).toContain(`the ${word} at a glance`);
    expect(now.text).not.toMatch(/Jane|Tom/);
  }
  expect((await talk.say('maya', 'digest now')).text).toContain('only a coordinator');
});

it('records a digest that would have been too late, and does not count it as a period without news', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('grace', 'digest schedule channel:<#news> day:friday');
  talk.clock.set('2026-11-24T12:00:00Z');
  await worker.sweep();
  expect(worker.channel('news')).toEqual([]);
  const rows = await collect(talk.store.of(deliveries).all({ index: 'byRecipient' }));
  expect(rows).toMatchObject([{ kind: 'digest', state: 'skipped', attempts: 0 }]);
  expect(rows[0]?.reason).toContain('more than a day late');
});

it.each([
  ['digest schedule channel:<#news> day:friday', '2026-11-20', '2026-11-26', '2026-11-27'],
  ['digest schedule channel:<#news> date:20', '2026-11-20', '2026-12-19', '2026-12-20'],
])('%s tells what falls due before the next, and not what that tells', async (line, ...days) => {
  const [day, last, next] = days;
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('grace', line);
  for (const due of [day, last, next]) await talk.say('tom', `followup add a thing by:${due}`);
  await worker.until(`${day}T12:00:00Z`);
  expect(worker.channel('news')[0]).toContain('2 promises are due in the coming');
});

it('a digest that could not be posted is posted once by [Post it now], with what it would have said', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('grace', 'partner add Local Trust');
  await talk.say('grace', 'digest schedule channel:<#news> day:friday at:9am');
  await talk.say('tom', 'log Local Trust rang them');
  worker.platform.onSend = async ({ address }) => (address.to === 'channel' ? 'gone' : undefined);
  await worker.until('2026-11-20T12:00:00Z');
  const told = () =>
    worker.platform.posted.filter(({ reply }) =>
      plainText(reply.text, ZONE).startsWith("I couldn't post the digest"),
    );
  const button = told()[0] && buttonsOf(told()[0]?.reply ?? say([]))[0];
  if (button?.label !== 'Post it now') throw new Error('There is no button to post it.');

  expect((await talk.press('grace', button)).text).toContain("I'm posting it now");
  await worker.until('2026-11-20T13:00:00Z');
  expect(told()).toHaveLength(2);

  worker.platform.onSend = async () => undefined;
  const [first, second] = [await talk.press('grace', button), await talk.press('grace', button)];
  expect(first.text).toContain("I'm posting it now");
  expect(second.text).toContain('That was decided already');
  await worker.until('2026-11-20T14:00:00Z');
  expect(worker.channel('news')).toEqual([
    expect.stringContaining('In touch with Local Trust: 1 contact'),
  ]);

  // What was posted then is not news a week later.
  await worker.until('2026-11-27T12:00:00Z');
  expect(worker.channel('news')).toHaveLength(1);
  expect((await talk.press('grace', button)).text).toContain('That was decided already');
  expect([...talk.errors, ...worker.errors]).toEqual([]);
});
