/** Older calls are forgotten. */
const MAX_CALLS_KEPT = 5_000;

/** Records the calls that an app makes to a double. */
export function callLog<Called extends Abandoned, Abandoned>() {
  const calls: Called[] = [];
  const abandoned: Abandoned[] = [];
  const violations: string[] = [];
  return {
    /** What a test may look at. */
    seen: {
      /** The last 5,000 calls. A test may empty the list. */
      calls,
      /** Calls whose connection ended before the answer was through. */
      abandoned,
      /** What no app should ever send, in words. */
      violations,
    },
    note(call: Called): void {
      calls.push(call);
      if (calls.length > MAX_CALLS_KEPT) calls.shift();
    },
    violation: (words: string) => void violations.push(words),
  };
}
