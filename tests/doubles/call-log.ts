/** Older calls are forgotten. */
const MOST_CALLS = 5_000;

/** What an app has asked of a double. */
export function callBook<Called extends Unheard, Unheard>() {
  const calls: Called[] = [];
  const unheard: Unheard[] = [];
  const violations: string[] = [];
  return {
    /** What a test sees of it. */
    seen: {
      /** The last 5,000 calls, to look at or to empty. */
      calls,
      /** The calls that ended without their answer having been heard, whether or not it was given. */
      unheard,
      /** What no app should ever send. */
      violations,
    },
    note(call: Called): void {
      calls.push(call);
      if (calls.length > MOST_CALLS) calls.shift();
    },
    violation: (words: string) => void violations.push(words),
  };
}
