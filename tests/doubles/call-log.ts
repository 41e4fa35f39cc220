import type { ServerResponse } from 'node:http';

/** Older calls are forgotten. */
const MAX_CALLS_KEPT = 5_000;

/** Records the calls that an app makes to a double. */
export function callLog<Called extends Abandoned, Abandoned>() {
  const calls: Called[] = [];
  const abandoned: Abandoned[] = [];
  const open = new Map<Abandoned, ServerResponse>();
  const violations: string[] = [];
  return {
    /** What a test may look at. */
    seen: {
      /** The last 5,000 calls. A test may empty the list. */
      calls,
      /** Calls whose connection ended before the answer was through. */
      abandoned,
      /** Calls that have no answer yet. */
      pending: () =>
        [...open].filter(([, response]) => !response.writableEnded).map(([call]) => call),
      /** What no app should ever send, in words. */
      violations,
    },
    note(call: Called): void {
      calls.push(call);
      if (calls.length > MAX_CALLS_KEPT) calls.shift();
    },
    /** Follows a call until its connection ends or its answer is through. */
    track(call: Abandoned, response: ServerResponse): void {
      open.set(call, response);
      response.on('close', () => {
        open.delete(call);
        if (!response.writableFinished) abandoned.push(call);
      });
    },
    violation: (words: string) => void violations.push(words),
  };
}
