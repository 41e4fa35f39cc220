import { MONTH_NAMES } from '../../dates/calendar-date.ts';
import { type Day, dayText } from '../../dates/day.ts';
import { ORDINALS } from '../../dates/read-repeat.ts';
import { timeText } from '../../dates/time-of-day.ts';
import { weekdaysText } from '../../dates/weekdays.ts';
import type { Repeat, RepeatRhythm } from './repeat.ts';

/** The most days that each month can have. */
const MAX_DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A repeat in words that can be typed back: `every Monday at 09:00`. */
export function repeatText({ rhythm, from, minute }: Pick<Repeat, 'rhythm' | 'from' | 'minute'>) {
  const days = rhythmText(rhythm, Number(from.slice(5, 7)));
  return minute === null ? days : `${days} at ${timeText(minute)}`;
}

/** A repeat as lists show it, with its end and skipped days: `every Monday until 31 Mar (not Mon 23 Nov)`. */
export function seriesText(repeat: Repeat, today: Day): string {
  const until = repeat.until === null ? '' : ` until ${dayText(repeat.until, today)}`;
  const skipped = repeat.skipped.filter((day) => day >= today).map((day) => dayText(day, today));
  return `${repeatText(repeat)}${until}${skipped.length > 0 ? ` (not ${skipped.join(', ')})` : ''}`;
}

function rhythmText(rhythm: RepeatRhythm, month: number): string {
  const { every, count } = rhythm;
  if (every === 'day') return count === 1 ? 'every day' : `every ${count} days`;
  if (every === 'week') {
    const days = weekdaysText(rhythm.on);
    if (count > 1) return `every ${count} weeks on ${days}`;
    if (rhythm.on.length === 7) return days;
    return rhythm.on.join() === '1,2,3,4,5' ? 'every weekday' : `every ${days}`;
  }
  if (count % 12 === 0) {
    const years = count === 12 ? 'every year' : `every ${count / 12} years`;
    const name = MONTH_NAMES[month - 1];
    if (!('date' in rhythm)) return `${years} on the ${weekdayText(rhythm)} of ${name}`;
    // A date of 31 means the last day, which is the 30th in April.
    return `${years} on ${Math.min(rhythm.date, MAX_DAYS_OF_MONTH[month - 1] ?? 31)} ${name}`;
  }
  const months = count === 1 ? 'every month' : `every ${count} months`;
  if (!('date' in rhythm)) return `${months} on the ${weekdayText(rhythm)}`;
  return `${months} on the ${rhythm.date === 31 ? 'last day' : ordinal(rhythm.date)}`;
}

function weekdayText({ nth, weekday }: { nth: number; weekday: number }): string {
  const [word] = [...ORDINALS].find(([, number]) => number === nth) ?? [''];
  return `${word} ${weekdaysText([weekday])}`;
}

function ordinal(number: number): string {
  const teen = number > 10 && number < 14;
  return `${number}${(teen ? undefined : { 1: 'st', 2: 'nd', 3: 'rd' }[number % 10]) ?? 'th'}`;
}
