import fc from 'fast-check';
import { DateTime } from 'luxon';
import { afterEach, expect, it } from 'vitest';
import { readDate } from '../../../src/core/dates/read-date.ts';
import { onlyValue } from '../../../src/core/dates/reading.ts';
import { NOW } from '../parsing/resolve-line.ts';

const read = (text: string, now: string, zone: string) =>
  onlyValue(readDate(text, { now: new Date(now), zone, tense: 'future' }));

it.each([
  // The clocks go back at 2:00 on 25 October: 1:30 comes twice, and the first is meant.
  ['25 Oct 1:30am', '2026-10-20T10:00:00Z', '2026-10-25T00:30:00.000Z'],
  ['25 Oct 2:00am', '2026-10-20T10:00:00Z', '2026-10-25T02:00:00.000Z'],
  // They go forward at 1:00 on 28 March: there is no 1:30, and 2:00 is next.
  ['28 March 01:30', '2027-03-20T10:00:00Z', '2027-03-28T01:00:00.000Z'],
  ['28 March 00:59', '2027-03-20T10:00:00Z', '2027-03-28T00:59:00.000Z'],
  // Tomorrow is the next day of the calendar, even if a day has 23 or 25 hours.
  ['tomorrow 9am', '2026-10-24T10:00:00Z', '2026-10-25T09:00:00.000Z'],
  ['tomorrow 9am', '2027-03-27T10:00:00Z', '2027-03-28T08:00:00.000Z'],
  // Hours are elapsed time.
  ['in 2 hours', '2026-10-25T00:30:00Z', '2026-10-25T02:30:00.000Z'],
  ['in 2 hours', '2027-03-28T00:30:00Z', '2027-03-28T02:30:00.000Z'],
])('reads %j, said at %s in London, as %s', (text, now, at) => {
  expect(read(text, now, 'Europe/London')?.at?.toISOString()).toBe(at);
});

it.each([
  ['Asia/Kathmandu', '2026-11-24T03:15:00.000Z'],
  ['Australia/Lord_Howe', '2026-11-23T22:00:00.000Z'],
  ['America/St_Johns', '2026-11-24T12:30:00.000Z'],
  ['Pacific/Chatham', '2026-11-24T19:15:00.000Z'],
  ['Pacific/Kiritimati', '2026-11-24T19:00:00.000Z'],
  ['Pacific/Pago_Pago', '2026-11-24T20:00:00.000Z'],
])('reads "tomorrow 9am" by the clock and the calendar of %s', (zone, at) => {
  // It is 11:00 UTC: already the next day in the Pacific's west, still early in its east.
  expect(read('tomorrow 9am', '2026-11-23T11:00:00Z', zone)?.at?.toISOString()).toBe(at);
});

it('says the day it is where the speaker is', () => {
  expect(read('today', '2026-11-23T23:30:00Z', 'Asia/Tokyo')?.day).toBe('2026-11-24');
  expect(read('today', '2026-11-23T03:30:00Z', 'America/New_York')?.day).toBe('2026-11-22');
});

it('shows every clock time back as it was typed, in any zone, unless the clock skips it', () => {
  const zones = ['Europe/London', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Africa/Casablanca'];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.date({ min: new Date('2025-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
      (zone, date, hour, minute) => {
        const day = date.toISOString().slice(0, 10);
        const clock = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        const context = { now: new Date('2026-01-01'), zone, tense: 'future' } as const;
        const at = onlyValue(readDate(`${day} ${clock}`, context))?.at;
        const shown = DateTime.fromJSDate(at ?? new Date(0), { zone }).toFormat('yyyy-MM-dd HH:mm');
        const exists = DateTime.fromISO(`${day}T${clock}`, { zone }).toFormat('HH:mm') === clock;
        expect(exists ? shown : shown > `${day} ${clock}`).toBe(exists ? `${day} ${clock}` : true);
      },
    ),
  );
});

it('reads the same whatever the zone of the machine', () => {
  const phrases = [
    'friday 3pm',
    '14 Dec',
    '28 March 2027 01:30',
    'end of the month',
    'in 2 weeks',
    '29 Feb',
    'last night',
  ];
  const answers = [
    'UTC',
    'Pacific/Apia',
    'America/St_Johns',
    'Europe/London',
    'Pacific/Kiritimati',
  ].map((zone) => {
    process.env.TZ = zone;
    // The machine's zone did change; without that this test would prove nothing.
    expect(DateTime.fromJSDate(NOW, { zone }).offset + NOW.getTimezoneOffset()).toBe(0);
    return phrases.map((text) => read(text, '2027-03-27T23:30:00Z', 'Europe/London'));
  });
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(answers[0]).toContainEqual({ day: '2028-02-29' });
});

const machineZone = process.env.TZ;
afterEach(() => {
  if (machineZone === undefined) delete process.env.TZ;
  else process.env.TZ = machineZone;
});
