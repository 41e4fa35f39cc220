import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { addToDay, dayOf } from '../../../src/core/dates/day.ts';
import { readRepeat } from '../../../src/core/dates/read-repeat.ts';
import {
  dayOfOccurrence,
  nextDay,
  type Repeat,
  type RepeatRhythm,
} from '../../../src/core/domain/followups/repeat.ts';
import { repeatText } from '../../../src/core/domain/followups/repeat-text.ts';
import { shiftedRepeat, whenDueOn } from '../../../src/core/domain/followups/series.ts';
import { startRepeat } from '../../../src/core/features/followups/start-series.ts';
import { runs, sized } from '../../fixtures/proof.ts';
import { daysOfRhythm, rhythms } from '../../fixtures/repeat-days.ts';

const on = (day: string) => Temporal.PlainDate.from(day);
const days = fc
  .integer({ min: 0, max: 900 })
  .map((ahead) => addToDay('2026-01-01', { days: ahead }));
const zones = fc.constantFrom(
  ...['Europe/London', 'America/New_York', 'America/Santiago', 'Africa/Cairo', 'Asia/Beirut'],
  ...['Atlantic/Azores', 'Antarctica/Troll', 'Australia/Lord_Howe', 'Pacific/Chatham'],
  ...['America/Havana', 'Africa/Casablanca', 'Asia/Kolkata', 'Pacific/Kiritimati', 'UTC'],
);

/** The first instant at which clocks show a time, or the first one after a gap, from another library. */
function instantBy(day: string, minute: number, zone: string): number {
  const time = { hour: Math.floor(minute / 60), minute: minute % 60 };
  const local = on(day).toPlainDateTime(time);
  const first = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (first.toPlainDateTime().equals(local)) return first.epochMilliseconds;
  return first.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.NaN;
}

it(
  'comes on each day of its rule over two years, once each, in every zone',
  () => {
    fc.assert(
      fc.property(
        rhythms,
        days,
        fc.integer({ min: 0, max: 1439 }),
        zones,
        (rhythm, from, minute, zone) => {
          const repeat: Repeat = { rhythm, from, minute, until: null, skipped: [] };
          const end = addToDay(from, { years: 2 });
          const expected = daysOfRhythm(rhythm, from, end);
          const found: string[] = [];
          let day = nextDay(repeat, addToDay(from, { days: -1 }));
          while (day !== undefined && day <= end) {
            found.push(day);
            day = nextDay(repeat, day);
          }
          expect(found).toEqual(expected);

          const instants = found.map(
            (each) => whenDueOn(each, repeat, zone).at?.getTime() ?? Number.NaN,
          );
          expect(instants).toEqual(found.map((each) => instantBy(each, minute, zone)));
          expect(instants.every((at, index) => index === 0 || at > instants[index - 1]!)).toBe(
            true,
          );
          expect(instants.map((at) => dayOf(new Date(at), zone))).toEqual(found);
        },
      ),
      { numRuns: runs(150) },
    );
  },
  sized(60_000, 1_800_000),
);

it.each([
  // London's clocks go back at 02:00 on 25 October 2026: 01:30 comes twice, and the first one counts.
  ['2026-10-25', 90, '2026-10-25T00:30:00.000Z'],
  // They go forward at 01:00 on 28 March 2027: 01:30 does not come, and 02:00 is the next minute that does.
  ['2027-03-28', 90, '2027-03-28T01:00:00.000Z'],
  ['2027-03-28', 540, '2027-03-28T08:00:00.000Z'],
])('on %s at minute %i in London it is %s, once', (changing, minute, instant) => {
  const repeat = { rhythm: { every: 'day', count: 1 }, from: '2026-10-01', minute } as const;
  const rule: Repeat = { ...repeat, until: null, skipped: [] };
  const before = addToDay(changing, { days: -1 });
  const after = addToDay(changing, { days: 1 });
  expect([nextDay(rule, before), nextDay(rule, changing)]).toEqual([changing, after]);
  expect(whenDueOn(changing, rule, 'Europe/London').at?.toISOString()).toBe(instant);
});

