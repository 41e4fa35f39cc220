import { describe, expect, it } from 'vitest';
import { dateExamples, readDate } from '../../../src/core/dates/read-date.ts';
import { onlyValue } from '../../../src/core/dates/reading.ts';
import { readTime } from '../../../src/core/dates/time-of-day.ts';
import { NOW, ZONE } from '../parsing/resolve-line.ts';

/** What a text reads as: its day, and after a space the clock time in UTC if there is one. */
function read(text: string, tense: 'past' | 'future', now = NOW, zone = ZONE): string {
  const when = onlyValue(readDate(text, { now, zone, tense }));
  if (!when) return 'nothing';
  return when.at ? `${when.day} ${when.at.toISOString().slice(0, 19)}` : when.day;
}

describe('a date that is to come, said on Monday 23 November 2026 at 10:00', () => {
  it.each([
    ['today', '2026-11-23'],
    ['tonight', '2026-11-23'],
    ['this afternoon', '2026-11-23'],
    ['tomorrow', '2026-11-24'],
    ['Tomorrow.', '2026-11-24'],
    ['  tomorrow  ', '2026-11-24'],
    ['tomorrow morning', '2026-11-24'],
    ['the day after tomorrow', '2026-11-25'],
    ['friday', '2026-11-27'],
    ['Friday', '2026-11-27'],
    ['on friday', '2026-11-27'],
    ['fri', '2026-11-27'],
    ['friday evening', '2026-11-27'],
    ['this friday', '2026-11-27'],
    ['next friday', '2026-12-04'],
    ['monday', '2026-11-30'],
    ['this monday', '2026-11-23'],
    ['next monday', '2026-11-30'],
    ['friday week', '2026-12-04'],
    ['a week on friday', '2026-12-04'],
    ['week on tuesday', '2026-12-01'],
    ['a week today', '2026-11-30'],
    ['friday next week', '2026-12-04'],
    ['on sun', '2026-11-29'],
    ['the weekend', '2026-11-28'],
    ['in 2 weeks', '2026-12-07'],
    ["in two weeks' time", '2026-12-07'],
    ['in a fortnight', '2026-12-07'],
    ['2 weeks', '2026-12-07'],
    ['in 3 days', '2026-11-26'],
    ['10 days from now', '2026-12-03'],
    ['in a month', '2026-12-23'],
    ['in a couple of months', '2027-01-23'],
    ['next week', '2026-11-30'],
    ['next month', '2026-12-23'],
    ['next year', '2027-11-23'],
    ['end of the month', '2026-11-30'],
    ['end of month', '2026-11-30'],
    ['the end of next month', '2026-12-31'],
    ['end of the week', '2026-11-27'],
    ['end of december', '2026-12-31'],
    ['end of the year', '2026-12-31'],
    ['start of december', '2026-12-01'],
    ['14 Dec', '2026-12-14'],
    ['14th of December', '2026-12-14'],
    ['Dec 14', '2026-12-14'],
    ['December 14, 2027', '2027-12-14'],
    ['the 14th', '2026-12-14'],
    ['31st', '2026-12-31'],
    ['Fri 27 Nov', '2026-11-27'],
    ['Friday, 27th November 2026', '2026-11-27'],
    ['23 Nov', '2026-11-23'],
    ['22 Nov', '2027-11-22'],
    ['twenty-first of june', '2027-06-21'],
    ['5 may', '2027-05-05'],
    ['may 5', '2027-05-05'],
    ['29 Feb', '2028-02-29'],
    ['14/12', '2026-12-14'],
    ['1/2', '2027-02-01'],
    ['14/12/2026', '2026-12-14'],
    ['14/12/26', '2026-12-14'],
    ['14.12.2026', '2026-12-14'],
    ['14-12-2026', '2026-12-14'],
    ['14-Dec-2026', '2026-12-14'],
    ['2026-12-14', '2026-12-14'],
  ])('reads %j as %s', (text, day) => expect(read(text, 'future')).toBe(day));

  it.each([
    ['tomorrow 9am', '2026-11-24 2026-11-24T09:00:00'],
    ['14 Dec 3pm', '2026-12-14 2026-12-14T15:00:00'],
    ['14 Dec at 3.30pm', '2026-12-14 2026-12-14T15:30:00'],
    ['3pm on friday', '2026-11-27 2026-11-27T15:00:00'],
    ['friday 17:30', '2026-11-27 2026-11-27T17:30:00'],
    ['friday 9.30', '2026-11-27 2026-11-27T09:30:00'],
    ['friday at 9', '2026-11-27 2026-11-27T09:00:00'],
    ['friday at 3', '2026-11-27 2026-11-27T15:00:00'],
    ['friday 03:00', '2026-11-27 2026-11-27T03:00:00'],
    ['friday morning at 6', '2026-11-27 2026-11-27T06:00:00'],
    ['friday evening at 7', '2026-11-27 2026-11-27T19:00:00'],
    ['tonight at 8', '2026-11-23 2026-11-23T20:00:00'],
    ['friday at half past nine', '2026-11-27 2026-11-27T09:30:00'],
    ['sun 3pm', '2026-11-29 2026-11-29T15:00:00'],
    ['tomorrow noon', '2026-11-24 2026-11-24T12:00:00'],
    ['noon tomorrow', '2026-11-24 2026-11-24T12:00:00'],
    ['noon', '2026-11-23 2026-11-23T12:00:00'],
    ['9am', '2026-11-24 2026-11-24T09:00:00'],
    ['5pm', '2026-11-23 2026-11-23T17:00:00'],
    ['friday 9 a.m.', '2026-11-27 2026-11-27T09:00:00'],
    ['in 20 seconds', '2026-11-23 2026-11-23T10:00:20'],
    ['in 90 minutes', '2026-11-23 2026-11-23T11:30:00'],
    ['in half an hour', '2026-11-23 2026-11-23T10:30:00'],
    ['in 1h 30m', '2026-11-23 2026-11-23T11:30:00'],
    ['in 20 hours', '2026-11-24 2026-11-24T06:00:00'],
    ['in 2 weeks at 3pm', '2026-12-07 2026-12-07T15:00:00'],
    ['2026-12-14T15:00', '2026-12-14 2026-12-14T15:00:00'],
    ['2026-12-14T23:30:00-05:00', '2026-12-15 2026-12-15T04:30:00'],
  ])('reads %j as %s', (text, moment) => expect(read(text, 'future')).toBe(moment));
});

