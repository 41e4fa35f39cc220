import { describe, expect, it } from 'vitest';
import type { Contact } from '../../../src/core/domain/contacts/contact.ts';
import { createDirectory } from '../../../src/core/domain/directory/directory.ts';
import { READ_BY_EVERYBODY } from '../../../src/core/domain/members/visibility.ts';
import { newPartner } from '../../../src/core/domain/partners/new-partner.ts';
import type { Partner } from '../../../src/core/domain/partners/partner.ts';
import {
  everyOf,
  isQuiet,
  withContact,
  withQuiet,
} from '../../../src/core/domain/partners/rules.ts';
import type { Partnership } from '../../../src/core/domain/partnerships/partnership.ts';
import { searchPartners } from '../../../src/core/features/partners/find.ts';
import {
  aliasesOf,
  holderOf,
  nameProblem,
  splitNames,
} from '../../../src/core/features/partners/names.ts';
import { pageOf } from '../../../src/core/features/partners/story.ts';

const partnership: Partnership = {
  id: 'p',
  version: 1,
  name: 'Big Local Riverside',
  zone: 'Europe/London',
  workingDays: [1, 2, 3, 4, 5],
  calendar: 'england-and-wales',
  holidays: null,
  partnerHolidays: null,
  quietHours: null,
  weeklyCap: null,
  every: 'P6W',
  everyRules: [
    { kind: null, level: 'national', every: 'P3M' },
    { kind: 'grant funding', level: null, every: 'P2M' },
    { kind: 'grant funding', level: 'national', every: 'P4M' },
  ],
  keepNotes: null,
  safeguarding: null,
  namesVersion: 0,
  namesChanges: [],
  setUpAt: null,
  setUpOffer: null,
  mergedInto: null,
};

const partner = (facts: Partial<Partner> = {}): Partner => ({
  ...newPartner('school', 'Oakfield School'),
  version: 1,
  ...facts,
});

describe('how often to be in touch', () => {
  it.each<[string, Partial<Partner>, string]>([
    ['its own rhythm comes first', { every: 'P1W', level: 'national' }, 'P1W'],
    ['then the rule that says most', { kinds: ['grant funding'], level: 'national' }, 'P4M'],
    ['then the rule that fits', { kinds: ['grant funding'], level: 'local' }, 'P2M'],
    ['also by level alone', { kinds: ['contracting'], level: 'national' }, 'P3M'],
    ['else the default', { kinds: ['contracting'], level: 'local' }, 'P6W'],
  ])('%s', (_, facts, every) => {
    expect(everyOf(partner(facts), partnership)).toBe(every);
  });
});

describe('quiet days', () => {
  const spoken = { lastTwoWay: '2026-10-07' };
  it.each<[string, Partial<Partner>, string | null]>([
    ['unknown is not quiet', {}, null],
    ['its rhythm after the last two-way contact', spoken, '2026-11-18'],
    ['not while it is resting', { ...spoken, stage: 'resting' }, null],
    ['not when it has ended', { ...spoken, stage: 'ended' }, null],
    ['not in the archive', { ...spoken, archived: true }, null],
    ['at the end of a short month', { lastTwoWay: '2026-12-31', every: 'P2M' }, '2027-02-28'],
  ])('%s', (_, facts, quietOn) => {
    const derived = withQuiet(partner(facts), partnership);
    expect(derived).toMatchObject({ quietOn, nudgeOn: quietOn });
  });

  it('keeps a nudge that was put off, as long as the quiet day stays', () => {
    const quiet = withQuiet(partner({ lastTwoWay: '2026-10-07' }), partnership);
    const later = { ...quiet, nudgeOn: '2026-12-01' };
    expect(withQuiet({ ...later, sector: 'school' }, partnership).nudgeOn).toBe('2026-12-01');
    expect(withQuiet({ ...later, every: 'P1M' }, partnership).nudgeOn).toBe('2026-11-07');
  });

  it('counts only two-way contacts, and never moves back', () => {
    const spoken = withContact(partner(), { day: '2026-11-10', twoWay: true }, partnership);
    const tried = withContact(spoken, { day: '2026-11-12', twoWay: false }, partnership);
    const older = withContact(tried, { day: '2026-11-01', twoWay: true }, partnership);
    expect(older).toMatchObject({ lastContact: '2026-11-12', lastTwoWay: '2026-11-10' });
    expect(isQuiet(older, '2026-12-21')).toBe(false);
    expect(isQuiet(older, '2026-12-22')).toBe(true);
  });
});

