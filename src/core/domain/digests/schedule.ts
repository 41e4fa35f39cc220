import { addToDay, type Day, dayOf, instantOf, weekdayOf } from '../../dates/day.ts';
import type { Partnership } from '../partnerships/partnership.ts';
import { type Digest, rhythmOf } from './digest.ts';

type Rule = Pick<Digest, 'rhythm' | 'weekday' | 'monthday'>;

/** The digest with its next posting: the coming day and minute of it in the partnership's zone, after `now`. */
export function scheduleDigest(
  digest: Digest,
  partnership: Pick<Partnership, 'zone'>,
  now: Date,
): Digest {
  const nextAt = nextPosting(digest, partnership.zone, now);
  return { ...digest, nextAt, nextRunAt: nextAt, claim: null, sending: null };
}

function nextPosting(digest: Digest, zone: string, now: Date): Date {
  const today = dayOf(now, zone);
  // Today's may be over, and that of a month too: then it is the next.
  for (let ahead = 0; ; ahead++) {
    const at = instantOf(postingDay(digest, today, ahead), digest.minute, zone);
    if (at > now) return at;
  }
}

/**
 * The day of a posting: of a weekly one, the first on or after `day` and `ahead` weeks on; of a monthly one, that of
 * the month of `day` and `ahead` months on (back, if negative).
 */
export function postingDay(rule: Rule, day: Day, ahead: number): Day {
  if (rhythmOf(rule) === 'weekly') {
    return addToDay(day, { days: daysTo(rule.weekday, day) + 7 * ahead });
  }
  const first = addToDay(`${day.slice(0, 7)}-01`, { months: ahead });
  if (rule.monthday === null) return addToDay(first, { days: daysTo(rule.weekday, first) });
  const last = addToDay(addToDay(first, { months: 1 }), { days: -1 });
  const wanted = addToDay(first, { days: rule.monthday - 1 });
  return wanted < last ? wanted : last;
}

/** How many days it is to a weekday: none, if it is that day. */
const daysTo = (weekday: number, day: Day): number => (weekday - weekdayOf(day) + 7) % 7;
