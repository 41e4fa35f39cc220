import type { Owed } from './reminders.ts';
import type { Arrived } from './sink.ts';

/** What people would complain of, and what they were warned of. */
export interface Verdict {
  /** Reminders that never came. */
  lost: string[];
  /** Reminders that came again without a word that this may be a repeat. */
  doubled: string[];
  /** Messages that nobody owed. */
  strays: string[];
  /** How many messages say that they may be a repeat. */
  marked: number;
}

export const FAULTLESS = { lost: [], doubled: [], strays: [] };

/** Compares what is owed with what stands on the platform. */
export function judge(owed: readonly Owed[], arrived: readonly Arrived[]): Verdict {
  const came = new Set<string>();
  const again = new Set<string>();
  for (const message of arrived) {
    if (came.has(message.delivery) && !isMarked(message)) again.add(message.delivery);
    came.add(message.delivery);
  }
  const wanted = new Set(owed.map(({ delivery }) => delivery));
  const named = (which: (delivery: string) => boolean) =>
    owed.filter(({ delivery }) => which(delivery)).map(({ followup }) => followup);
  return {
    lost: named((delivery) => !came.has(delivery)),
    doubled: named((delivery) => again.has(delivery)),
    strays: arrived.filter(({ delivery }) => !wanted.has(delivery)).map(({ text }) => text),
    marked: arrived.filter(isMarked).length,
  };
}

/** Whether a message says that it may be a repeat. */
export const isMarked = ({ text }: Arrived) => text.includes('This may be a repeat.');

/**
 * How far the others had got when each reminder first came: by how much the latest due time among those that had come
 * by then is after its own (ms). On a slow machine all are late alike, and none is behind.
 */
export function behind(owed: readonly Owed[], arrived: readonly Arrived[]): number[] {
  const due = new Map(owed.map((one) => [one.delivery, one.due]));
  const came = new Set<string>();
  let reached = Number.NEGATIVE_INFINITY;
  return arrived.flatMap(({ delivery }) => {
    const own = due.get(delivery);
    if (own === undefined || came.has(delivery)) return [];
    came.add(delivery);
    reached = Math.max(reached, own);
    return [reached - own];
  });
}

/**
 * How long after its due time each reminder first came (ms; early is negative).
 * @param since an instant before which nothing could have come: what was due by then counts from there.
 */
export function lateness(
  owed: readonly Owed[],
  arrived: readonly Arrived[],
  since = Number.NEGATIVE_INFINITY,
): number[] {
  const first = new Map(arrived.toReversed().map(({ delivery, at }) => [delivery, at]));
  return owed.map(
    ({ delivery, due }) => (first.get(delivery) ?? Number.POSITIVE_INFINITY) - Math.max(due, since),
  );
}
