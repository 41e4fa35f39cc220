import { expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { addToDay } from '../../src/core/dates/day.ts';
import { deliveries } from '../../src/core/domain/deliveries/delivery.ts';
import type { Digest } from '../../src/core/domain/digests/digest.ts';
import { postingRuleFrom, postingText } from '../../src/core/domain/digests/rules.ts';
import { postingDay, scheduleDigest } from '../../src/core/domain/digests/schedule.ts';
import { compared } from '../../src/core/features/digests/cards.ts';
import { periodOfPosting } from '../../src/core/features/digests/period.ts';
import { newTalk } from '../fixtures/bot.ts';
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
])('over three years every day is in one digest, and no more: %o', (rule) => {
  let digest = scheduleDigest(rule, { zone: 'Europe/London' }, new Date('2026-01-01T12:00:00Z'));
  let last: string | undefined;
  for (let count = 0; count < 36; count++) {
    const today = digest.nextAt?.toISOString().slice(0, 10) as string;
    const period = periodOfPosting(digest, today);
    expect(period.end).toBe(today);
    if (last) expect(period.from).toBe(last);
    expect(period.previousFrom < period.from).toBe(true);
    last = period.end;
    digest = scheduleDigest(digest, { zone: 'Europe/London' }, digest.nextAt as Date);
  }
  expect(last && last > addToDay('2026-01-01', { weeks: 34 })).toBe(true);
});

it.each([
  [{ now: 7, before: 4 }, '3 more than the week before'],
  [{ now: 1, before: 4 }, '3 fewer than the week before'],
  [{ now: 4, before: 4 }, 'the same as the week before'],
  [{ now: 4, before: 0 }, 'none the week before'],
])('%o is %s', (count, words) => {
  expect(compared(count, 'week')).toBe(words);
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

it('compares a week with the one before, and skips no day', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('grace', 'partner add Local Trust');
  await talk.say('grace', 'digest schedule channel:<#news> day:friday at:9am');
  await talk.say('tom', 'log Local Trust rang them');
  await talk.say('tom', 'followup add send the plan by:"24 Dec 2026"');
  await worker.until('2026-11-20T12:00:00Z');
  expect(worker.channel('news')[0]).toContain('1 contact, none the week before');
  expect(worker.channel('news')[0]).toContain('New partners: Local Trust');

  // After the digest of that day: it belongs to the next one.
  await talk.say('tom', 'log Local Trust wrote back');
  await talk.say('maya', 'log Local Trust met them when:"19 Nov 2026"');
  await worker.until('2026-11-24T12:00:00Z');
  await talk.say('tom', 'log Local Trust rang again');
  await talk.say('maya', 'log "Youth Club" looked in', 'club');
  await talk.say('tom', 'followup done plan');
  await worker.until('2026-11-27T12:00:00Z');
  const [, second] = worker.channel('news');
  expect(second).toContain('In touch with Local Trust');
  expect(second).toContain('2 contacts, the same as the week before');
  expect(second).toContain('1 promise kept, none the week before');
  expect(second).not.toContain('New partners: Local Trust');
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
  expect(worker.channel('board')[0]).toContain('1 contact, none the month before');

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
    expect.stringContaining('nothing has been noted for a month'),
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
