import fc from 'fast-check';
import { expect, it } from 'vitest';
import { durationText, readDuration } from '../../../src/core/dates/duration.ts';

it.each([
  ['6 weeks', 'P6W', '6 weeks'],
  ['every 6 weeks', 'P6W', '6 weeks'],
  ['Every six weeks.', 'P6W', '6 weeks'],
  ['6w', 'P6W', '6 weeks'],
  ['week', 'P1W', '1 week'],
  ['weekly', 'P1W', '1 week'],
  ['every week', 'P1W', '1 week'],
  ['once a week', 'P1W', '1 week'],
  ['every other week', 'P2W', '2 weeks'],
  ['fortnight', 'P2W', '2 weeks'],
  ['a fortnight', 'P2W', '2 weeks'],
  ['fortnightly', 'P2W', '2 weeks'],
  ['2 months', 'P2M', '2 months'],
  ['a couple of months', 'P2M', '2 months'],
  ['monthly', 'P1M', '1 month'],
  ['quarter', 'P3M', '3 months'],
  ['quarterly', 'P3M', '3 months'],
  ['2 quarters', 'P6M', '6 months'],
  ['half-yearly', 'P6M', '6 months'],
  ['twice a year', 'P6M', '6 months'],
  ['a year', 'P1Y', '1 year'],
  ['annually', 'P1Y', '1 year'],
  ['1 year and 6 months', 'P1Y6M', '1 year and 6 months'],
  ['10 days', 'P10D', '10 days'],
  ['P6W', 'P6W', '6 weeks'],
  ['p1y2m3w4d', 'P1Y2M3W4D', '1 year, 2 months, 3 weeks and 4 days'],
  ['5 years', 'P5Y', '5 years'],
  ['60 months', 'P60M', '60 months'],
])('reads %j as %s, and says %s', (text, iso, said) => {
  expect(readDuration(text)).toBe(iso);
  expect(durationText(iso)).toBe(said);
});

it.each([
  ...[
    '',
    '0 weeks',
    '0',
    'P0D',
    'P',
    '6 years',
    '61 months',
    '2000 days',
    '99999 weeks',
    '-2 weeks',
  ],
  ...[
    '1.5 weeks',
    '6',
    'six',
    'soon',
    'friday',
    '3 hours',
    'PT3H',
    'biweekly',
    '6 weeks or so',
    'every',
  ],
])('does not take %j for a length of time', (text) => expect(readDuration(text)).toBeUndefined());

it('reads back what it says', () => {
  const length = fc.tuple(fc.integer({ min: 1, max: 200 }), fc.constantFrom('D', 'W'));
  fc.assert(
    fc.property(length, ([count, unit]) => {
      const iso = `P${count}${unit}`;
      expect(readDuration(durationText(iso))).toBe(iso);
    }),
  );
});
