import type { ExpectedReminder } from './reminders.ts';
import type { PostedMessage } from './test-platform.ts';

/** What is wrong with the posted messages, and how many warn that they may be repeats. */
export interface DeliveryCheck {
  /** Follow-ups whose reminder was never posted. */
  lost: string[];
  /** Follow-ups whose reminder was posted again without a warning that it may be a repeat. */
  doubled: string[];
  /** Texts of messages that nobody expected. */
  unexpected: string[];
  markedRepeats: number;
}

export const NO_FAULTS = { lost: [], doubled: [], unexpected: [] };

/** Compares the expected reminders with the posted messages. */
export function checkDeliveries(
  expected: readonly ExpectedReminder[],
  posted: readonly PostedMessage[],
): DeliveryCheck {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const message of posted) {
    if (seen.has(message.delivery) && !isMarkedRepeat(message)) repeated.add(message.delivery);
    seen.add(message.delivery);
  }
  const wanted = new Set(expected.map(({ delivery }) => delivery));
  const followupsWhere = (isFaulty: (delivery: string) => boolean) =>
    expected.filter(({ delivery }) => isFaulty(delivery)).map(({ followup }) => followup);
  return {
    lost: followupsWhere((delivery) => !seen.has(delivery)),
    doubled: followupsWhere((delivery) => repeated.has(delivery)),
    unexpected: posted.filter(({ delivery }) => !wanted.has(delivery)).map(({ text }) => text),
    markedRepeats: posted.filter(isMarkedRepeat).length,
  };
}

/** Whether a message warns that it may be a repeat. */
export const isMarkedRepeat = ({ text }: PostedMessage) => text.includes('This may be a repeat.');

/**
 * How far each reminder was behind the others when it was first posted (ms): the latest due time posted by then, minus
 * its own. On a slow machine all are late alike, and none is behind.
 */
export function lagBehindOthers(
  expected: readonly ExpectedReminder[],
  posted: readonly PostedMessage[],
): number[] {
  const dueOf = new Map(expected.map(({ delivery, due }) => [delivery, due]));
  const seen = new Set<string>();
  let latest = Number.NEGATIVE_INFINITY;
  return posted.flatMap(({ delivery }) => {
    const due = dueOf.get(delivery);
    if (due === undefined || seen.has(delivery)) return [];
    seen.add(delivery);
    latest = Math.max(latest, due);
    return [latest - due];
  });
}

/**
 * How long after its due time each reminder was first posted (ms; early is negative).
 * @param since an instant before which nothing could be posted: reminders due by then count from there.
 */
export function latenessOf(
  expected: readonly ExpectedReminder[],
  posted: readonly PostedMessage[],
  since = Number.NEGATIVE_INFINITY,
): number[] {
  const firstPosted = new Map(posted.toReversed().map(({ delivery, at }) => [delivery, at]));
  return expected.map(
    ({ delivery, due }) =>
      (firstPosted.get(delivery) ?? Number.POSITIVE_INFINITY) - Math.max(due, since),
  );
}
