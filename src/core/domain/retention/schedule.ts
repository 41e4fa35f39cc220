import { addToDay, type Day, dayOf, instantOf, type Minute, minuteOf } from '../../dates/day.ts';
import { type DueRow, defineCollection, type New } from '../../ports/store.ts';
import type { Partnership } from '../partnerships/partnership.ts';

/** When the rows of a partnership that have been kept long enough are removed, and how far tonight's work has come. */
export interface RetentionSchedule extends DueRow {
  /** When the next night's work begins, or when the work under way began. */
  nextAt: Date;
  /** The local day of the night whose work is under way; null: none is. */
  night: Day | null;
  /** The name of the step that comes next; null: the first. */
  step: string | null;
  /** Where that step goes on; null: at its start. */
  after: string | null;
  /** The titles of follow-ups about no partner that were closed before this instant have been removed. */
  clearedUntil: Date | null;
  /** True: `find` knows the words of all notes. In rows from before there was a search it is missing until a night's work is done. */
  searchable: boolean | null;
}

export const retentionSchedules = defineCollection<RetentionSchedule>()({
  name: 'retentionSchedules',
  scope: 'partnership',
  fields: {
    nextAt: 'moment',
    night: 'text',
    step: 'text',
    after: 'text',
    clearedUntil: 'moment',
    searchable: 'flag',
    nextRunAt: 'moment',
    claim: 'text',
    sending: 'text',
  },
  indexes: {},
});

/** The local minute at which the work begins: 03:00. */
const START_MINUTE: Minute = 3 * 60;
/** The local minutes between which it is night: 01:00 and 06:00. */
const NIGHT: { from: Minute; to: Minute } = { from: 60, to: 6 * 60 };
/** If the work is this late (ms), it is done by day too: a machine that is off at night would never do it. */
const MAX_DELAY_MS = 86_400_000;

/** The row of a new partnership. */
export function newRetentionSchedule(
  { id, zone }: Pick<Partnership, 'id' | 'zone'>,
  now: Date,
): New<RetentionSchedule> {
  const nextAt = nextNight(zone, now);
  const idle = { night: null, step: null, after: null, clearedUntil: null };
  return {
    id: retentionScheduleId(id),
    nextAt,
    ...idle,
    searchable: true,
    nextRunAt: nextAt,
    claim: null,
    sending: null,
  };
}

/** The id of a partnership's row. */
export const retentionScheduleId = (partnership: string): string => `retention-${partnership}`;

/** When the next night's work begins in a zone (IANA name). */
export function nextNight(zone: string, now: Date): Date {
  const today = dayOf(now, zone);
  const tonight = instantOf(today, START_MINUTE, zone);
  return tonight > now ? tonight : instantOf(addToDay(today, { days: 1 }), START_MINUTE, zone);
}

/** When the work may go on: now if it is night in the zone (IANA name), or very late; else when the next night begins. */
export function mayWorkFrom(nextAt: Date, zone: string, now: Date): Date {
  const minute = minuteOf(now, zone);
  const isNight = minute >= NIGHT.from && minute < NIGHT.to;
  const isVeryLate = now.getTime() - nextAt.getTime() > MAX_DELAY_MS;
  return isNight || isVeryLate ? now : nextNight(zone, now);
}
