/** Older calls are forgotten. */
const MAX_CALLS_KEPT = 5_000;

/** What an app has asked of a double. */
export function callLog<Called extends Abandoned, Abandoned>() {
  const calls: Called[] = [];
  const abandoned: Abandoned[] = [];
  const violations: string[] = [];
  return {
    /** What a test sees of it. */
    seen: {
      /** The last 5,000 calls, to look at or to empty. */
      calls,
      /** The calls that ended without their answer having been heard, whether or not it was given. */
      abandoned,
      /** What no app should ever send. */
      violations,
    },
    note(call: Called): void {
      calls.push(call);
      if (calls.length > MAX_CALLS_KEPT) calls.shift();
    },
    violation: (words: string) => void violations.push(words),
  };
}
