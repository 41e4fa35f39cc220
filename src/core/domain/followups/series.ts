import { derivedId } from '../../base/id.ts';
import { addToDay, type Day, dayOf, instantOf, weekdayOf } from '../../dates/day.ts';
import type { When } from '../../dates/when.ts';
import type { New } from '../../ports/store.ts';
import type { Directory } from '../directory/directory.ts';
import { zoneOf } from '../members/zone.ts';
import type { Partnership } from '../partnerships/partnership.ts';
import type { Followup, Series } from './followup.ts';
import { nextDay, type Repeat, type RepeatRhythm } from './repeat.ts';
import { dueAt, newFollowup } from './rules.ts';

/** What the next of a series is worked out with. */
export interface SeriesContext {
  now: Date;
  partnership: Pick<Partnership, 'zone'>;
  directory: Directory;
}

/** The zone whose days a follow-up has: its owner's, else the partnership's. */
export function ownerZone(who: string | null, { partnership, directory }: SeriesContext): string {
  return zoneOf(directory.member(who ?? ''), partnership);
}

/** When a day of a rule is due, in its owner's zone. */
export function whenOn(day: Day, { minute }: Pick<Repeat, 'minute'>, zone: string): When {
  return minute === null ? { day } : { day, at: instantOf(day, minute, zone) };
}

/**
 * The next of a series: the first day of its rule after both today and the day this one was due by the rule, so
 * that what was missed while it stayed open does not pile up.
 * @returns undefined when it comes once, or has come to its end.
 */
function nextInSeries(row: Followup, scene: SeriesContext): Series | undefined {
  if (!row.series) return undefined;
  const { day: was, repeat } = row.series;
  const today = dayOf(scene.now, ownerZone(row.who, scene));
  const day = nextDay(repeat, was > today ? was : today);
  if (day === undefined) return undefined;
  const skipped = repeat.skipped.filter((skip) => skip > was);
  return { ...row.series, day, repeat: { ...repeat, skipped } };
}

/** The row of the next one. Each has one successor, whose id follows from its own: made twice it is one. */
export function successor(row: Followup, scene: SeriesContext): New<Followup> | undefined {
  const series = nextInSeries(row, scene);
  if (!series) return undefined;
  const { ours, who, createdBy } = row;
  const facts = {
    id: derivedId('successor', row.id),
    title: series.title,
    partner: series.partner,
    contact: null,
    ours,
    who,
    createdBy,
    createdAt: scene.now,
    asked: null,
    askedBy: null,
  };
  return newFollowup(facts, whenOn(series.day, series.repeat, ownerZone(who, scene)), series);
}

/** The same row as the next of its series, this one being left out. @returns undefined if it was the last. */
export function skipped(row: Followup, scene: SeriesContext): Followup | undefined {
  const next = nextInSeries(row, scene);
  if (!next || !row.series) return undefined;
  const repeat = { ...next.repeat, skipped: [...next.repeat.skipped, row.series.day] };
  const when = whenOn(next.day, repeat, ownerZone(row.who, scene));
  const { title, partner } = next;
  return { ...row, title, partner, ...dueAt(when), series: { ...next, repeat } };
}

/** The rule with one of its days moved, and all that follow with it: every Monday becomes every Tuesday. */
export function movedRule(repeat: Repeat, was: Day, to: Day): Repeat {
  return { ...repeat, rhythm: movedRhythm(repeat.rhythm, was, to), from: to, skipped: [] };
}

function movedRhythm(rhythm: RepeatRhythm, was: Day, to: Day): RepeatRhythm {
  if (rhythm.every === 'day') return rhythm;
  if (rhythm.every === 'week') {
    const others = rhythm.on.filter((day) => day !== weekdayOf(was));
    const on = [...new Set([...others, weekdayOf(to)])].toSorted((a, b) => a - b);
    return { ...rhythm, on };
  }
  const { every, count } = rhythm;
  const date = Number(to.slice(8));
  if ('date' in rhythm) return { every, count, date };
  const isLast = addToDay(to, { weeks: 1 }).slice(5, 7) !== to.slice(5, 7);
  const nth = isLast && (rhythm.nth < 0 || date > 28) ? -1 : Math.ceil(date / 7);
  return { every, count, nth, weekday: weekdayOf(to) };
}
