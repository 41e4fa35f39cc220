import { type Day, dayOf, dayText, instantOf, type Minute, minuteOf } from './day.ts';
import type { Reading } from './reading.ts';
import { timeText } from './time-of-day.ts';

/** A day, and an instant if a clock time was given. `fromNow`: it was given as a distance (`in 20 minutes`). */
export interface When {
  day: Day;
  at?: Date;
  fromNow?: true;
}

/** What words for a date mean. */
export type DateReading = Reading<When>;

/** A date as people write it, and as it can be typed back: `Fri 4 Dec`, `Fri 4 Dec 2027, 15:00`. */
export function whenText({ day, at }: When, today: Day, zone: string): string {
  const text = dayText(day, today);
  return at ? `${text}, ${timeText(minuteOf(at, zone))}` : text;
}

/** A date as it can be typed as the value of an arg: `2026-12-04`, `2026-12-04 15:00`. */
export function typedWhen({ day, at }: When, zone: string): string {
  return at ? `${dayOf(at, zone)} ${timeText(minuteOf(at, zone))}` : day;
}

/** Each date once. */
export function distinct(values: readonly When[]): When[] {
  const byKey = new Map(values.map((when) => [`${when.day} ${when.at?.getTime() ?? ''}`, when]));
  return [...byKey.values()];
}

/** The instant at which clocks in `zone` show `minute` on `day`; its day, if that minute is skipped, may be the next. */
export function whenAt(day: Day, minute: Minute, zone: string): When {
  const at = instantOf(day, minute, zone);
  return { day: dayOf(at, zone), at };
}
