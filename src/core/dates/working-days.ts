import { isBankHoliday } from './bank-holidays.ts';
import { addToDay, type Day, weekdayOf } from './day.ts';

/** What makes a working day: a partnership's weekdays (1, Monday, to 7) and whose bank holidays count. */
export interface WorkingWeek {
  workingDays: readonly number[];
  calendar: string;
}

/** Whether a day is one of the weekdays worked, and no bank holiday. Where no weekday is set, each is. */
export function isWorkingDay(day: Day, { workingDays, calendar }: WorkingWeek): boolean {
  if (workingDays.length > 0 && !workingDays.includes(weekdayOf(day))) return false;
  return !isBankHoliday(day, calendar);
}

/** The day itself if it is worked, else the next that is. */
export function workingDayFrom(day: Day, week: WorkingWeek): Day {
  let next = day;
  while (!isWorkingDay(next, week)) next = addToDay(next, { days: 1 });
  return next;
}

/** The day that many working days later: a Friday and 1 is the Monday, or the Tuesday after a bank holiday. */
export function addWorkingDays(day: Day, count: number, week: WorkingWeek): Day {
  let next = day;
  for (let added = 0; added < count; added++)
    next = workingDayFrom(addToDay(next, { days: 1 }), week);
  return next;
}
