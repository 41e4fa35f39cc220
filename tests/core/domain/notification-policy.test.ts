import { describe, expect, it } from 'vitest';
import {
  escalatesOn,
  escalatesWithoutWarning,
  escalationDay,
} from '../../../src/core/domain/followups/escalation.ts';
import { heldUntil } from '../../../src/core/domain/notification-policy/hold.ts';
import {
  checkedQuietHours,
  endOfQuietHours,
  quietHoursOf,
  readQuietHours,
} from '../../../src/core/domain/notification-policy/quiet-hours.ts';
import {
  capText,
  countUnasked,
  weeklyCapOf,
} from '../../../src/core/domain/notification-policy/weekly-cap.ts';
import { ignoredSince, rarerRhythm } from '../../../src/core/features/briefs/ignored-briefs.ts';
import { handBackTo } from '../../../src/core/features/handover/commands.ts';
import { rarerRhythms } from '../../../src/core/features/notification-preferences/commands.ts';

const night = { from: 20 * 60, to: 8 * 60 };

describe('quiet hours', () => {
  it.each([
    ['20:00-08:00', night],
    ['8pm to 8am', night],
    ['20:00 – 08:00', night],
    ['from 8pm until 8am', night],
    ['12:30-13:30', { from: 750, to: 810 }],
    ['20:00', undefined],
    ['8pm-8pm', undefined],
    ['none', undefined],
    ['1:00-2:00-3:00', undefined],
    ['25:00-08:00', undefined],
  ])('%s', (text, hours) => {
    expect(readQuietHours(text)).toEqual(hours);
  });

  it('are stored in one form, and refused with what would work', () => {
    expect(checkedQuietHours('8pm to 8am')).toBe('20:00-08:00');
    expect(checkedQuietHours(null)).toBe('none');
    expect(() => checkedQuietHours('at night')).toThrow('Try "20:00-08:00"');
  });

  it.each([
    [null, null, night],
    [null, 'none', undefined],
    ['none', null, undefined],
    ['21:00-07:00', 'none', { from: 1260, to: 420 }],
  ])('own %s, the partnership’s %s', (own, all, hours) => {
    expect(quietHoursOf({ quietHours: own }, { quietHours: all })).toEqual(hours);
  });

  it.each([
    ['2026-11-18T19:59:00Z', '2026-11-18T19:59:00Z'],
    ['2026-11-18T20:00:00Z', '2026-11-19T08:00:00Z'],
    ['2026-11-19T00:30:00Z', '2026-11-19T08:00:00Z'],
    ['2026-11-19T08:00:00Z', '2026-11-19T08:00:00Z'],
    // The clocks go forward, and back.
    ['2027-03-27T21:00:00Z', '2027-03-28T07:00:00Z'],
    ['2026-10-24T21:00:00Z', '2026-10-25T08:00:00Z'],
  ])('in London, a message for %s is sent at %s', (at, end) => {
    expect(endOfQuietHours(new Date(at), night, 'Europe/London')).toEqual(new Date(end));
  });

  it('end once if their last minute comes twice, and a minute later if it is skipped', () => {
    const early = { from: 23 * 60, to: 90 };
    const end = (at: string) => endOfQuietHours(new Date(at), early, 'Europe/London').toISOString();
    expect(end('2026-10-25T00:10:00Z')).toBe('2026-10-25T00:30:00.000Z');
    expect(end('2026-10-25T01:10:00Z')).toBe('2026-10-25T01:10:00.000Z');
    expect(end('2027-03-28T00:10:00Z')).toBe('2027-03-28T01:00:00.000Z');
  });
});

describe('a message that is held back', () => {
  const everybody = { quietHours: null, zone: 'Europe/London' };
  const now = new Date('2026-11-18T12:00:00Z');
  it.each([
    ['nothing', { pausedUntil: null, quietHours: null, zone: null }, '2026-11-18T12:00'],
    [
      'a pause, to the end of quiet hours on its day',
      { pausedUntil: '2026-11-25', quietHours: null, zone: null },
      '2026-11-25T08:00',
    ],
    [
      'a pause that is over',
      { pausedUntil: '2026-11-18', quietHours: null, zone: null },
      '2026-11-18T12:00',
    ],
    [
      'night, elsewhere',
      { pausedUntil: null, quietHours: null, zone: 'Asia/Tokyo' },
      '2026-11-18T23:00',
    ],
    [
      'no quiet hours of their own',
      { pausedUntil: '2026-11-25', quietHours: 'none', zone: null },
      '2026-11-25T00:00',
    ],
  ])('%s', (_, member, until) => {
    expect(heldUntil({ platformZone: null, ...member }, everybody, now)).toEqual(
      new Date(`${until}:00Z`),
    );
  });
});

