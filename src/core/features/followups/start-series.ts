import { addToDay, type Day, dayOf, instantOf, minuteOf, weekdayOf } from '../../dates/day.ts';
import type { When } from '../../dates/when.ts';
import type { Series } from '../../domain/followups/followup.ts';
import {
  dayOfTime,
  nextDay,
  type Repeat,
  type RepeatRhythm,
} from '../../domain/followups/repeat.ts';
import { refusePast } from '../../domain/followups/rules.ts';
import { whenOn } from '../../domain/followups/series.ts';
import { day, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { checkedWording, type Wording } from './read-repeat.ts';

/** When a series begins and ends, as far as somebody said. */
export interface Bounds {
  /** The first may not come before. */
  by?: When | undefined;
  until?: Day | undefined;
  /** How many there are in all. */
  times?: number | undefined;
}

/**
 * The series of a new follow-up, and when its first is due.
 * @param repeat how often, as it was typed; without it nothing comes again.
 * @throws UserError where that cannot be read, the first has been, or an end is named of what does not repeat.
 */
export function newSeries(
  repeat: string | undefined,
  bounds: Bounds,
  { title, partner }: Pick<Series, 'title' | 'partner'>,
  scene: { now: Date; zone: string },
): { series: Series; due: When } | undefined {
  if (repeat === undefined) {
    const end = bounds.until !== undefined ? 'until' : bounds.times !== undefined && 'times';
    if (end) throw new UserError(`How often shall it come? Add it as in ${SUCH}.`, end);
    return undefined;
  }
  const rule = startSeries(checkedWording(repeat), bounds, scene);
  const due = whenOn(rule.from, rule, scene.zone);
  refusePast(due, scene.now, dayOf(scene.now, scene.zone));
  return { series: { repeat: rule, day: rule.from, title, partner }, due };
}

const SUCH = 'repeat:"every monday"';

/**
 * A rule made of what was said: its first day is the first that fits from `by` on, else after now.
 * @param zone the owner's (IANA name).
 * @throws UserError where the words leave open on which day, or the end lies before the first.
 */
export function startSeries(
  wording: Wording,
  { by, until, times }: Bounds,
  { now, zone }: { now: Date; zone: string },
): Repeat {
  if (until !== undefined && times !== undefined) {
    throw new UserError('Say either until: or times:, not both. Which shall it be?', 'times');
  }
  const minute = wording.minute ?? (by?.at ? minuteOf(by.at, zone) : null);
  const earliest = by?.day ?? firstFree(minute, now, zone);
  const rhythm = rhythmOf(wording, by?.day);
  const from = firstFitting(rhythm, wording.month, earliest);
  const end = times === undefined ? (until ?? null) : dayOfTime({ rhythm, from }, times);
  if (end !== null && end < from) {
    throw new UserError(
      rich`The first would be on ${day(from)}, and ${day(end)} is before that. Until when shall it go?`,
      'until',
    );
  }
  return { rhythm, from, minute, until: end, skipped: [] };
}

/** Today counts only while its clock time is still to come. */
function firstFree(minute: number | null, now: Date, zone: string): Day {
  const today = dayOf(now, zone);
  const ahead = minute !== null && instantOf(today, minute, zone) > now;
  return ahead ? today : addToDay(today, { days: 1 });
}

function rhythmOf({ unit, count, on, month }: Wording, by: Day | undefined): RepeatRhythm {
  if (unit === 'day') return { every: 'day', count };
  if (on === undefined && by === undefined) {
    const such = unit === 'week' ? 'every friday' : 'monthly on the 15th';
    throw new UserError(
      rich`On which day? Say it as in repeat:"${such}", or say when the first is due with by:`,
      'repeat',
    );
  }
  const given = on ?? dayAs(unit, by ?? '');
  if ('days' in given) return { every: 'week', count, on: given.days };
  return { every: 'month', count: month === undefined ? count : Math.max(count, 12), ...given };
}

function dayAs(unit: 'week' | 'month', by: Day): { days: number[] } | { date: number } {
  return unit === 'week' ? { days: [weekdayOf(by)] } : { date: Number(by.slice(8)) };
}

/** The first day that fits, from a day on; every second week and the like are counted from it. */
function firstFitting(rhythm: RepeatRhythm, month: number | undefined, earliest: Day): Day {
  const inMonth = month === undefined ? undefined : String(month).padStart(2, '0');
  const probe: Repeat = {
    rhythm: { ...rhythm, count: inMonth === undefined ? 1 : 12 },
    from: inMonth === undefined ? earliest : `${earliest.slice(0, 4)}-${inMonth}-01`,
    minute: null,
    until: null,
    skipped: [],
  };
  return nextDay(probe, addToDay(earliest, { days: -1 })) ?? earliest;
}
