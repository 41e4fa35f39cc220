import { TIMED_OUT, withTimeout } from '../core/async/with-timeout.ts';

/** Waits for a promise, but no longer than `ms`. @throws Error when the time is up; the work itself goes on. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const done = await withTimeout(ms, work);
  if (done === TIMED_OUT) throw new Error(`No answer within ${ms} ms.`);
  return done;
}
