import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { addToDay, type Day, instantOf, weekdayOf } from '../../src/core/dates/day.ts';
import { scheduleBrief } from '../../src/core/domain/briefs/schedule.ts';
import type { Digest } from '../../src/core/domain/digests/digest.ts';
import { scheduleDigest } from '../../src/core/domain/digests/schedule.ts';
import type { Member } from '../../src/core/domain/members/member.ts';
import type { Partnership } from '../../src/core/domain/partnerships/partnership.ts';
import { isProof, seed } from '../fixtures/proof.ts';

/** Two years of local days. The first is a Sunday. */
const FIRST: Day = '2026-11-01';
const LAST: Day = '2028-10-31';
const DAYS = 731;
const SUNDAY = 7;
const NINE = 9 * 60;

const zones = Intl.supportedValuesOf('timeZone');

const partnershipIn = (zone: string) =>
  ({ zone, workingDays: [1, 2, 3, 4, 5, 6, 7], calendar: 'none' }) as Partnership;

/** A member who has a brief every day, at a minute of their day. */
const memberAt = (briefAt: number) =>
  ({
    active: true,
    rhythm: 'daily',
    role: 'worker',
    briefDays: null,
    zone: null,
    pausedUntil: null,
    quietHours: 'none',
    briefAt,
    briefDay: null,
    briefDue: null,
  }) as unknown as Member;

const digestAt = (facts: Pick<Digest, 'minute'> & Partial<Digest>) =>
  ({ weekday: SUNDAY, nextAt: null, silent: 0, ...facts }) as Digest;

/** A period in which a zone's offset from UTC does not change; all in ms. */
interface Stretch {
  from: number;
  to: number;
  offset: number;
}

/** The periods of the two years and some days around them, according to the other library. */
function stretchesOf(zone: string): Stretch[] {
  const found: Stretch[] = [];
  let at = Temporal.PlainDate.from(FIRST).subtract({ days: 10 }).toZonedDateTime(zone);
  const end = Temporal.PlainDate.from(LAST).add({ days: 10 }).toZonedDateTime(zone);
  while (at.epochMilliseconds < end.epochMilliseconds) {
    const next = at.getTimeZoneTransition('next') ?? end;
    const offset = at.offsetNanoseconds / 1_000_000;
    found.push({ from: at.epochMilliseconds, to: next.epochMilliseconds, offset });
    at = next;
  }
  return found;
}

const stretches = new Map(zones.map((zone) => [zone, stretchesOf(zone)]));

/** The instant of a local time by the other library's periods; `skipped`: the clocks jump over it. */
function byTemporal(day: Day, minute: number, zone: string): { at: number; skipped: boolean } {
  const wanted = Date.parse(day) + minute * 60_000;
  for (const { from, to, offset } of stretches.get(zone) ?? []) {
    // The next minute that exists: the first after the jump.
    if (wanted - offset < from) return { at: from, skipped: true };
    if (wanted - offset < to) return { at: wanted - offset, skipped: false };
  }
  return { at: Number.NaN, skipped: false };
}

/** All briefs in a zone, each scheduled at the moment the one before is sent. */
function briefsOf(zone: string, minute: number): { day: Day; at: number }[] {
  const partnership = partnershipIn(zone);
  const start = instantOf(FIRST, 0, zone);
  const found: { day: Day; at: number }[] = [];
  let member = scheduleBrief(memberAt(minute), partnership, new Date(start.getTime() - 1));
  while (member.briefDay && member.briefDue && member.briefDay <= LAST) {
    found.push({ day: member.briefDay, at: member.briefDue.getTime() });
    member = scheduleBrief(member, partnership, member.briefDue, member.briefDay);
  }
  return found;
}

/** All postings of a digest in a zone, each scheduled at the moment of the one before. */
function postsOf(zone: string, facts: Pick<Digest, 'minute'> & Partial<Digest>): number[] {
  const end = instantOf(addToDay(LAST, { days: 1 }), 0, zone);
  const found: number[] = [];
  let digest = digestAt(facts);
  let now = new Date(instantOf(FIRST, 0, zone).getTime() - 1);
  for (;;) {
    digest = scheduleDigest(digest, { zone }, now);
    if (!digest.nextAt || digest.nextAt >= end) return found;
    now = digest.nextAt;
    found.push(now.getTime());
  }
}

const allDays = Array.from({ length: DAYS }, (_, days) => addToDay(FIRST, { days }));
const sundays = allDays.filter((day) => weekdayOf(day) === SUNDAY);

