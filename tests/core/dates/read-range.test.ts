import { expect, it } from 'vitest';
import { readDayRange } from '../../../src/core/dates/read-range.ts';

const MONDAY = '2026-11-30';

it.each([
  ['24 Dec - 2 Jan', '2026-12-24', '2027-01-02'],
  ['24 Dec to 2 Jan', '2026-12-24', '2027-01-02'],
  ['24 Dec–2 Jan', '2026-12-24', '2027-01-02'],
  ['24 Dec-2 Jan', '2026-12-24', '2027-01-02'],
  ['from 24 December until 2 January', '2026-12-24', '2027-01-02'],
  ['24 - 31 Dec', '2026-12-24', '2026-12-31'],
  ['the 24th to the 31st of December', '2026-12-24', '2026-12-31'],
  ['26 Mar - 7 May', '2027-03-26', '2027-05-07'],
  ['26 Mar 2028 - 7 May 2028', '2028-03-26', '2028-05-07'],
  ['24 Dec 2027 - 2 Jan', '2027-12-24', '2028-01-02'],
  ['2026-12-24 to 2027-01-02', '2026-12-24', '2027-01-02'],
  ['2026-12-24 - 2027-01-02', '2026-12-24', '2027-01-02'],
  ['24/12 - 2/1', '2026-12-24', '2027-01-02'],
  ['Thu 24 Dec to Sat 2 Jan', '2026-12-24', '2027-01-02'],
  ['23 Nov - 4 Dec', '2026-11-23', '2026-12-04'],
  ['tomorrow to friday', '2026-12-01', '2026-12-04'],
  ['wednesday - friday', '2026-12-02', '2026-12-04'],
  ['24 Dec', '2026-12-24', '2026-12-24'],
  ['today', '2026-11-30', '2026-11-30'],
])('reads "%s"', (text, from, to) => {
  expect(readDayRange(text, MONDAY)).toEqual({ from, to });
});

it('reads days that cross the year while they last, and after them', () => {
  expect(readDayRange('24 Dec - 2 Jan', '2026-12-28')).toEqual({
    from: '2026-12-24',
    to: '2027-01-02',
  });
  expect(readDayRange('24 Dec - 2 Jan', '2027-01-03')).toEqual({
    from: '2027-12-24',
    to: '2028-01-02',
  });
});

it.each(['', 'soon', '24 Dec -', '- 2 Jan', '24 Dec - 2 Jan - 4 Jan', '31 Feb - 2 Mar', '2 - 24'])(
  'does not guess at "%s"',
  (text) => expect(readDayRange(text, MONDAY)).toBeUndefined(),
);
