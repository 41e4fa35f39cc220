import { addToDay, type Day, instantOf } from '../../dates/day.ts';
import { type Digest, type DigestRhythm, rhythmOf } from '../../domain/digests/digest.ts';
import { postingDay } from '../../domain/digests/schedule.ts';

/** What a digest looks at: whole local days, so that nothing falls between two digests or into both. */
export interface Period {
  /** `week` or `month`. */
  word: string;
  /** The day it is told on. */
  today: Day;
  /** Its first day, and the day after its last. */
  from: Day;
  end: Day;
  /** The first day of the period before, which ends as this begins. */
  before: Day;
  /** The last day of the one to come, for what falls due. */
  ahead: Day;
}

const words: { readonly [rhythm in DigestRhythm]: string } = { weekly: 'week', monthly: 'month' };
const steps = { weekly: 'weeks', monthly: 'months' } as const;

/** The period that ends with the day before a posting and begins with that of the posting before it. */
export function periodOfPosting(digest: Digest, today: Day): Period {
  const rhythm = rhythmOf(digest);
  if (rhythm === 'weekly') return { ...rolling(rhythm, today), today };
  const [before, from, ahead] = [-2, -1, 1].map((months) => postingDay(digest, today, months)) as [
    Day,
    Day,
    Day,
  ];
  return { word: words[rhythm], today, from, end: today, before, ahead: dayBefore(ahead) };
}

/** The week or month that ends with today. */
export function periodUntil(rhythm: DigestRhythm, today: Day): Period {
  return { ...rolling(rhythm, addToDay(today, { days: 1 })), today };
}

function rolling(rhythm: DigestRhythm, end: Day): Period {
  const step = (count: number) => addToDay(end, { [steps[rhythm]]: count });
  const word = words[rhythm];
  return { word, today: end, from: step(-1), end, before: step(-2), ahead: dayBefore(step(1)) };
}

/** What is due on the day of the next posting is told in that one. */
const dayBefore = (day: Day): Day => addToDay(day, { days: -1 });

/** The instants between which a stretch of days lies in a zone (IANA name): from the first's midnight to `end`'s. */
export function instantsOf(from: Day, end: Day, zone: string): { from: Date; before: Date } {
  return { from: instantOf(from, 0, zone), before: instantOf(end, 0, zone) };
}
