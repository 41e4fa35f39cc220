import type { New } from '../../ports/store.ts';
import type { Partnership } from './partnership.ts';

/** A partnership as it begins, with what is usual in England. `setUpOffer` empty: it has yet to be offered. */
export function newPartnership(
  which: Pick<Partnership, 'id' | 'name' | 'zone'>,
  now: Date,
): New<Partnership> {
  return {
    ...which,
    workingDays: [1, 2, 3, 4, 5],
    calendar: 'england-and-wales',
    quietHours: null,
    weeklyCap: null,
    every: 'P8W',
    everyRules: [],
    // Another than that of any that stood here before: names held in memory must not pass for these.
    namesVersion: now.getTime(),
    setUpAt: null,
    setUpOffer: '',
    joined: null,
  };
}
