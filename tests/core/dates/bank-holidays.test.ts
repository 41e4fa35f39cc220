import { describe, expect, it } from 'vitest';
import { bankHolidays } from '../../../src/core/dates/bank-holidays.ts';
import { weekdayOf } from '../../../src/core/dates/day.ts';
import {
  addWorkingDays,
  isWorkingDay,
  nextWorkingDay,
} from '../../../src/core/dates/working-days.ts';

/**
 * As https://www.gov.uk/bank-holidays publishes them. Without Scotland's one-off 15 June 2026 (the football World
 * Cup), which is over, and which the library does not know.
 */
const published: { readonly [calendar: string]: { readonly [year: number]: string } } = {
  'england-and-wales': {
    2026: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
    2027: '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28',
    2028: '01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26',
  },
  scotland: {
    2026: '01-01 01-02 04-03 05-04 05-25 08-03 11-30 12-25 12-28',
    2027: '01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28',
    2028: '01-03 01-04 04-14 05-01 05-29 08-07 11-30 12-25 12-26',
  },
  'northern-ireland': {
    2026: '01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28',
    2027: '01-01 03-17 03-26 03-29 05-03 05-31 07-12 08-30 12-27 12-28',
    2028: '01-03 03-17 04-14 04-17 05-01 05-29 07-12 08-28 12-25 12-26',
  },
};

const each = Object.entries(published).flatMap(([calendar, years]) =>
  Object.entries(years).map(([year, days]) => [calendar, Number(year), days] as const),
);

it.each(each)('%s has in %i the bank holidays that are published', (calendar, year, days) => {
  // On a Saturday or Sunday itself nobody works; the substitute day is what counts.
  const found = [...bankHolidays(calendar, year).keys()].filter((day) => weekdayOf(day) < 6);
  expect(found.toSorted()).toEqual(days.split(' ').map((day) => `${year}-${day}`));
});

it.each([
  ['england-and-wales', '2026-12-28', 'Boxing Day (substitute day)'],
  ['england-and-wales', '2027-12-27', 'Christmas Day (substitute day)'],
  ['england-and-wales', '2027-03-29', 'Easter Monday'],
  ['scotland', '2026-11-30', 'St Andrew’s Day'],
  ['scotland', '2027-01-04', 'January 2nd (substitute day)'],
  ['northern-ireland', '2027-03-17', 'St Patrick’s Day'],
  ['northern-ireland', '2027-07-12', 'Battle of the Boyne (Orangemen’s Day)'],
])('%s, %s: %s', (calendar, day, name) => {
  expect(bankHolidays(calendar, Number(day.slice(0, 4))).get(day)).toBe(name);
});

it.each([
  ['scotland', '2027-03-29', 'Easter Monday'],
  ['scotland', '2027-08-30', 'the last Monday of August'],
  ['england-and-wales', '2027-01-04', 'the substitute for 2 January'],
  ['england-and-wales', '2026-11-30', 'St Andrew’s Day'],
  ['northern-ireland', '2027-01-04', 'the substitute for 2 January'],
  ['elsewhere', '2026-12-25', 'Christmas, in a calendar nobody knows'],
])('%s, %s: no bank holiday (%s)', (calendar, day) => {
  expect(bankHolidays(calendar, Number(day.slice(0, 4))).has(day)).toBe(false);
});

describe('working days', () => {
  const england = { workingDays: [1, 2, 3, 4, 5], calendar: 'england-and-wales' };
  const scotland = { ...england, calendar: 'scotland' };

  it.each([
    ['2026-12-24', england, true],
    ['2026-12-25', england, false],
    ['2026-12-27', england, false],
    ['2026-12-28', england, false],
    ['2027-03-29', england, false],
    ['2027-03-29', scotland, true],
    ['2026-12-06', { workingDays: [], calendar: 'scotland' }, true],
  ])('%s', (day, week, worked) => {
    expect(isWorkingDay(day, week)).toBe(worked);
  });

  it.each([
    ['2026-12-25', england, '2026-12-29'],
    ['2026-12-29', england, '2026-12-29'],
    ['2027-01-01', england, '2027-01-04'],
    ['2027-01-01', scotland, '2027-01-05'],
  ])('from %s the first is %#', (day, week, first) => {
    expect(nextWorkingDay(day, week)).toBe(first);
  });

  it.each([
    ['2026-11-20', 1, '2026-11-23'],
    ['2026-11-19', 7, '2026-11-30'],
    ['2026-12-24', 1, '2026-12-29'],
    ['2026-12-22', 7, '2027-01-05'],
  ])('%s and %i', (day, count, after) => {
    expect(addWorkingDays(day, count, england)).toBe(after);
  });
});
