import { describe, expect, it } from 'vitest';
import { agoText } from '../../../src/core/cards/quiet-row.ts';
import { readWeekdays, weekdaysText } from '../../../src/core/dates/weekdays.ts';
import type { Member } from '../../../src/core/domain/members/member.ts';
import {
  pauseUntil,
  refuseLastCoordinator,
  withTie,
} from '../../../src/core/domain/members/rules.ts';
import type { Partner } from '../../../src/core/domain/partners/partner.ts';
import { ruleScopeText, withEveryRule } from '../../../src/core/domain/partnerships/rules.ts';
import { withNudgeOn } from '../../../src/core/features/quiet/later.ts';
import { pageEndText, readPageEnd } from '../../../src/core/features/quiet/page.ts';
import { plainText } from '../../../src/core/message/rich-text.ts';
import { UserError } from '../../../src/core/message/user-error.ts';

const today = '2026-11-18';

/** The text of an error. */
function refused(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof UserError) return plainText(error.text, 'Europe/London', today);
    throw error;
  }
  return '';
}

describe('weekdays', () => {
  it.each<[string, number[] | undefined]>([
    ['mon-fri', [1, 2, 3, 4, 5]],
    ['Mon – Fri', [1, 2, 3, 4, 5]],
    ['monday to wednesday', [1, 2, 3]],
    ['mon, wed', [1, 3]],
    ['Wed and Mon', [1, 3]],
    ['tuesdays & thursdays', [2, 4]],
    ['fri-mon', [1, 5, 6, 7]],
    ['weekdays', [1, 2, 3, 4, 5]],
    ['every day', [1, 2, 3, 4, 5, 6, 7]],
    ['every tuesday', [2]],
    ['mon-wed, fri', [1, 2, 3, 5]],
    ['Monday to Friday', [1, 2, 3, 4, 5]],
    ['sat', [6]],
    ['', undefined],
    ['m', undefined],
    ['moon', undefined],
    ['mon-', undefined],
    ['mon-wed-fri', undefined],
    ['mon someday', undefined],
  ])('%j', (text, days) => {
    expect(readWeekdays(text)).toEqual(days);
  });

  it.each<[number[], string]>([
    [[1, 2, 3, 4, 5], 'Monday to Friday'],
    [[1, 3], 'Monday and Wednesday'],
    [[1, 2], 'Monday and Tuesday'],
    [[1, 3, 5], 'Monday, Wednesday and Friday'],
    [[7], 'Sunday'],
    [[1, 2, 3, 4, 5, 6, 7], 'every day'],
    [[], 'no day'],
  ])('%j is %s, and can be read back', (days, text) => {
    expect(weekdaysText(days)).toBe(text);
    if (days.length > 0) expect(readWeekdays(text)).toEqual(days);
  });
});

describe('rules', () => {
  const rules = [
    { kind: 'contracting', level: null, every: 'P1M' },
    { kind: null, level: 'local', every: 'P2M' },
  ];

  it('exist once for each kind and level', () => {
    const scope = { kind: 'contracting', level: null };
    expect(withEveryRule(rules, scope, 'P3M')).toEqual([rules[1], { ...scope, every: 'P3M' }]);
    expect(withEveryRule(rules, scope, null)).toEqual([rules[1]]);
    expect(withEveryRule(rules, { kind: 'contracting', level: 'local' }, 'P1W')).toHaveLength(3);
  });

  it('say what they are for', () => {
    expect(ruleScopeText({ kind: 'contracting', level: 'local' })).toBe('contracting, local');
    expect(ruleScopeText({ kind: null, level: 'local' })).toBe('local');
  });
});

describe('how long ago', () => {
  it.each([
    ['2026-11-18', '0 days'],
    ['2026-11-17', '1 day'],
    ['2026-11-05', '13 days'],
    ['2026-11-04', '2 weeks'],
    ['2026-09-09', '10 weeks'],
    ['2026-07-15', '4 months'],
    ['2026-01-31', '9 months'],
    ['2024-11-19', '23 months'],
    ['2024-11-18', '2 years'],
    ['2010-01-01', '16 years'],
  ])('%s is %s', (since, text) => {
    expect(agoText(since, today)).toBe(text);
  });
});

describe('later', () => {
  const partner = (quietOn: string | null) => ({ name: 'Oakfield', quietOn }) as Partner;

  it('moves the nudge and keeps the quiet day', () => {
    const later = withNudgeOn(partner('2026-11-01'), '2026-12-01', today);
    expect(later).toMatchObject({ quietOn: '2026-11-01', nudgeOn: '2026-12-01' });
  });

  it.each([
    [null, '2026-12-01', "don't expect contact"],
    ['2026-11-01', '2026-11-18', "isn't in the future"],
    ['2026-12-24', '2026-12-01', 'goes quiet on Thu 24 Dec'],
  ])('quiet on %s, put off to %s', (quietOn, until, sentence) => {
    expect(refused(() => withNudgeOn(partner(quietOn), until, today))).toContain(sentence);
  });

  it('keeps the end of a page in a button', () => {
    const place = { quietOn: '2026-11-01', id: 'a#b' };
    expect(readPageEnd(pageEndText(place))).toEqual(place);
    expect(readPageEnd('nonsense')).toBeUndefined();
    expect(readPageEnd(undefined)).toBeUndefined();
  });
});

describe('a pause', () => {
  const when = { now: new Date('2026-11-18T10:00:00Z'), zone: 'Europe/London', today };

  it.each([
    ['2 weeks', '2026-12-02'],
    ['a month', '2026-12-18'],
    ['friday', '2026-11-20'],
    ['2026-12-01', '2026-12-01'],
    ['14 Dec', '2026-12-14'],
  ])('%s ends on %s', (text, day) => {
    expect(pauseUntil(text, when)).toBe(day);
  });

  it.each([
    ['soon', 'Until when is "soon"?'],
    ['today', 'a day in the future'],
    ['2026-11-01', 'a day in the future'],
    ['2 years', 'more than a year'],
  ])('%s is refused', (text, sentence) => {
    expect(refused(() => pauseUntil(text, when))).toContain(sentence);
  });
});

describe('members', () => {
  const grace = { id: 'grace', name: 'Grace', role: 'coordinator', active: true } as const;
  const tom = { id: 'tom', name: 'Tom', role: 'worker', active: true } as const;
  const ada = { id: 'ada', name: 'Ada', role: 'coordinator', active: true } as const;

  it('always include a coordinator', () => {
    const alone = [grace, tom, { ...ada, active: false }];
    expect(refused(() => refuseLastCoordinator(grace, 'member', alone))).toContain('only');
    expect(refused(() => refuseLastCoordinator(grace, 'coordinator', alone))).toBe('');
    expect(refused(() => refuseLastCoordinator(tom, 'member', alone))).toBe('');
    expect(refused(() => refuseLastCoordinator(grace, 'worker', [grace, ada]))).toBe('');
  });

  it('can be tied and untied, once each', () => {
    const member = { tiedTo: ['a'] } as unknown as Member;
    expect(withTie(member, 'b', true).tiedTo).toEqual(['a', 'b']);
    expect(withTie(member, 'a', true).tiedTo).toEqual(['a']);
    expect(withTie(member, 'a', false).tiedTo).toEqual([]);
  });
});
