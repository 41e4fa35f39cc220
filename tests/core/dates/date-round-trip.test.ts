import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { addToDay, dayOf, dayText, momentText } from '../../../src/core/dates/day.ts';
import { readDate } from '../../../src/core/dates/read-date.ts';
import { onlyValue } from '../../../src/core/dates/reading.ts';
import { timeText } from '../../../src/core/dates/time-of-day.ts';
import { whenText } from '../../../src/core/dates/when.ts';

import { sized } from '../../fixtures/proof.ts';

const zones = fc.constantFrom(
  ...['Europe/London', 'Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'],
  ...['America/Santiago', 'Pacific/Chatham', 'Africa/Casablanca', 'Pacific/Kiritimati', 'UTC'],
);
/** The clock, of which there are two ambiguous and two skipped hours a year in London. */
const clocks = fc.date({
  min: new Date('2026-01-01'),
  max: new Date('2030-12-31'),
  noInvalidDate: true,
});
const ahead = fc.integer({ min: 0, max: 330 });
const minutes = fc.integer({ min: 0, max: 1439 });

/** The first instant at which clocks show a time, or the first one after a gap, from another library. */
function instantBy(day: string, minute: number, zone: string): number {
  const time = { hour: Math.floor(minute / 60), minute: minute % 60 };
  const local = Temporal.PlainDate.from(day).toPlainDateTime(time);
  const first = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (first.toPlainDateTime().equals(local)) return first.epochMilliseconds;
  return first.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.NaN;
}

it(
  'reads what it prints, in ten zones',
  () => {
    fc.assert(
      fc.property(clocks, ahead, minutes, zones, (now, days, minute, zone) => {
        const today = dayOf(now, zone);
        const day = addToDay(today, { days });
        const read = (text: string) => onlyValue(readDate(text, { now, zone, tense: 'future' }));
        expect(read(dayText(day, today))).toEqual({ day });
        expect(read(dayText(day))).toEqual({ day });

        const at = new Date(instantBy(day, minute, zone));
        const when = { day: dayOf(at, zone), at };
        expect(read(`${day} ${timeText(minute)}`)).toEqual(when);
        expect(read(`${dayText(day, today)}, ${timeText(minute)}`)).toEqual(when);
        const inGap = momentText(at, zone);
        expect(read(whenText(when, today, zone))?.day).toBe(when.day);
        expect(read(inGap)?.day).toBe(when.day);
      }),
      { numRuns: sized(1_000, 10_000) },
    );
  },
  sized(60_000, 300_000),
);

it('reads a day that has been as it prints it, with its year', () => {
  fc.assert(
    fc.property(clocks, fc.integer({ min: 0, max: 2000 }), zones, (now, days, zone) => {
      const day = addToDay(dayOf(now, zone), { days: -days });
      expect(onlyValue(readDate(dayText(day), { now, zone, tense: 'past' }))).toEqual({ day });
    }),
    { numRuns: 2_000 },
  );
}, 60_000);

it(
  'never throws, whatever is typed, and each choice has something to choose',
  () => {
    const word = fc.constantFrom(
      ...'friday fri 4th 31 feb next last week the of in a two weeks ago tomorrow at 3 half past 7pm or and to - before after'.split(
        ' ',
      ),
      ...'end mid jan christmas bank holiday first working day monday 5/12 2027 noon midnight gmt early weekend 14.12'.split(
        ' ',
      ),
    );
    const texts = fc.array(word, { maxLength: 7 }).map((words) => words.join(' '));
    const tenses = fc.constantFrom('past' as const, 'future' as const);
    fc.assert(
      fc.property(texts, clocks, zones, tenses, (text, now, zone, tense) => {
        const reading = readDate(text, { now, zone, tense });
        if (reading?.kind === 'choice') expect(reading.values.length, text).toBeGreaterThan(0);
        if (reading?.kind === 'read') expect(reading.value.day).toMatch(/^\d{4}-\d\d-\d\d$/);
      }),
      { numRuns: 3_000 },
    );
  },
  sized(60_000, 300_000),
);

it.each([
  // London's clocks go back at 02:00 on 25 October 2026: 01:30 comes twice, and the first one counts.
  ['25 oct 2026 01:30', '2026-10-25T00:30:00.000Z'],
  ['sunday 25 oct 2026 at 3pm', '2026-10-25T15:00:00.000Z'],
  // They go forward at 01:00 on 28 March 2027: 01:30 does not come, and 02:00 is the next minute that does.
  ['28 march 2027 01:30', '2027-03-28T01:00:00.000Z'],
  ['easter sunday 2027 at noon', '2027-03-28T11:00:00.000Z'],
  ['14 july 2027 half 7', '2027-07-14T18:30:00.000Z'],
])('reads %j, near a change of the clocks, as %s', (text, instant) => {
  const context = { now: new Date('2026-10-20T10:00:00Z'), zone: 'Europe/London' };
  const when = onlyValue(readDate(text, { ...context, tense: 'future' }));
  expect(when?.at?.toISOString()).toBe(instant);
});

it('counts days where the reader is: tomorrow begins earlier in Auckland', () => {
  const now = new Date('2026-11-30T12:00:00Z');
  const read = (zone: string) =>
    onlyValue(readDate('tomorrow', { now, zone, tense: 'future' }))?.day;
  expect([read('Europe/London'), read('Pacific/Auckland')]).toEqual(['2026-12-01', '2026-12-02']);
});

it('finds Easter as the tables of the Church of England have it', () => {
  const read = (year: number) =>
    onlyValue(
      readDate(`easter ${year}`, { now: new Date(), zone: 'Europe/London', tense: 'future' }),
    )?.day;
  const found = [2024, 2025, 2026, 2027, 2028, 2029, 2030, 2038, 2049, 2076].map(read);
  expect(found).toEqual([
    ...['2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28', '2028-04-16', '2029-04-01'],
    ...['2030-04-21', '2038-04-25', '2049-04-18', '2076-04-19'],
  ]);
});

it.each(['1-', '1 to ', 'fri or ', 'before ', '1 gmt ', 'a week after ', 'end of ', 'fri am '])(
  'reads "%s" many times over without counting every way to split it',
  (part) => {
    const text = part.repeat(60).slice(0, 58).trim();
    const read = (tense: 'past' | 'future') =>
      readDate(text, { now: new Date('2026-11-30T06:45:00Z'), zone: 'Europe/London', tense });
    expect(() => [read('future'), read('past')]).not.toThrow();
  },
);
