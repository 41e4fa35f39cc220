import { addToDay, type Day, instantOf } from '../../dates/day.ts';
import { type Digest, type DigestRhythm, digestRhythmOf } from '../../domain/digests/digest.ts';
import { postingDay } from '../../domain/digests/schedule.ts';

/** The days that a digest covers. They are whole days, so nothing is missed or counted twice. */
export interface Period {
  /** `week` or `month`. */
  word: string;
  /** The day of the post. */
  today: Day;
  /** Its first day. */
  from: Day;
  /** The day after its last day. */
  end: Day;
  /** The first day of the period before, which ends when this one begins. */
  previousFrom: Day;
  /** The last day of the next period, for promises that fall due. */
  nextPeriodEnd: Day;
}

const periodWords: { readonly [rhythm in DigestRhythm]: string } = {
  weekly: 'week',
  monthly: 'month',
};
const periodUnits = { weekly: 'weeks', monthly: 'months' } as const;

/** The period of a posting: from the day of the posting before it to the day before this one. */
export function periodOfPosting(digest: Digest, today: Day): Period {
  const rhythm = digestRhythmOf(digest);
  if (rhythm === 'weekly') return { ...periodEndingOn(rhythm, today), today };
  const [previousFrom, from, nextPosting] = [-2, -1, 1].map((months) =>
    postingDay(digest, today, months),
  ) as [Day, Day, Day];
  return {
    word: periodWords[rhythm],
    today,
    from,
    end: today,
    previousFrom,
    nextPeriodEnd: dayBefore(nextPosting),
  };
}

/** The week or month that ends today. */
export function periodUntil(rhythm: DigestRhythm, today: Day): Period {
  return { ...periodEndingOn(rhythm, addToDay(today, { days: 1 })), today };
}

function periodEndingOn(rhythm: DigestRhythm, end: Day): Period {
  const step = (count: number) => addToDay(end, { [periodUnits[rhythm]]: count });
  const word = periodWords[rhythm];
  return {
    word,
    today: end,
    from: step(-1),
    end,
    previousFrom: step(-2),
    nextPeriodEnd: dayBefore(step(1)),
  };
}

/** A promise due on the day of the next posting is in that one. */
const dayBefore = (day: Day): Day => addToDay(day, { days: -1 });

/** The instants of a period in a zone (IANA name): from midnight of `from` to midnight of `end`. */
export function instantsOf(from: Day, end: Day, zone: string): { from: Date; before: Date } {
  return { from: instantOf(from, 0, zone), before: instantOf(end, 0, zone) };
}
