import { isBankHoliday } from './bank-holidays.ts';
import { addToDay, type Day, weekdayOf } from './day.ts';

/** A partnership's working days. */
export interface WorkingWeek {
  /** Weekdays, 1 (Monday) to 7. If there are none, every day counts. */
  workingDays: readonly number[];
  /** The calendar of bank holidays: see `bank-holidays.ts`. */
  calendar: string;
  /** The partnership's own holidays. */
  holidays?: readonly DayRange[] | null;
}

/** Days in a row. */
export interface DayRange {
  from: Day;
  /** The last day, included. */
  to: Day;
}

/** The first of the ranges that a day is in. */
export function rangeWith<R extends DayRange>(
  day: Day,
  ranges: readonly R[] | null | undefined,
): R | undefined {
  return ranges?.find(({ from, to }) => from <= day && day <= to);
}

/** The day itself if it is in none of the ranges, else the first day after them. */
export function dayAfterRanges(day: Day, ranges: readonly DayRange[] | null | undefined): Day {
  let next = day;
  for (let range = rangeWith(next, ranges); range; range = rangeWith(next, ranges))
    next = addToDay(range.to, { days: 1 });
  return next;
}

/** Whether a day is a bank holiday or one of the partnership's own holidays. */
export function isHoliday(
  day: Day,
  { calendar, holidays }: Pick<WorkingWeek, 'calendar' | 'holidays'>,
): boolean {
  return rangeWith(day, holidays) !== undefined || isBankHoliday(day, calendar);
}

/** Whether a day is a working weekday and no holiday. */
export function isWorkingDay(day: Day, week: WorkingWeek): boolean {
  const { workingDays } = week;
  if (workingDays.length > 0 && !workingDays.includes(weekdayOf(day))) return false;
  return !isHoliday(day, week);
}

/** The day itself if it is a working day, else the next one. */
export function nextWorkingDay(day: Day, week: WorkingWeek): Day {
  let next = day;
  while (!isWorkingDay(next, week)) next = addToDay(next, { days: 1 });
  return next;
}

/** The day that is `count` working days later: one after a Friday is Monday, or Tuesday if Monday is a holiday. */
export function addWorkingDays(day: Day, count: number, week: WorkingWeek): Day {
  let next = day;
  for (let added = 0; added < count; added++)
    next = nextWorkingDay(addToDay(next, { days: 1 }), week);
  return next;
}