describe('a date that has been, said on Monday 23 November 2026 at 10:00', () => {
  it.each([
    ['yesterday', '2026-11-22'],
    ['the day before yesterday', '2026-11-21'],
    ['last night', '2026-11-22'],
    ['this morning', '2026-11-23'],
    ['3 days ago', '2026-11-20'],
    ['5 weeks ago', '2026-10-19'],
    ['a fortnight ago', '2026-11-09'],
    ['last week', '2026-11-16'],
    ['last tuesday', '2026-11-17'],
    ['friday', '2026-11-20'],
    ['on monday', '2026-11-16'],
    ['monday', '2026-11-16'],
    ['tuesday last week', '2026-11-17'],
    ['last weekend', '2026-11-21'],
    ['12 Nov', '2026-11-12'],
    ['23 Nov', '2026-11-23'],
    ['29 Feb', '2024-02-29'],
    ['the 14th', '2026-11-14'],
    ['31st', '2026-10-31'],
    ['end of october', '2026-10-31'],
    ['an hour ago', '2026-11-23 2026-11-23T09:00:00'],
    ['9am', '2026-11-23 2026-11-23T09:00:00'],
    ['noon', '2026-11-22 2026-11-22T12:00:00'],
    ['yesterday at 3', '2026-11-22 2026-11-22T15:00:00'],
  ])('reads %j as %s', (text, when) => expect(read(text, 'past')).toBe(when));
});

it.each([
  ...[
    '',
    ' ',
    '2',
    '10',
    '2026',
    'may',
    'sun',
    'sat',
    'week',
    'second',
    'the',
    'in',
    'ago',
    'at',
    'in 2',
  ],
  ...[
    '31 Feb',
    '31/2',
    '2026-02-31',
    '32 Dec',
    '12/14',
    '2026-14-12',
    '0/1',
    '25:00',
    'friday 25:00',
    '9:60',
  ],
  ...[
    'friday 13pm',
    'Sat 27 Nov',
    'friday 3',
    'tomorrow 10',
    'friday midnight',
    'friday night at 1',
  ],
  ...[
    '14-16 dec',
    '9am-10am',
    'friday or saturday',
    'friday met Jane',
    'soon',
    'whenever',
    '3pm met',
    '9am est',
  ],
  ...[
    'in 9999 years',
    '99999 weeks ago',
    '1/1/0001',
    '14 dec 9999',
    '-3 days',
    'next 14 dec',
    '14 dec\u0000',
  ],
  ...['2026-12-14T25:00:00Z', '2026-13-14T10:00:00Z', `friday${'!'.repeat(80)}`],
])('does not take %j for a date', (text) => {
  expect([read(text, 'future'), read(text, 'past')]).toEqual(['nothing', 'nothing']);
});

it('counts months on the calendar: a month after 31 January is the last of February', () => {
  expect(read('in a month', 'future', new Date('2027-01-31T10:00:00Z'))).toBe('2027-02-28');
});

it.each([
  ['9', 540],
  ['9am', 540],
  ['9 pm', 1260],
  ['09:00', 540],
  ['9.30', 570],
  ['17:30', 1050],
  ['0:00', 0],
  ['noon', 720],
  ['midnight', 0],
  ['12am', 0],
  ['12pm', 720],
  ['half past nine', 570],
  ['quarter to ten', 585],
  ["9 o'clock", 540],
  ['at 9', 540],
  ['8 in the evening', 1200],
])('reads the time %j as minute %i', (text, minute) => expect(readTime(text)).toBe(minute));

it.each(['', '24:00', '25', '9:60', '13pm', '0am', 'nine-ish', 'tomorrow', '930', '9-10'])(
  'does not take %j for a time',
  (text) => expect(readTime(text)).toBeUndefined(),
);

it.each(['past', 'future'] as const)('offers only examples that work: %s', (tense) => {
  const examples = [...dateExamples(tense).matchAll(/"([^"]+)"/g)].map(([, text = '']) => text);
  expect(examples.length).toBeGreaterThan(2);
  for (const example of examples) expect(read(example, tense)).not.toBe('nothing');
});
