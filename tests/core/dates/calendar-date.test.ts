import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCalendarDate } from '../../../src/core/dates/calendar-date.ts';

/** A Monday. */
const TODAY = '2026-11-23';
const read = (words: string) => readCalendarDate(words, TODAY, 'future');

describe('a date whose month is a word', () => {
  it.each([
    // The day with any suffix, with a leading zero, or as a word.
    ['14 december', '2026-12-14'],
    ['01 dec', '2026-12-01'],
    ['1st dec', '2026-12-01'],
    ['3th dec', '2026-12-03'],
    ['first of december', '2026-12-01'],
    ['december second', '2026-12-02'],
    ['twelfth dec', '2026-12-12'],
    ['twenty first dec', '2026-12-21'],
    ['twenty-first of december', '2026-12-21'],
    ['the thirty-first of december', '2026-12-31'],
    ['thirtieth dec', '2026-12-30'],
    // The month in full, as its first three letters, or as sept.
    ['14 sept 2027', '2027-09-14'],
    ['14 sep 2027', '2027-09-14'],
    // The month first, or no space between.
    ['december the 14th', '2026-12-14'],
    ['december the fourteenth', '2026-12-14'],
    ['14dec', '2026-12-14'],
    ['14thdec', '2026-12-14'],
    ['1sept 2027', '2027-09-01'],
    ['dec-14', '2026-12-14'],
    ['14-dec-27', '2027-12-14'],
    // A year of two digits is of this century; a year may come first.
    ['14 dec 60', '2060-12-14'],
    ['dec 14 99', '2099-12-14'],
    ['14 dec 1999', '1999-12-14'],
    ['2026 dec 14', '2026-12-14'],
    ['2027-dec-14', '2027-12-14'],
    ['29 feb 2028', '2028-02-29'],
    // A weekday at either end has to be the right one.
    ['mon 14 dec', '2026-12-14'],
    ['14 dec mon', '2026-12-14'],
    ['monday the 14th of december 2026', '2026-12-14'],
  ])('reads %j as %s', (words, day) => expect(read(words)).toBe(day));

  it.each([
    ...['0 dec', '32 dec', '31 nov', '29 feb 2027', '100 dec', 'thirty second dec'],
    ...['twenty dec', 'thirty dec', 'twenty tenth dec', 'one dec', 'forty dec'],
    ...['14 de', '14 decem', '14 junes', '14 ma', 'dec', '14', 'of dec', '14 of', 'the dec'],
    ...['14 dec 5', '14 dec 202', '14 dec 20266', '14 dec 2026th', '14 dec 1850', '14 dec 2300'],
    ...['dec 2026', '2026 dec', '1850 dec 14', 'of 14 dec', 'dec of 14', '14 dec of 2026'],
    ...['14 14 dec', '14 dec dec', '14 dec 2026 2026', '14 dec 3pm', '14 dec to 16 dec'],
    ...['14 dec bc', '14 december ago', 'next 14 dec', 'tue 14 dec', 'mon 14 dec tue', 'x14 dec'],
  ])('does not take %j', (words) => expect(read(words)).toBeUndefined());
});

it('reads every day of every year in each way to write it', () => {
  const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
  const date = fc.date({
    min: new Date('1900-01-01'),
    max: new Date('2199-12-31'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(date, (instant) => {
      const day = instant.toISOString().slice(0, 10);
      const [year = '', month = '', date = ''] = day.split('-');
      const name = months[Number(month) - 1] ?? '';
      const forms = [
        `${date} ${name} ${year}`,
        `${name} ${Number(date)} ${year}`,
        `${Number(date)}th of ${name} ${year}`,
        `${year} ${name} ${date}`,
        `${date}/${month}/${year}`,
        day,
      ];
      for (const form of forms) expect(read(form)).toBe(day);
    }),
  );
});