describe('the weekly cap', () => {
  it.each([
    ['member', null, 3],
    ['member', 5, 5],
    ['member', 0, Number.POSITIVE_INFINITY],
    ['worker', 2, Number.POSITIVE_INFINITY],
    ['coordinator', null, Number.POSITIVE_INFINITY],
  ] as const)('of a %s, where %s is set', (role, weeklyCap, cap) => {
    expect(weeklyCapOf({ role }, { weeklyCap })).toBe(cap);
  });

  it('counts notices and briefs of the week, but not reminders and briefs with something due that day', () => {
    const since = new Date('2026-11-16T00:00:00Z');
    const row = (kind: string, sentAt: string | null, items: string[] = []) => ({
      kind,
      occurrence: '2026-11-18',
      items,
      sentAt: sentAt === null ? null : new Date(sentAt),
    });
    const sent = [
      row('notice', '2026-11-18T12:00:00Z'),
      row('notice', '2026-11-15T12:00:00Z'),
      row('notice', null),
      row('reminder', '2026-11-18T12:00:00Z'),
      row('brief', '2026-11-18T09:00:00Z', ['followup:a:2026-11-18', 'ask:b']),
      row('brief', '2026-11-18T09:00:00Z', ['followup:a:2026-11-17']),
      row('brief', '2026-11-18T09:00:00Z', ['ask:b']),
    ];
    expect(countUnasked(sent, since)).toBe(3);
  });

  it.each([
    [null, 'at most 3 messages a week'],
    [1, 'at most 1 message a week'],
    [0, 'any number of messages'],
  ])('%s in words', (cap, words) => {
    expect(capText(cap)).toContain(words);
  });
});

describe('briefs that become rarer', () => {
  it.each([
    ['daily', 'worker', 'weekly', ['weekly', 'dated']],
    ['daily', 'member', 'dated', ['dated']],
    ['weekly', 'coordinator', undefined, ['dated']],
    ['dated', 'worker', undefined, []],
    ['off', 'worker', undefined, []],
  ] as const)('from %s, for a %s', (rhythm, role, next, choices) => {
    expect(rarerRhythm({ rhythm, role })).toBe(next);
    expect(rarerRhythms({ rhythm, role })).toEqual(choices);
  });

  const days = (...sent: number[]) => sent.map((day) => ({ sentAt: new Date(day * 1000) }));
  it.each([
    ['three briefs', days(3, 2, 1), null, 1],
    ['the last three', days(9, 8, 7, 6), null, 7],
    ['too few', days(3, 2), null, undefined],
    ['too few since the last step', days(9, 8, 7, 6), new Date(8000), undefined],
    ['three from the last step on', days(9, 8, 7, 6), new Date(7000), 7],
  ])('%s', (_, briefs, steppedBackAt, since) => {
    const found = ignoredSince({ rhythm: 'daily', role: 'worker', steppedBackAt }, briefs);
    expect(found?.getTime()).toBe(since === undefined ? undefined : since * 1000);
  });
});

describe('escalation', () => {
  const week = { workingDays: [1, 2, 3, 4, 5], calendar: 'england-and-wales' };
  const late = { ours: true, who: 'tom', dueDay: '2026-11-19', escalateOn: null };
  it.each([
    ['too early', late, '2026-11-25', undefined],
    ['told at five working days, raised at seven', late, '2026-11-26', '2026-11-30'],
    ['told later: the working day after', late, '2026-12-04', '2026-12-07'],
    ['over bank holidays', { ...late, dueDay: '2026-12-18' }, '2026-12-29', '2026-12-31'],
    ['theirs', { ...late, ours: false }, '2026-12-04', '2026-12-07'],
    ['with nobody', { ...late, who: null }, '2026-12-04', undefined],
    ['told already', { ...late, escalateOn: '2026-11-30' }, '2026-12-04', undefined],
    ['without a day', { ...late, dueDay: null }, '2026-12-04', undefined],
  ])('%s', (_, row, today, day) => {
    expect(escalationDay(row, today, week)).toBe(day);
  });

  const owner = { active: true, rhythm: 'off', pausedUntil: null, dayOffUntil: null } as const;
  it.each([
    ['has left', { ...owner, active: false, rhythm: 'daily' }, '2026-11-30', true],
    ['is unknown', undefined, '2026-11-30', true],
    ['wants no briefs', owner, '2026-11-30', true],
    ['wants no briefs, too early', owner, '2026-11-27', false],
    ['can be told', { ...owner, rhythm: 'dated' }, '2026-12-30', false],
    ['is on leave', { ...owner, pausedUntil: '2026-12-07' }, '2026-12-04', false],
    ['is back for the first day', { ...owner, pausedUntil: '2026-12-05' }, '2026-12-07', false],
    ['is back for the second day', { ...owner, pausedUntil: '2026-12-05' }, '2026-12-08', true],
  ] as const)('untold, where the owner %s', (_, owner, today, raised) => {
    expect(escalatesWithoutWarning(late, owner, today, week)).toBe(raised);
  });

  it.each([
    ['without leave', null, null, '2026-11-30'],
    ['on leave that day: two working days after it', '2026-12-07', null, '2026-12-09'],
    ['before the leave', '2026-11-28', null, '2026-12-02'],
    ['after the leave', '2026-11-27', null, '2026-11-30'],
    ['a day off is no leave', '2026-12-01', '2026-12-01', '2026-11-30'],
  ])('is raised %s', (_, pausedUntil, dayOffUntil, day) => {
    const row = { escalateOn: '2026-11-30' };
    expect(escalatesOn(row, { active: true, pausedUntil, dayOffUntil }, week)).toBe(day);
  });
});

it.each([
  ['grace', true, 'grace'],
  ['grace', false, null],
  ['tom', true, null],
])('a task from %s (still here: %s) goes back to %s', (createdBy, here, to) => {
  expect(handBackTo({ createdBy }, 'tom', () => here)).toBe(to);
});
