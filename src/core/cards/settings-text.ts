import { durationText } from '../dates/duration.ts';
import { daysText } from '../dates/weekdays.ts';
import { capText } from '../domain/notification-policy/cap.ts';
import { hoursText, quietHoursOf } from '../domain/notification-policy/quiet-hours.ts';
import type { Partnership } from '../domain/partnerships/partnership.ts';
import { calendarText } from '../domain/partnerships/rules.ts';

/** Zone, days, holidays, rhythm and courtesies in a few sentences. */
export function settingsText(partnership: Partnership): string {
  const { zone, workingDays, calendar, every, weeklyCap } = partnership;
  const hours = quietHoursOf({ quietHours: null }, partnership);
  const quiet = hours ? `Quiet hours ${hoursText(hours)}` : 'No quiet hours';
  const cap = capText(weeklyCap);
  return `${zone}, ${daysText(workingDays)}, bank holidays of ${calendarText(calendar)}. In touch every ${durationText(every)}, unless a rule or a partner says otherwise. ${quiet}; members get ${cap}.`;
}
