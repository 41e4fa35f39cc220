import { isBankHoliday } from './bank-holidays.ts';
import { addToDay, type Day, weekdayOf } from './day.ts';

/** A partnership's working days. */
export interface WorkingWeek {
  /** Weekdays, 1 (Monday) to 7. If there are none, every day counts. */
  workingDays: readonly number[];
  /** The calendar of bank holidays: see `bank-holidays.ts`. */
  calendar: string;
}

/** Whether a day is a working weekday and not a bank holiday. */
export function isWorkingDay(day: Day, { workingDays, calendar }: WorkingWeek): boolean {
  if (workingDays.length > 0 && !workingDays.includes(weekdayOf(day))) return false;
  return !isBankHoliday(day, calendar);
}

/** The day itself if it is a working day, else the next one. */
export function nextWorkingDay(day: Day, week: WorkingWeek): Day {
  let next = day;
  while (!isWorkingDay(next, week)) next = addToDay(next, { days: 1 });
  return next;
}

/** The day that is `count` working days later: one after a Friday is Monday, or Tuesday if Monday is a bank holiday. */
export function addWorkingDays(day: Day, count: number, week: WorkingWeek): Day {
  let next = day;
  for (let added = 0; added < count; added++)
    next = nextWorkingDay(addToDay(next, { days: 1 }), week);
  return next;
}