const instantOfTemporal = (at: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

it('days are counted as in the other library', () => {
  expect(allDays.at(-1)).toBe(LAST);
  for (const day of allDays) expect(weekdayOf(day)).toBe(Temporal.PlainDate.from(day).dayOfWeek);
});

// Some four hundred zones take a while on a busy machine.
describe('two years in every time zone', { timeout: 120_000 }, () => {
  it('there are more than four hundred, London among them', () => {
    expect(zones.length).toBeGreaterThan(400);
    expect(zones).toContain('Europe/London');
  });

  it('a daily brief at nine is sent once on each local day, at nine', () => {
    for (const zone of zones.filter((_, index) => isProof || index % 3 === seed % 3)) {
      const briefs = briefsOf(zone, NINE);
      expect(briefs.map(({ day }) => day).join() === allDays.join(), zone).toBe(true);
      const wrong = briefs.filter(({ day, at }) => at !== byTemporal(day, NINE, zone).at);
      expect(wrong, zone).toEqual([]);
    }
  });

  it('by the other library it is nine then, on a day of each month', () => {
    for (const zone of zones) {
      for (const day of allDays.filter((day) => day.endsWith('-17'))) {
        const shown = instantOfTemporal(instantOf(day, NINE, zone).getTime(), zone);
        expect(shown.toPlainDateTime().toString(), zone).toBe(`${day}T09:00:00`);
      }
    }
  });

  it('a weekly digest early on Sunday, when clocks change, is posted once a week', () => {
    for (const zone of zones) {
      const minute = 2 * 60 + 15;
      const wanted = sundays.map((day) => byTemporal(day, minute, zone).at);
      expect(postsOf(zone, { minute }), zone).toEqual(wanted);
    }
  });
});

describe('where clocks change', { timeout: 120_000 }, () => {
  /** Each clock change in the two years, by zone, with the local days around it. */
  const changes = zones.flatMap((zone) =>
    (stretches.get(zone) ?? []).slice(1).map(({ from }) => {
      const day = instantOfTemporal(from - 1, zone).toPlainDate();
      return { zone, days: [-1, 0, 1, 2].map((days) => day.add({ days }).toString()) };
    }),
  );

  it('there are more than five hundred changes, at midnight and by half an hour too', () => {
    const found = new Set(changes.map(({ zone }) => zone));
    expect(changes.length).toBeGreaterThan(500);
    for (const zone of ['Australia/Lord_Howe', 'Africa/Cairo', 'America/Havana', 'Asia/Beirut'])
      expect(found).toContain(zone);
  });

  it('each quarter of an hour of those days is found: the next minute in a gap, the first of two in an overlap', () => {
    let skipped = 0;
    for (const { zone, days } of changes) {
      for (const day of days) {
        for (let minute = 0; minute < 24 * 60; minute += 15) {
          const wanted = byTemporal(day, minute, zone);
          if (wanted.skipped) skipped++;
          const found = instantOf(day, minute, zone).getTime();
          if (found !== wanted.at) expect({ zone, day, minute, found }).toEqual(wanted);
        }
      }
    }
    expect(skipped).toBeGreaterThan(200);
  });

  it('a brief at any half hour is sent once on each of those days', () => {
    for (const { zone, days } of changes) {
      const partnership = partnershipIn(zone);
      for (let minute = 0; minute < 24 * 60; minute += 30) {
        const start = instantOf(days[0] as Day, 0, zone);
        let member = scheduleBrief(memberAt(minute), partnership, new Date(start.getTime() - 1));
        const came: (Day | null)[] = [];
        for (const _ of days) {
          came.push(member.briefDay);
          member = scheduleBrief(member, partnership, member.briefDue as Date, member.briefDay);
        }
        if (came.join() !== days.join()) expect({ zone, minute, came }).toEqual(days);
      }
    }
  });
});

describe('Europe/London, by name', () => {
  const zone = 'Europe/London';
  const at = (day: Day, minute: number) => instantOf(day, minute, zone).toISOString();

  it('on 2026-10-25 the hour from one comes twice: the first counts', () => {
    expect(at('2026-10-25', 59)).toBe('2026-10-24T23:59:00.000Z');
    expect(at('2026-10-25', 60)).toBe('2026-10-25T00:00:00.000Z');
    expect(at('2026-10-25', 90)).toBe('2026-10-25T00:30:00.000Z');
    expect(at('2026-10-25', 120)).toBe('2026-10-25T02:00:00.000Z');
    expect(at('2026-10-25', NINE)).toBe('2026-10-25T09:00:00.000Z');
  });

  it('on 2027-03-28 there is no hour from one: two o’clock counts instead', () => {
    expect(at('2027-03-28', 59)).toBe('2027-03-28T00:59:00.000Z');
    expect(at('2027-03-28', 60)).toBe('2027-03-28T01:00:00.000Z');
    expect(at('2027-03-28', 90)).toBe('2027-03-28T01:00:00.000Z');
    expect(at('2027-03-28', 120)).toBe('2027-03-28T01:00:00.000Z');
    expect(at('2027-03-28', NINE)).toBe('2027-03-28T08:00:00.000Z');
  });

  it('a brief and a digest at half past one are sent once on both days', () => {
    for (const day of ['2026-10-25', '2027-03-28']) {
      const before = instantOf(addToDay(day, { days: -1 }), 12 * 60, zone);
      const brief = scheduleBrief(memberAt(90), partnershipIn(zone), before);
      expect(brief.briefDay).toBe(day);
      expect(brief.briefDue?.toISOString()).toBe(at(day, 90));
      const after = scheduleBrief(brief, partnershipIn(zone), brief.briefDue as Date, day);
      expect(after.briefDay).toBe(addToDay(day, { days: 1 }));

      const digest = scheduleDigest(digestAt({ minute: 90 }), { zone }, before);
      expect(digest.nextAt?.toISOString()).toBe(at(day, 90));
      const next = scheduleDigest(digest, { zone }, digest.nextAt as Date);
      expect(next.nextAt?.toISOString()).toBe(at(addToDay(day, { days: 7 }), 90));
    }
  });
});
