import { addToDay, type Day, dayOf, instantOf, weekdayOf } from '../../dates/day.ts';
import { dayAfterRanges } from '../../dates/working-days.ts';
import { BeingSentError } from '../../message/user-error.ts';
import { insertOnce, updateWithRetry } from '../../ports/store.ts';
import type { Partnership } from '../partnerships/partnership.ts';
import type { WriteContext } from '../partnerships/write-context.ts';
import { type Digest, type DigestRhythm, digestId, digestRhythmOf, digests } from './digest.ts';
import type { PostingRule } from './rules.ts';

type PostingDays = Pick<Digest, 'rhythm' | 'weekday' | 'monthday'>;

/** What a partnership has to say about its digests. */
type PostingContext = Pick<Partnership, 'zone'> & Partial<Pick<Partnership, 'holidays'>>;

/**
 * The digest with its next posting scheduled: the first one after `now`, in the partnership's zone. Nothing is posted in
 * the partnership's holidays: a weekly posting is left out, since the next one has its news, and a monthly one comes on
 * the day after.
 */
export function scheduleDigest(digest: Digest, partnership: PostingContext, now: Date): Digest {
  const nextAt = nextPosting(digest, partnership, now);
  return { ...digest, nextAt, nextRunAt: nextAt, claim: null, sending: null };
}

function nextPosting(digest: Digest, { zone, holidays }: PostingContext, now: Date): Date {
  const today = dayOf(now, zone);
  const isMonthly = digestRhythmOf(digest) === 'monthly';
  // The posting of last month can still be to come, after a holiday. The one of this week or month can be over.
  for (let ahead = isMonthly ? -1 : 0; ; ahead++) {
    const planned = postingDay(digest, today, ahead);
    const day = dayAfterRanges(planned, holidays);
    if (day !== planned && !isMonthly) continue;
    const at = instantOf(day, digest.minute, zone);
    if (at > now) return at;
  }
}

/**
 * The day of a posting. Weekly: the first posting day on or after `day`, then `ahead` weeks later. Monthly: the
 * posting day of the month of `day`, then `ahead` months later. A negative `ahead` goes back.
 */
export function postingDay(rule: PostingDays, day: Day, ahead: number): Day {
  if (digestRhythmOf(rule) === 'weekly') {
    return addToDay(day, { days: daysTo(rule.weekday, day) + 7 * ahead });
  }
  const first = addToDay(`${day.slice(0, 7)}-01`, { months: ahead });
  if (rule.monthday === null) return addToDay(first, { days: daysTo(rule.weekday, first) });
  const last = addToDay(addToDay(first, { months: 1 }), { days: -1 });
  const wanted = addToDay(first, { days: rule.monthday - 1 });
  return wanted < last ? wanted : last;
}

/** How many days it is to a weekday; 0 if `day` is one. */
const daysTo = (weekday: number, day: Day): number => (weekday - weekdayOf(day) + 7) % 7;

/** Switches a digest on, or changes when and where it is posted. @throws UserError while it is being posted. */
export async function switchDigestOn(
  facts: PostingRule & Pick<Digest, 'channel' | 'minute'>,
  { store, partnership, now, wake }: Pick<WriteContext, 'store' | 'partnership' | 'now' | 'wake'>,
): Promise<Digest> {
  const rows = store.of(digests);
  const id = digestId(partnership.id, facts.rhythm);
  const idle = { nextAt: null, silent: 0, nextRunAt: null, claim: null, sending: null };
  const first = await insertOnce(rows, { id, ...facts, ...idle });
  const digest = await updateWithRetry(rows, id, (row) => {
    refuseWhileSending(row);
    return scheduleDigest({ ...row, ...facts }, partnership, now);
  });
  wake();
  return digest ?? first;
}

/** Switches a digest off. @returns whether it was on. @throws UserError while it is being posted. */
export async function switchDigestOff(
  rhythm: DigestRhythm,
  { store, partnership }: Pick<WriteContext, 'store' | 'partnership'>,
): Promise<boolean> {
  let wasOn = false;
  await updateWithRetry(store.of(digests), digestId(partnership.id, rhythm), (row) => {
    refuseWhileSending(row);
    wasOn = row.nextAt !== null;
    return { ...row, nextAt: null, nextRunAt: null, claim: null };
  });
  return wasOn;
}

function refuseWhileSending({ sending }: Digest): void {
  if (sending)
    throw new BeingSentError('The digest is being posted right now. Please try again in a minute.');
}
