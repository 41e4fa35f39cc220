import { addToDay, dayOf, instantOf, weekdayOf } from '../../dates/day.ts';
import type { Partnership } from '../settings/store.ts';
import type { Digest } from './store.ts';

/** The digest with its next posting: the coming weekday and minute in the partnership's zone, after `now`. */
export function scheduleDigest(
  digest: Digest,
  partnership: Pick<Partnership, 'zone'>,
  now: Date,
): Digest {
  const nextAt = nextPosting(digest, partnership.zone, now);
  return { ...digest, nextAt, sweepAt: nextAt, claim: null, sending: null };
}

function nextPosting({ weekday, minute }: Digest, zone: string, now: Date): Date {
  const today = dayOf(now, zone);
  for (let ahead = 0; ; ahead++) {
    const day = addToDay(today, { days: ahead });
    const at = instantOf(day, minute, zone);
    if (weekdayOf(day) === weekday && at > now) return at;
  }
}