it('a yearly last day is shown as the last day of its month', () => {
  const rule = {
    rhythm: { every: 'month', count: 12, date: 31 },
    from: '2026-04-30',
    minute: null,
  } as const;
  expect(repeatText(rule)).toBe('every year on 30 April');
});

it('the words of a rule can be typed back, and mean the same', () => {
  fc.assert(
    fc.property(
      rhythms,
      days,
      fc.option(fc.integer({ min: 0, max: 1439 })),
      (rhythm, start, minute) => {
        const from = nextDay(
          { rhythm: { ...rhythm, count: 1 }, from: start, minute, until: null, skipped: [] },
          addToDay(start, { days: -1 }),
        )!;
        const repeat: Repeat = { rhythm, from, minute, until: null, skipped: [] };
        const wording = readRepeat(repeatText(repeat));
        expect(wording, repeatText(repeat)).toBeDefined();
        const scene = { now: new Date('2025-12-01T12:00:00Z'), zone: 'Europe/London' };
        const again = startRepeat(wording!, { by: { day: from } }, scene);
        expect(repeatText(again)).toBe(repeatText(repeat));
        expect(nextDay(again, from)).toBe(nextDay(repeat, from));
      },
    ),
  );
});

it('leaves out skipped days, ends on its last day, and counts its occurrences', () => {
  const rule: Repeat = {
    rhythm: { every: 'week', count: 1, on: [1] },
    from: '2026-11-23',
    minute: null,
    until: '2026-12-14',
    skipped: ['2026-11-30'],
  };
  expect(nextDay(rule, '2026-11-23')).toBe('2026-12-07');
  expect(nextDay(rule, '2026-12-07')).toBe('2026-12-14');
  expect(nextDay(rule, '2026-12-14')).toBeUndefined();
  expect(dayOfOccurrence(rule, 6)).toBe('2026-12-28');
  const last: RepeatRhythm = { every: 'month', count: 1, date: 31 };
  expect(dayOfOccurrence({ rhythm: last, from: '2026-12-31' }, 3)).toBe('2027-02-28');
});

it('moving one day of a rule moves all that follow', () => {
  const moved = (rhythm: RepeatRhythm, was: string, to: string) => {
    const rule = { rhythm, from: was, minute: null, until: null, skipped: [] };
    return repeatText(shiftedRepeat(rule, was, to));
  };
  expect(moved({ every: 'week', count: 1, on: [1, 4] }, '2026-11-23', '2026-11-24')).toBe(
    'every Tuesday and Thursday',
  );
  expect(moved({ every: 'month', count: 1, date: 15 }, '2026-12-15', '2026-12-14')).toBe(
    'every month on the 14th',
  );
  const lastFriday: RepeatRhythm = { every: 'month', count: 1, nth: -1, weekday: 5 };
  expect(moved(lastFriday, '2026-11-27', '2026-11-30')).toBe('every month on the last Monday');
  expect(moved(lastFriday, '2026-11-27', '2026-12-04')).toBe('every month on the first Friday');
});

it.each([
  ['every monday', 'every Monday'],
  ['mondays and thursdays at 3', 'every Monday and Thursday at 15:00'],
  ['weekdays', 'every weekday'],
  ['every other friday', 'every 2 weeks on Friday'],
  ['the last day of the month', 'every month on the last day'],
  ['first tuesday of the month', 'every month on the first Tuesday'],
  ['last friday', 'every month on the last Friday'],
  ['1st of april every year', 'every year on 1 April'],
  ['quarterly on the 1st at 9am', 'every 3 months on the 1st at 09:00'],
])('reads "%s"', (typed, shown) => {
  const scene = { now: new Date('2026-11-18T10:00:00Z'), zone: 'Europe/London' };
  expect(repeatText(startRepeat(readRepeat(typed)!, {}, scene))).toBe(shown);
});

it.each([
  '',
  'soon',
  'every second tuesday',
  'every 0 days',
  'every friday 25:00',
  'every 31 february',
])('does not guess at "%s"', (typed) => expect(readRepeat(typed)).toBeUndefined());

it('reads anything without throwing', () => {
  fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => void readRepeat(text)));
});
