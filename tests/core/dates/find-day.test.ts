import { describe, expect, it } from 'vitest';
import { findDayIn, findRepeatIn } from '../../../src/core/dates/find-day.ts';
import { possibleValues } from '../../../src/core/dates/reading.ts';
import type { DateReading } from '../../../src/core/dates/when.ts';

/** Monday 30 November 2026, 06:45 in London. */
const NOW = new Date('2026-11-30T06:45:00Z');

/** The words of the date in a text, "sure" or "maybe", and what they read as. */
function find(text: string, tense: 'past' | 'future' = 'future'): string {
  const found = findDayIn(text, { now: NOW, zone: 'Europe/London', tense });
  if (!found) return 'nothing';
  const { start, end, isSure, reading } = found;
  return `${text.slice(start, end)} | ${isSure ? 'sure' : 'maybe'} | ${valuesOf(reading)}`;
}

function valuesOf(reading: DateReading): string {
  const values = possibleValues(reading).map(({ day, at }) =>
    at ? `${day} ${at.toISOString().slice(11, 16)}` : day,
  );
  return values.length === 0 ? reading.kind : values.join(' or ');
}

describe('a date that says when something is due', () => {
  it.each([
    ['order the chairs by thursday', 'by thursday | sure | 2026-12-03'],
    ['by thursday order the chairs', 'by thursday | sure | 2026-12-03'],
    ['phone the surgery tomorrow at 2', 'tomorrow at 2 | sure | 2026-12-01 14:00'],
    ['Tomorrow 11:30 sort the keys', 'Tomorrow 11:30 | sure | 2026-12-01 11:30'],
    ['today put the banner up', 'today | sure | 2026-11-30'],
    ['ring Pat in 25 minutes', 'in 25 minutes | sure | 2026-11-30 07:10'],
    ['ring Pat 4pm', '4pm | sure | 2026-11-30 16:00'],
    ['next week walk round the allotments', 'next week | sure | 2026-12-07'],
    ['4/12 14:00 pick up the cheque', '4/12 14:00 | sure | 2026-12-04 14:00'],
    ['accounts due 8 march', 'due 8 march | sure | 2027-03-08'],
    ['finish the bid (before christmas)', 'before christmas | sure | 2026-12-24'],
    ['chase the invoice friday week', 'friday week | sure | 2026-12-11'],
    ['email Bob wednesday, then Sue', 'wednesday | sure | 2026-12-02'],
    ['post the form 14 Dec', '14 Dec | sure | 2026-12-14'],
    ['minutes out on tues or weds', 'on tues or weds | sure | 2026-12-01 or 2026-12-02'],
    ['book the hall by 31 june', 'by 31 june | sure | refused'],
    ['write up the Friday lunch club by monday', 'by monday | sure | 2026-12-07'],
    ['read it first thing tomorrow', 'first thing tomorrow | sure | 2026-12-01'],
    ['send it end of next week', 'end of next week | sure | 2026-12-11'],
  ])('%j', (text, found) => expect(find(text)).toBe(found));
});

describe('a date that may belong to the text', () => {
  it.each([
    ['flyers for the Friday lunch club', 'Friday | maybe | 2026-12-04'],
    ["agenda for Thursday's meeting", 'Thursday | maybe | 2026-12-03'],
    ["tomorrow's rota", 'tomorrow | maybe | 2026-12-01'],
    ['prizes for the Easter fair', 'Easter | maybe | 2027-03-28'],
    ['Christmas party food', 'Christmas | maybe | 2026-12-25'],
    ['cover for friday', 'friday | maybe | 2026-12-04'],
    ['the 14 December minutes', '14 December | maybe | 2026-12-14'],
    ['deliver to 3 May Street', '3 May | maybe | 2027-05-03'],
    ['the weekend football', 'weekend | maybe | 2026-12-05'],
  ])('%j', (text, found) => expect(find(text)).toBe(found));
});

describe('no date', () => {
  it.each([
    ...['we sat with Jane', 'ask June about May', 'ring Jan', 'the sun shelter', '205th scouts'],
    ...['2 weeks of work', 'a second look', 'pay £9.30', 'room 12', 'buy 3 boxes', 'now or never'],
    ...[
      'next steps with the council',
      'last orders',
      'meet on site',
      'book lunch',
      'send 2nd letter',
    ],
    ...['water the plants every tuesday', 'met Jane yesterday'],
  ])('%j', (text) => expect(find(text)).toBe('nothing'));
});

describe('a date on which something happened', () => {
  it.each([
    ['met Sue last wednesday', 'last wednesday | sure | 2026-11-25'],
    ['rang yesterday about the fair', 'yesterday | sure | 2026-11-29'],
    ['called in on friday', 'on friday | sure | 2026-11-27'],
    ['saw them 3 days ago', '3 days ago | sure | 2026-11-27'],
    ['they promised the plan by friday', 'nothing'],
    ['will meet again tomorrow', 'nothing'],
    ['a chat after the Friday lunch club', 'Friday | maybe | 2026-11-27'],
  ])('%j', (text, found) => expect(find(text, 'past')).toBe(found));
});

describe('how often something repeats, in free words', () => {
  it.each([
    ['water the tubs every thursday', 'every thursday | sure'],
    ['every thursday water the tubs', 'every thursday | sure'],
    ['bins out every wednesday at 7, please', 'every wednesday at 7 | sure'],
    ['check the float weekly', 'weekly | sure'],
    ['the weekly meeting', 'weekly | maybe'],
    ['unlock on mondays and thursdays', 'mondays and thursdays | sure'],
    ['pay in the cash every 2 weeks on friday', 'every 2 weeks on friday | sure'],
    ['ring each group about the fair', 'nothing'],
    ['every resident gets one', 'nothing'],
  ])('%j', (text, expected) => {
    const found = findRepeatIn(text);
    const shown = found
      ? `${text.slice(found.start, found.end)} | ${found.isSure ? 'sure' : 'maybe'}`
      : 'nothing';
    expect(shown).toBe(expected);
  });
});