describe('names', () => {
  it.each([
    ['Oakfield School', undefined],
    ['3', undefined],
    ['=SUM(A1)', undefined],
    ['', 'There is no name.'],
    ['---', 'A name needs at least one letter or digit.'],
    ['x'.repeat(120), undefined],
    ['x'.repeat(121), 'That name has 121 characters. It can have up to 120.'],
  ])('%j', (name, problem) => {
    expect(nameProblem(name)).toBe(problem);
  });

  it('are read from lists, each once', () => {
    expect(splitNames('ERYC; East  Riding, eryc;\n')).toEqual(['ERYC', 'East Riding']);
    expect(aliasesOf('The Co-op', 'Coop, Co-op Foundation')).toEqual(['Co-op Foundation']);
  });

  const known = [
    { id: 'a', name: 'Bristol City Council', aliases: ['BCC'], archived: false },
    { id: 'b', name: 'Oakfield School', aliases: [], archived: false },
  ];
  it.each([
    ['bristol city council', undefined, 'a'],
    ['bcc', undefined, 'a'],
    ['BCC', 'a', undefined],
    ['Bristol', undefined, undefined],
  ])('%s is a name of another partner than %s: %s', (name, except, holder) => {
    expect(holderOf(name, known, except)?.id).toBe(holder);
  });
});

describe('looking for a partner', () => {
  const named = (id: string, aliases: string[] = [], archived = false) => ({
    id,
    name: id,
    aliases,
    archived,
  });
  const all = [
    named('Riverside Old Club', [], true),
    named('West Riverside Trust'),
    named('Riverside Housing', ['The Riverside Group']),
    named('Oakfield School'),
    named('Bristol City Council', ['BCC']),
  ];
  it.each([
    ['riverside', ['Riverside Housing', 'West Riverside Trust', 'Riverside Old Club']],
    ['bcc', ['Bristol City Council']],
    ['oakfeild', ['Oakfield School']],
    ['school oak', ['Oakfield School']],
    ['council bris', ['Bristol City Council']],
    ['zebra', []],
    ['!!', []],
  ])('%s', (words, names) => {
    const { best, count } = searchPartners(words, createDirectory(all, []), 3);
    expect(best.map(({ name }) => name)).toEqual(names);
    expect(count).toBe(names.length);
  });
});

describe('a story', () => {
  const contact = (day: string, by: string): Contact => ({
    id: `${day}-${by}`,
    version: 1,
    partner: 'school',
    day,
    how: null,
    twoWay: true,
    note: null,
    by,
    loggedAt: new Date(day),
    answerNotedAt: null,
    ...READ_BY_EVERYBODY,
  });
  const days = ['11-09', '11-08', '11-07', '11-06', '11-05', '11-05', '11-04'];
  const contacts = days.map((day, index) => contact(`2026-${day}`, index < 3 ? 'tom' : 'maya'));

  it('pages by whole days, so that "before" misses no contact', () => {
    const page = pageOf(contacts);
    expect(page.contacts).toHaveLength(6);
    expect(page.earlier).toBe('2026-11-05');
    expect(pageOf(contacts.slice(0, 6)).earlier).toBeUndefined();
    expect(pageOf([])).toEqual({ contacts: [], earlier: undefined });
  });
});
