import { addToDay, type Day } from './day.ts';

const NAMED = new Map([
  ['today', 0],
  ['tomorrow', 1],
  ['tmrw', 1],
  ['tmr', 1],
  ['yesterday', -1],
  ['day after tomorrow', 2],
  ['day before yesterday', -2],
  ['tonight', 0],
  ['last night', -1],
]);

/** `today`, `day after tomorrow`, `tonight`. */
export function namedDay(words: string, today: Day): Day | undefined {
  const days = NAMED.get(words);
  return days === undefined ? undefined : addToDay(today, { days });
}
